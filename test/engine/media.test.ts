import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';
import type { MediaContent } from '../simulator/media';
import { runTwilioSms } from '../support/engine/engine';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';

const PICTURE = { contentType: 'image/jpeg', content: Buffer.from([0xff, 0xd8, 0, 10, 13, 0xff]) };
const CARD = { contentType: 'text/vcard', content: Buffer.from('BEGIN:VCARD\r\nFN:Zoë 👍') };

const CONTENT_PATH = /\/Media\/ME\w{32}$/;

let twilio: TwilioAccount;

beforeEach(async () => {
	twilio = await startTwilioAccount();
	twilio.account.resources.number(OUR_NUMBER)!.sms_url = '';
});

afterEach(async () => await twilio.simulator.close());

/** A person has sent these files; the message's SID. */
async function received(...media: MediaContent[]): Promise<string> {
	await twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: 'Look!', media });
	return twilio.account.messages.at(-1)!.sid;
}

const download = (messageSid: string, parameters: INodeParameters = {}) =>
	runTwilioSms(
		{ resource: 'message', operation: 'downloadMedia', messageSid, ...parameters },
		twilio.credential,
	);

function expectNoSecretIn(headers: object): void {
	const { sid, authToken } = twilio.account;
	expect(headers).not.toHaveProperty('authorization');
	expect(headers).not.toHaveProperty('cookie');
	for (const secret of [authToken, Buffer.from(`${sid}:${authToken}`).toString('base64')]) {
		expect(JSON.stringify(headers)).not.toContain(secret);
	}
}

const bytes = ({ data }: { data: string }) => Buffer.from(data, 'base64');

describe('the attachments of a message', () => {
	it('become one item with a binary for each, in order, and a list of them', async () => {
		const messageSid = await received(PICTURE, CARD);
		const [picture, card] = twilio.account.media;
		const { items } = await download(messageSid);
		expect(items).toEqual([
			{
				json: {
					messageSid,
					media: [
						{
							mediaSid: picture.sid,
							contentType: 'image/jpeg',
							fileName: `${picture.sid}.jpg`,
							binaryProperty: 'media_0',
						},
						{
							mediaSid: card.sid,
							contentType: 'text/vcard',
							fileName: `${card.sid}.vcf`,
							binaryProperty: 'media_1',
						},
					],
				},
				binary: {
					media_0: expect.objectContaining({
						mimeType: 'image/jpeg',
						fileType: 'image',
						fileName: `${picture.sid}.jpg`,
						fileExtension: 'jpg',
					}),
					media_1: expect.objectContaining({
						mimeType: 'text/vcard',
						fileName: `${card.sid}.vcf`,
						fileExtension: 'vcf',
					}),
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(bytes(items[0].binary!.media_0)).toEqual(PICTURE.content);
		expect(bytes(items[0].binary!.media_1)).toEqual(CARD.content);
	});

	it('are put where the prefix says', async () => {
		const { items } = await download(await received(PICTURE, CARD), {
			options: { dataPropertyAttachmentsPrefixName: 'file' },
		});
		expect(Object.keys(items[0].binary!)).toEqual(['file0', 'file1']);
		expect(items[0].json).toMatchObject({
			media: [{ binaryProperty: 'file0' }, { binaryProperty: 'file1' }],
		});
	});

	it('are an empty list, and no binary, when there are none', async () => {
		const messageSid = await received();
		const { items } = await download(messageSid);
		expect(items).toEqual([{ json: { messageSid, media: [] }, pairedItem: { item: 0 } }]);
	});

	it('that Twilio no longer has are an error and not half an item', async () => {
		const messageSid = await received(PICTURE, CARD);
		twilio.account.conditions.fail({
			path: new RegExp(`${twilio.account.media[1].sid}$`),
			with: { status: 404, body: { code: 20404, message: 'It was not found', status: 404 } },
		});
		const { items, error } = await download(messageSid);
		expect(items).toEqual([]);
		expect(error).toMatchObject({
			message: 'Twilio has nothing under this SID or number',
			httpCode: '404',
			description: expect.stringMatching(/"It was not found".*20404/),
		});
	});

	it.each([429, 500, 503])('are asked for again when Twilio answers %d', async (status) => {
		const messageSid = await received(PICTURE);
		twilio.account.conditions.fail({ path: CONTENT_PATH, with: { status } });
		const { items } = await download(messageSid);
		expect(bytes(items[0].binary!.media_0)).toEqual(PICTURE.content);
	});

	it('cannot be had without the right token', async () => {
		const messageSid = await received(PICTURE);
		const { error } = await runTwilioSms(
			{ resource: 'message', operation: 'downloadMedia', messageSid },
			{ ...twilio.credential, authToken: 'wrong' },
		);
		expect(error).toMatchObject({ httpCode: '401' });
	});
});

describe('when Twilio redirects to a file host', () => {
	let fileHost: Server;
	let answer: RequestListener;
	let asked: Array<{ url?: string; headers: Record<string, unknown> }>;

	beforeEach(async () => {
		asked = [];
		answer = (_request, response) => response.end(PICTURE.content);
		fileHost = createServer((request, response) => {
			asked.push({ url: request.url, headers: { ...request.headers } });
			answer(request, response);
		}).listen(0, '127.0.0.1');
		await once(fileHost, 'listening');
	});

	afterEach(async () => {
		const closed = once(fileHost, 'close');
		fileHost.close();
		fileHost.closeAllConnections();
		await closed;
	});

	const origin = () => `http://127.0.0.1:${(fileHost.address() as AddressInfo).port}`;
	const redirect = (target: string, status = 307) =>
		twilio.account.conditions.fail({
			path: CONTENT_PATH,
			times: Infinity,
			with: { redirect: target, status },
		});

	it.each([301, 302, 303, 307, 308])('by %d, the file comes from there', async (status) => {
		const messageSid = await received(PICTURE);
		redirect(`${origin()}/file?Signature=abc%2B%2Fdef%3D&Expires=1`, status);
		const { items } = await download(messageSid);
		expect(bytes(items[0].binary!.media_0)).toEqual(PICTURE.content);
		expect(asked.map(({ url }) => url)).toEqual(['/file?Signature=abc%2B%2Fdef%3D&Expires=1']);
	});

	it('the host that refuses credentials sees none', async () => {
		const messageSid = await received(PICTURE, CARD);
		twilio.account.conditions.mediaRedirect = true;
		const { items } = await download(messageSid);
		expect(bytes(items[0].binary!.media_0)).toEqual(PICTURE.content);
		expect(bytes(items[0].binary!.media_1)).toEqual(CARD.content);
		expect(twilio.account.mediaHostRequests).toHaveLength(2);
		for (const { headers } of twilio.account.mediaHostRequests) expectNoSecretIn(headers);
	});

	it('the host it redirects to in turn sees no credential either', async () => {
		const messageSid = await received(PICTURE);
		redirect(`${origin()}/1`);
		answer = ({ url }, response) => {
			if (url === '/1') response.writeHead(302, { location: '/2' }).end();
			else response.end(PICTURE.content);
		};
		const { items } = await download(messageSid);
		expect(bytes(items[0].binary!.media_0)).toEqual(PICTURE.content);
		expect(asked.map(({ url }) => url)).toEqual(['/1', '/2']);
		for (const { headers } of asked) expectNoSecretIn(headers);
	});

	it('keeps the type that Twilio knows, whatever the host says', async () => {
		const messageSid = await received(PICTURE);
		redirect(origin());
		answer = (_request, response) =>
			response.setHeader('content-type', 'binary/octet-stream').end(PICTURE.content);
		const { items } = await download(messageSid);
		expect(items[0].binary!.media_0).toMatchObject({ mimeType: 'image/jpeg' });
	});

	it.each(['http://files.example.com/file', 'ftp://127.0.0.1/file', 'file:///etc/passwd'])(
		'follows no redirect to %s',
		async (target) => {
			const messageSid = await received(PICTURE);
			redirect(target);
			const { error } = await download(messageSid);
			expect(error?.message).toMatch(/could not be fetched.*not encrypted/);
		},
	);

	it('gives up on a host that redirects for ever', async () => {
		const messageSid = await received(PICTURE);
		redirect(origin());
		answer = (_request, response) => response.writeHead(307, { location: '/again' }).end();
		const { error } = await download(messageSid);
		expect(error?.message).toMatch(/could not be fetched.*status 307/);
		expect(asked).toHaveLength(5);
	});

	it('says which host refused, and not the address that opens the file', async () => {
		const messageSid = await received(PICTURE);
		redirect(`${origin()}/file?Signature=secret`);
		answer = (_request, response) => response.writeHead(403).end('<Error/>');
		const { error } = await download(messageSid);
		expect(error?.message).toMatch(/could not be fetched: 127\.0\.0\.1:\d+ answered.*status 403/);
		expect(JSON.stringify(error)).not.toContain('secret');
	});

	it('says which host does not answer', async () => {
		const messageSid = await received(PICTURE);
		redirect('http://127.0.0.1:9/file');
		const { error } = await download(messageSid);
		expect(error?.message).toBe('The attachment could not be fetched: 127.0.0.1:9 did not answer');
		expect(error?.description).toMatch(/Try again/);
	});

	it('takes no part of a file for the whole', async () => {
		const messageSid = await received(PICTURE);
		redirect(origin());
		answer = (_request, response) => {
			response.writeHead(200, { 'content-length': '100' });
			response.write('half', () => response.destroy());
		};
		const { items, error } = await download(messageSid);
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/did not send all of it/);
	});

	it('gives up on a host that stops in the middle of a file', async () => {
		const messageSid = await received(PICTURE);
		redirect(origin());
		answer = (_request, response) => void response.writeHead(200).write('half');
		const { timeout } = AbortSignal;
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((minutes) => timeout(minutes / 500));
		const { error } = await download(messageSid);
		jest.restoreAllMocks();
		expect(error?.message).toMatch(/did not send all of it/);
		expect(error?.description).toMatch(/it takes longer than 2 minutes/);
	});

	it('stops reading what is too large to be an attachment', async () => {
		const messageSid = await received(PICTURE);
		redirect(origin());
		let sent = 0;
		answer = (_request, response) => {
			const chunk = Buffer.alloc(1024 * 1024);
			const more = () => {
				while (!response.destroyed && sent < 500 && response.write(chunk)) sent += 1;
			};
			response.on('drain', more);
			more();
		};
		const { error } = await download(messageSid);
		expect(error?.message).toBe('The attachment could not be fetched: It is larger than 48 MB');
		expect(sent).toBeLessThan(100);
	});
});
