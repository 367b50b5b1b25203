import { newMessage } from '../../simulator/message';
import { NUMBER, PERSON, closeAll, startTwilio, until } from './fixture';
import { twilioClient } from './twilioClient';

afterEach(closeAll);

async function startAccount(bodies: string[] = []) {
	const simulator = await startTwilio();
	const { account } = simulator;
	account.resources.addNumber({ phoneNumber: NUMBER, smsUrl: '' });
	for (const body of bodies) await account.receive({ from: PERSON, to: NUMBER, body });
	return { ...simulator, client: twilioClient(simulator) };
}

const numbered = (count: number) => Array.from({ length: count }, (_, n) => String(n));

describe('listing messages', () => {
	it('lists the newest first', async () => {
		const { client } = await startAccount(['first', 'second', 'third']);
		const bodies = (await client.messages.list()).map(({ body }) => body);
		expect(bodies).toEqual(['third', 'second', 'first']);
	});

	it('lets the official client walk through all pages', async () => {
		const { client, account } = await startAccount(numbered(7));
		const bodies = (await client.messages.list({ pageSize: 3 })).map(({ body }) => body);
		expect(bodies).toEqual(numbered(7).reverse());
		expect(account.requests).toHaveLength(3);
	});

	it('neither repeats nor skips a message when another arrives between two pages', async () => {
		const { client, account } = await startAccount(numbered(4));
		const first = await client.messages.page({ pageSize: 2 });
		await account.receive({ from: PERSON, to: NUMBER, body: 'late' });
		const second = await first.nextPage();
		expect(second?.instances.map(({ body }) => body)).toEqual(['1', '0']);
		const back = await second?.previousPage();
		expect(back?.instances.map(({ body }) => body)).toEqual(['3', '2']);
	});

	it('wraps a page as Twilio does and keeps the filters in its links', async () => {
		const { url, account } = await startAccount(numbered(3));
		const path = `/2010-04-01/Accounts/${account.sid}/Messages.json`;
		const response = await fetch(`${url}${path}?To=%2B15005550006&PageSize=2`, {
			headers: { Authorization: `Basic ${btoa(`${account.sid}:${account.authToken}`)}` },
		});
		const { messages, ...envelope } = (await response.json()) as { messages: { sid: string }[] };
		const filter = `${path}?To=%2B15005550006&PageSize=2`;
		expect(envelope).toEqual({
			first_page_uri: `${filter}&Page=0`,
			end: 1,
			previous_page_uri: null,
			uri: `${filter}&Page=0`,
			page_size: 2,
			start: 0,
			next_page_uri: `${filter}&Page=1&PageToken=PA${messages[1]!.sid}`,
			page: 0,
		});
	});

	it('answers an empty list with an empty page', async () => {
		const { client } = await startAccount();
		const page = await client.messages.page();
		expect(page.instances).toEqual([]);
		expect(page.nextPageUrl).toBeUndefined();
	});

	it('refuses a page token that it never gave', async () => {
		const { client } = await startAccount(['a']);
		const page = client.messages.page({ pageToken: 'PASM00000000000000000000000000000000' });
		await expect(page).rejects.toMatchObject({ status: 400, code: 21481 });
	});

	it('filters by recipient and sender', async () => {
		const { client, account } = await startAccount(['in']);
		await account.receive({ from: '+14155550101', to: NUMBER, body: 'other' });
		await client.messages.create({ to: PERSON, from: NUMBER, body: 'out' });
		const bodies = async (filter: { to?: string; from?: string }) =>
			(await client.messages.list(filter)).map(({ body }) => body);
		expect(await bodies({ from: PERSON })).toEqual(['in']);
		expect(await bodies({ to: PERSON })).toEqual(['out']);
		expect(await bodies({ to: NUMBER })).toEqual(['other', 'in']);
		expect(await bodies({ to: NUMBER, from: '+14155550101' })).toEqual(['other']);
	});

	it.each([
		['DateSent=2024-05-02', ['noon of the 2nd', 'start of the 2nd']],
		['DateSent%3E=2024-05-02', ['3rd', 'noon of the 2nd', 'start of the 2nd']],
		['DateSent%3C=2024-05-02', ['noon of the 2nd', 'start of the 2nd', '1st']],
		['DateSent%3E=2024-05-02T12:00:00Z', ['3rd', 'noon of the 2nd']],
		['DateSent%3C=2024-05-02T11:59:59Z', ['start of the 2nd', '1st']],
		['DateSent>=2024-05-02&DateSent<=2024-05-02', ['noon of the 2nd', 'start of the 2nd']],
		['DateSent=never', []],
	])('filters by %s, days counting in full', async (query, expected) => {
		const { url, account } = await startAccount();
		const dates = {
			'1st': 'Wed, 01 May 2024 23:59:59 +0000',
			'start of the 2nd': 'Thu, 02 May 2024 00:00:00 +0000',
			'noon of the 2nd': 'Thu, 02 May 2024 12:00:00 +0000',
			'3rd': 'Fri, 03 May 2024 00:00:00 +0000',
		};
		const message = { accountSid: account.sid, from: PERSON, to: NUMBER, numMedia: 0 };
		for (const [body, date] of Object.entries(dates)) {
			const sent = newMessage({ ...message, body, direction: 'inbound', status: 'received' });
			account.addMessage({ ...sent, date_sent: date });
		}
		const path = `/2010-04-01/Accounts/${account.sid}/Messages.json`;
		const response = await fetch(`${url}${path}?${query}`, {
			headers: { Authorization: `Basic ${btoa(`${account.sid}:${account.authToken}`)}` },
		});
		const { messages } = (await response.json()) as { messages: { body: string }[] };
		expect(messages.map(({ body }) => body)).toEqual(expected);
	});
});

describe('one message', () => {
	it('is read by its SID', async () => {
		const { client, account } = await startAccount(['hello']);
		const { sid } = account.messages[0]!;
		expect(await client.messages(sid).fetch()).toMatchObject({
			body: 'hello',
			direction: 'inbound',
		});
	});

	it('is not found under another SID', async () => {
		const { client, account } = await startAccount();
		const sid = 'SM00000000000000000000000000000000';
		await expect(client.messages(sid).fetch()).rejects.toMatchObject({
			status: 404,
			code: 20404,
			message: `The requested resource /2010-04-01/Accounts/${account.sid}/Messages/${sid}.json was not found`,
		});
	});

	it('loses its text when it is redacted', async () => {
		const { client, account } = await startAccount(['secret']);
		const message = await client.messages(account.messages[0]!.sid).update({ body: '' });
		expect(message.body).toBe('');
		expect(account.messages[0]!.body).toBe('');
	});

	it('cannot be canceled unless it is scheduled', async () => {
		const { client, account } = await startAccount(['hello']);
		const cancel = client.messages(account.messages[0]!.sid).update({ status: 'canceled' });
		await expect(cancel).rejects.toMatchObject({ status: 400, code: 30409 });
	});

	it('can be deleted once it has left, and is gone then', async () => {
		const { client, account } = await startAccount();
		const { sid } = await client.messages.create({ to: PERSON, from: NUMBER, body: 'hi' });
		await until(account, () => account.message(sid)?.status === 'delivered');
		await client.messages(sid).remove();
		await expect(client.messages(sid).fetch()).rejects.toMatchObject({ status: 404 });
	});

	it('cannot be deleted while it is on its way', async () => {
		const simulator = await startTwilio({ statusDelay: 60_000 });
		simulator.account.resources.addNumber({ phoneNumber: NUMBER });
		const client = twilioClient(simulator);
		const { sid } = await client.messages.create({ to: PERSON, from: NUMBER, body: 'hi' });
		await expect(client.messages(sid).remove()).rejects.toMatchObject({ code: 20009 });
	});
});

describe('media', () => {
	it('are listed, described and downloaded', async () => {
		const { client, url, account } = await startAccount();
		const content = Buffer.from([0xff, 0xd8, 0x00, 0x0a]);
		const media = [{ contentType: 'image/jpeg', content }];
		await account.receive({ from: PERSON, to: NUMBER, body: '', media });
		const { sid } = account.messages[0]!;
		const [listed] = await client.messages(sid).media.list();
		expect(listed).toMatchObject({ contentType: 'image/jpeg', parentSid: sid });
		const response = await fetch(url + listed!.uri.replace('.json', ''), {
			headers: { Authorization: `Basic ${btoa(`${account.sid}:${account.authToken}`)}` },
		});
		expect(response.headers.get('Content-Type')).toBe('image/jpeg');
		expect(Buffer.from(await response.arrayBuffer())).toEqual(content);
	});

	it('are not given to strangers', async () => {
		const { url, account } = await startAccount();
		const media = [{ contentType: 'image/jpeg', content: Buffer.from('x') }];
		await account.receive({ from: PERSON, to: NUMBER, body: '', media });
		const { sid, messageSid } = account.media[0]!;
		const path = `/2010-04-01/Accounts/${account.sid}/Messages/${messageSid}/Media/${sid}`;
		expect((await fetch(url + path)).status).toBe(401);
	});
});
