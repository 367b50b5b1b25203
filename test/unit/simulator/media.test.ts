import { NUMBER, PERSON, closeAll, startTwilio, until } from './fixture';
import { twilioClient } from './twilioClient';

afterEach(closeAll);

const PICTURE = { contentType: 'image/png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47]) };

async function receivePicture() {
	const simulator = await startTwilio();
	const { account, url } = simulator;
	account.resources.addNumber({ phoneNumber: NUMBER, smsUrl: '' });
	await account.receive({ from: PERSON, to: NUMBER, body: '', media: [PICTURE] });
	const { sid, messageSid } = account.media[0]!;
	return {
		account,
		mediaUrl: `${url}/2010-04-01/Accounts/${account.sid}/Messages/${messageSid}/Media/${sid}`,
		headers: { Authorization: `Basic ${btoa(`${account.sid}:${account.authToken}`)}` },
	};
}

describe('media on a host of their own', () => {
	it('are found there by a signed URL, without credentials', async () => {
		const { account, mediaUrl, headers } = await receivePicture();
		account.conditions.mediaRedirect = true;
		const redirect = await fetch(mediaUrl, { headers, redirect: 'manual' });
		expect(redirect.status).toBe(307);
		const location = redirect.headers.get('Location')!;
		expect(location).toMatch(/\?Expires=\d+&Signature=\w+$/);
		expect(new URL(location).origin).not.toBe(new URL(mediaUrl).origin);

		const response = await fetch(location);
		expect(response.headers.get('Content-Type')).toBe('image/png');
		expect(Buffer.from(await response.arrayBuffer())).toEqual(PICTURE.content);
		expect(account.mediaHostRequests).toMatchObject([
			{ path: new URL(location).pathname + new URL(location).search },
		]);
	});

	it('are reached by a client that keeps its credentials to itself', async () => {
		const { account, mediaUrl, headers } = await receivePicture();
		account.conditions.mediaRedirect = true;
		expect((await fetch(mediaUrl, { headers })).status).toBe(200);
		expect(account.mediaHostRequests[0]!.headers).not.toHaveProperty('authorization');
	});

	it('are refused to one that shows its credentials around, which is noted', async () => {
		const { account, mediaUrl, headers } = await receivePicture();
		account.conditions.mediaRedirect = true;
		const { headers: answer } = await fetch(mediaUrl, { headers, redirect: 'manual' });
		expect((await fetch(answer.get('Location')!, { headers })).status).toBe(400);
		expect(account.mediaHostRequests[0]!.headers).toMatchObject({
			authorization: headers.Authorization,
		});
	});

	it('are refused without a signature, and still need credentials at Twilio', async () => {
		const { account, mediaUrl } = await receivePicture();
		account.conditions.mediaRedirect = true;
		expect((await fetch(mediaUrl)).status).toBe(401);
		const unsigned = `${account.mediaOrigin}/${account.media[0]!.sid}`;
		expect((await fetch(unsigned)).status).toBe(403);
	});
});

describe('the media of a message that is sent', () => {
	it('are listed with the type that their URL suggests', async () => {
		const simulator = await startTwilio();
		simulator.account.resources.addNumber({ phoneNumber: NUMBER });
		const client = twilioClient(simulator);
		const mediaUrl = ['https://e.com/a.PNG?x=1', 'https://e.com/menu.pdf', 'https://e.com/'];
		const { sid } = await client.messages.create({ to: PERSON, from: NUMBER, mediaUrl });
		const listed = await client.messages(sid).media.list();
		expect(listed.map(({ contentType }) => contentType)).toEqual([
			'image/png',
			'application/pdf',
			'application/octet-stream',
		]);
		expect(await client.messages(sid).media(listed[0]!.sid).remove()).toBe(true);
		expect(await client.messages(sid).media.list()).toHaveLength(2);
	});

	it('arrive with it at a number of the same account', async () => {
		const simulator = await startTwilio();
		const { account } = simulator;
		account.resources.addNumber({ phoneNumber: NUMBER });
		account.resources.addNumber({ phoneNumber: '+15005550007', smsUrl: '' });
		const mediaUrl = ['https://e.com/a.png'];
		await twilioClient(simulator).messages.create({ to: '+15005550007', from: NUMBER, mediaUrl });
		await until(account, () => account.messages.length === 2);
		expect(account.messages[1]).toMatchObject({ direction: 'inbound', num_media: '1' });
	});
});
