import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { validateRequest } from 'twilio';
import { webhookFailure } from '../../simulator/webhook/failure';
import {
	NUMBER,
	PERSON,
	closeAll,
	startTwilio,
	startTwilioWithWebhook,
	startWebhook,
} from './fixture';
import { answering } from './webhookServer';
import type { ReceivedRequest, WebhookServer } from './webhookServer';

afterEach(closeAll);

const text = { from: PERSON, to: NUMBER, body: 'hi' };

function signatureOf({ headers }: ReceivedRequest): string {
	return String(headers['x-twilio-signature']);
}

function formOf({ body }: ReceivedRequest): Record<string, string> {
	return Object.fromEntries(new URLSearchParams(body));
}

describe('the webhook of an inbound message', () => {
	it('gets the fields of a real request, in its order', async () => {
		const { account, webhook } = await startTwilioWithWebhook();
		await account.receive(text);
		const [request] = webhook.requests;
		const { sid } = account.messages[0]!;
		expect(request!.body).toBe(
			`ToCountry=US&ToState=&SmsMessageSid=${sid}&NumMedia=0&ToCity=&FromZip=&SmsSid=${sid}` +
				'&FromState=&SmsStatus=received&FromCity=&Body=hi&FromCountry=US&To=%2B15005550006' +
				`&ToZip=&NumSegments=1&MessageSid=${sid}&AccountSid=${account.sid}` +
				'&From=%2B14155550100&ApiVersion=2010-04-01',
		);
	});

	it('gets the headers of a real request', async () => {
		const { account, webhook } = await startTwilioWithWebhook();
		await account.receive(text);
		expect(webhook.requests[0]).toMatchObject({ method: 'POST', path: '/sms' });
		expect(webhook.requests[0]!.headers).toMatchObject({
			'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
			'user-agent': 'TwilioProxy/1.1',
			accept: '*/*',
			'accept-encoding': 'gzip',
			'x-home-region': 'us1',
			'i-twilio-idempotency-token': expect.stringMatching(/^[0-9a-f-]{36}$/),
			'x-twilio-signature': expect.stringMatching(/^.{28}$/),
		});
	});

	it('gets a signature that Twilio’s own library accepts', async () => {
		const { account, webhook } = await startTwilioWithWebhook();
		await account.receive(text);
		const [request] = webhook.requests;
		const form = formOf(request!);
		const url = `${webhook.url}/sms`;
		expect(validateRequest(account.authToken, signatureOf(request!), url, form)).toBe(true);
		expect(validateRequest('wrong', signatureOf(request!), url, form)).toBe(false);
	});

	it.each([
		['accents and emoji', 'Où ça ? 👍🏽 ß ж 漢'],
		['spaces around', '  hi  '],
		['reserved characters', 'a+b&c=d%e#f?g'],
		['line breaks', 'one\r\ntwo\n'],
		['a single space', ' '],
		['nothing', ''],
	])('gets a body of %s exactly as it was written', async (_what, body) => {
		const { account, webhook } = await startTwilioWithWebhook();
		await account.receive({ ...text, body });
		const [request] = webhook.requests;
		const form = formOf(request!);
		expect(form.Body).toBe(body);
		const url = `${webhook.url}/sms`;
		expect(validateRequest(account.authToken, signatureOf(request!), url, form)).toBe(true);
	});

	it('gets the media of a picture message', async () => {
		const { simulator, account, webhook } = await startTwilioWithWebhook();
		const media = [{ contentType: 'image/png', content: Buffer.from('png') }];
		await account.receive({ ...text, body: '', media });
		const { sid } = account.messages[0]!;
		expect(sid).toMatch(/^MM/);
		expect(formOf(webhook.requests[0]!)).toMatchObject({
			NumMedia: '1',
			MediaContentType0: 'image/png',
			MediaUrl0:
				`${simulator.url}/2010-04-01/Accounts/${account.sid}` +
				`/Messages/${sid}/Media/${account.media[0]!.sid}`,
		});
	});

	it('gets everything in the query when its method is GET', async () => {
		const { account, webhook } = await startTwilioWithWebhook();
		const number = account.resources.number(NUMBER)!;
		Object.assign(number, { sms_method: 'GET', sms_url: `${webhook.url}/sms?a=1` });
		await account.receive({ ...text, body: 'a b é' });
		const [request] = webhook.requests;
		expect(request).toMatchObject({ method: 'GET', body: '' });
		expect(request!.path).toMatch(/^\/sms\?a=1&ToCountry=US&.*&Body=a\+b\+%C3%A9&/);
		const url = webhook.url + request!.path;
		expect(validateRequest(account.authToken, signatureOf(request!), url, {})).toBe(true);
	});

	it('is called by its public name, wherever it really lives', async () => {
		const webhook = await startWebhook();
		const { account } = await startTwilio({
			route: ({ pathname, search }) => new URL(pathname + search, webhook.url),
		});
		const smsUrl = 'https://n8n.example.com/webhook/x?y=1';
		account.resources.addNumber({ phoneNumber: NUMBER, smsUrl });
		await account.receive(text);
		const [request] = webhook.requests;
		expect(request).toMatchObject({ path: '/webhook/x?y=1', headers: { host: 'n8n.example.com' } });
		const form = formOf(request!);
		expect(validateRequest(account.authToken, signatureOf(request!), smsUrl, form)).toBe(true);
	});

	it('never sees the fragment or the password of its URL, nor are they signed', async () => {
		const { account, webhook } = await startTwilioWithWebhook();
		const withPassword = webhook.url.replace('http://', 'http://user:p%40ss@');
		account.resources.number(NUMBER)!.sms_url = `${withPassword}/sms?q=a@b#rc=2`;
		await account.receive(text);
		const [request] = webhook.requests;
		expect(request!.path).toBe('/sms?q=a@b');
		const url = `${webhook.url}/sms?q=a@b`;
		const form = formOf(request!);
		expect(validateRequest(account.authToken, signatureOf(request!), url, form)).toBe(true);
	});

	it('gets the password of its URL once it asks for one', async () => {
		const { account, webhook } = await startTwilioWithWebhook((response, { headers }) => {
			if (headers.authorization !== undefined) return answering('<Response/>')(response);
			response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="n8n"' }).end();
		});
		account.resources.number(NUMBER)!.sms_url = webhook.url.replace(
			'http://',
			'http://user:p%40ss@',
		);
		const delivery = await account.receive(text);
		expect(delivery).toMatchObject({ status: 200, attempts: 1, errorCode: undefined });
		expect(webhook.requests.map(({ headers }) => headers.authorization)).toEqual([
			undefined,
			`Basic ${btoa('user:p@ss')}`,
		]);
	});

	it('is not called for a number without a URL, but the message is there', async () => {
		const { account } = await startTwilio();
		account.resources.addNumber({ phoneNumber: NUMBER, smsUrl: '' });
		expect(await account.receive(text)).toBeUndefined();
		expect(account.messages).toHaveLength(1);
		expect(account.deliveries).toEqual([]);
	});

	it('is the application’s as soon as the number names one', async () => {
		const { account, webhook } = await startTwilioWithWebhook();
		const { sid } = account.resources.addApplication({ smsUrl: `${webhook.url}/application` });
		account.resources.number(NUMBER)!.sms_application_sid = sid;
		await account.receive(text);
		expect(webhook.requests.map(({ path }) => path)).toEqual(['/application']);
	});

	it('cannot be reached through a number that the account does not own', async () => {
		const { account } = await startTwilio();
		await expect(account.receive(text)).rejects.toThrow('not a number of this account');
	});

	it('may answer compressed', async () => {
		const { account } = await startTwilioWithWebhook((response) => {
			response.writeHead(200, { 'Content-Type': 'text/xml', 'Content-Encoding': 'gzip' });
			response.end(gzipSync('<Response><Message>hello</Message></Response>'));
		});
		await account.receive(text);
		expect(account.messages[1]).toMatchObject({ body: 'hello' });
	});

	it.each([
		[302, 'GET', ''],
		[307, 'POST', expect.stringContaining('Body=hi')],
	])('may redirect with %d, which becomes a signed %s', async (status, method, body) => {
		const { account, webhook } = await startTwilioWithWebhook((response, { path }) => {
			if (path === '/moved') return answering('<Response/>')(response);
			response.writeHead(status, { Location: '/moved' }).end();
		});
		const delivery = await account.receive(text);
		expect(delivery?.errorCode).toBeUndefined();
		const request = webhook.requests[1]!;
		expect(request).toMatchObject({ method, path: '/moved', body });
		const url = `${webhook.url}/moved`;
		const form = formOf(request);
		expect(validateRequest(account.authToken, signatureOf(request), url, form)).toBe(true);
	});

	it('may not redirect for ever', async () => {
		const { account } = await startTwilioWithWebhook((response) => {
			response.writeHead(302, { Location: '/again' }).end();
		});
		expect(await account.receive(text)).toMatchObject({ errorCode: 11215 });
	});
});

describe('a webhook that fails', () => {
	async function receiveAt(smsUrl: string) {
		const { account } = await startTwilio();
		account.resources.addNumber({ phoneNumber: NUMBER, smsUrl });
		return { account, delivery: await account.receive(text) };
	}

	async function closedPort(): Promise<string> {
		const server = createServer().listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		const { port } = server.address() as AddressInfo;
		await new Promise((resolve) => server.close(resolve));
		return `http://127.0.0.1:${port}`;
	}

	it('is tried once more when there was no connection', async () => {
		const { account, delivery } = await receiveAt(await closedPort());
		expect(delivery).toMatchObject({ attempts: 2, errorCode: 11205, status: undefined });
		expect(account.messages[0]).toMatchObject({ status: 'received', error_code: 11205 });
	});

	it.each([400, 403, 404, 500, 503])('is not tried again after %d', async (status) => {
		const webhook = await startWebhook(answering('no', 'text/plain', status));
		const { delivery } = await receiveAt(webhook.url);
		expect(delivery).toMatchObject({ attempts: 1, status, errorCode: 11200 });
	});

	it('is tried again as its URL’s fragment says, always with the same idempotency token', async () => {
		let calls = 0;
		const webhook = await startWebhook((response) => {
			calls += 1;
			if (calls < 3) response.writeHead(503).end();
			else answering('<Response/>')(response);
		});
		const { delivery } = await receiveAt(`${webhook.url}/sms#rc=3&rp=ct,rt,5xx`);
		expect(delivery).toMatchObject({ attempts: 3, status: 200, errorCode: undefined });
		const tokens = webhook.requests.map(({ headers }) => headers['i-twilio-idempotency-token']);
		expect(new Set(tokens).size).toBe(1);
	});

	it('is given up when the time of its fragment is over', async () => {
		const webhook = await startWebhook(() => undefined);
		const { delivery } = await receiveAt(`${webhook.url}/sms#tt=100&rc=5&rp=all`);
		expect(delivery).toMatchObject({ attempts: 1, errorCode: 11200 });
	});

	it('is retried after a read timeout only if it asks for that', async () => {
		const webhook = await startWebhook(() => undefined);
		expect((await receiveAt(`${webhook.url}/sms#rt=100`)).delivery?.attempts).toBe(1);
		expect((await receiveAt(`${webhook.url}/sms#rt=100&rp=rt`)).delivery?.attempts).toBe(2);
	});

	it('is reported when it hangs up', async () => {
		const webhook = await startWebhook((response) => response.destroy());
		expect((await receiveAt(webhook.url)).delivery).toMatchObject({ errorCode: 11200 });
	});

	it('is reported when it does not speak HTTP', async () => {
		const server = createServer((socket) => socket.end('hello\r\n\r\n')).listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		const { port } = server.address() as AddressInfo;
		expect((await receiveAt(`http://127.0.0.1:${port}/`)).delivery).toMatchObject({
			errorCode: 11206,
		});
		server.close();
	});

	it('is not tried again when it breaks off in the middle of its answer', async () => {
		const webhook = await startWebhook((response) => {
			response.writeHead(200, { 'Content-Type': 'text/xml', 'Content-Length': '100' });
			response.write('<Response>', () => response.destroy());
		});
		const { delivery } = await receiveAt(`${webhook.url}/sms#rp=all`);
		expect(delivery).toMatchObject({ attempts: 1, errorCode: 11200 });
	});

	it.each([
		['ENOTFOUND', 11210],
		['ECONNREFUSED', 11205],
		['EPROTO', 11220],
		['ERR_TLS_CERT_ALTNAME_INVALID', 11235],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 11237],
	])('for the reason %s is reported as %d', (reason, code) => {
		const error = Object.assign(new Error(), { code: reason });
		expect(webhookFailure(error, 'connecting')).toMatchObject({ code, retryPolicy: 'ct' });
	});

	describe('and has a fallback', () => {
		async function receiveWithFallback(webhook: WebhookServer) {
			const { account } = await startTwilio();
			account.resources.addNumber({
				phoneNumber: NUMBER,
				smsUrl: `${webhook.url}/sms`,
				smsFallbackUrl: `${webhook.url}/fallback`,
			});
			return { account, delivery: await account.receive(text) };
		}

		it('is told there what went wrong', async () => {
			const webhook = await startWebhook((response, { path }) =>
				path === '/sms'
					? response.writeHead(500).end()
					: answering('<Response><Message>sorry</Message></Response>')(response),
			);
			const { account, delivery } = await receiveWithFallback(webhook);
			expect(delivery).toMatchObject({ url: `${webhook.url}/sms`, errorCode: 11200 });
			const request = webhook.requests[1]!;
			expect(request.path).toBe('/fallback');
			expect(formOf(request)).toMatchObject({
				Body: 'hi',
				ErrorCode: '11200',
				ErrorUrl: `${webhook.url}/sms`,
			});
			expect(account.messages[1]).toMatchObject({ body: 'sorry', direction: 'outbound-reply' });
		});

		it('is not told twice', async () => {
			const webhook = await startWebhook((response) => response.writeHead(500).end());
			await receiveWithFallback(webhook);
			expect(webhook.requests).toHaveLength(2);
		});

		it('is told there of an answer that Twilio cannot use', async () => {
			const webhook = await startWebhook(answering('{}', 'application/json'));
			await receiveWithFallback(webhook);
			expect(formOf(webhook.requests[1]!)).toMatchObject({ ErrorCode: '12300' });
		});
	});
});
