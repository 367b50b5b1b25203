import fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { parse } from 'node:querystring';

import type { TwilioContext, TwilioRequest } from '../../../nodes/TwilioSms/twilio/request';
import { encodeParameters, isCanceled, TwilioApi } from '../../../nodes/TwilioSms/twilio/request';

describe('parameters', () => {
	it('give each name its value', () => {
		expect(encodeParameters({ To: '+14155550100', Body: 'a b&c=d' })).toBe(
			'To=%2B14155550100&Body=a+b%26c%3Dd',
		);
	});

	it('repeat the name of a list', () => {
		expect(encodeParameters({ MediaUrl: ['https://a', 'https://b'] })).toBe(
			'MediaUrl=https%3A%2F%2Fa&MediaUrl=https%3A%2F%2Fb',
		);
	});

	it('keep empty texts, which clear a setting, and leave out what is not given', () => {
		expect(encodeParameters({ SmsUrl: '', SmsMethod: undefined, MediaUrl: [] })).toBe('SmsUrl=');
	});

	it('write numbers and booleans as texts', () => {
		expect(encodeParameters({ PageSize: 1000, ProvideFeedback: false })).toBe(
			'PageSize=1000&ProvideFeedback=false',
		);
	});

	it("can be read back by Node's own parser, whatever the values are", () => {
		const text = fc.string({ unit: 'grapheme', maxLength: 50 });
		const name = fc.stringMatching(/^[A-Z][A-Za-z]{0,20}[<>]?$/);
		const values = fc.oneof(text, fc.array(text, { minLength: 2, maxLength: 10 }));
		fc.assert(
			fc.property(fc.dictionary(name, values), (parameters) => {
				expect({ ...parse(encodeParameters(parameters)) }).toEqual({ ...parameters });
			}),
		);
	});
});

const ACCOUNT = `AC${'a'.repeat(32)}`;
const PERSON = '+14155550123';
const NODE = {
	id: '1',
	name: 'Twilio SMS',
	type: 't',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const CREDENTIAL = {
	authType: 'authToken',
	accountSid: ` ${ACCOUNT} `,
	authToken: 'token',
	apiKeySid: '',
	apiKeySecret: '',
	phoneNumber: '',
	region: 'us1',
	baseUrl: '',
};

interface Setup {
	credential?: object;
	signal?: AbortSignal;
	busyTimeoutMs?: number;
}

const answer = (statusCode: number, body?: unknown, headers = {}) => ({
	statusCode,
	body,
	headers,
});
const failure = (code: string) => Object.assign(new Error(code), { code });

/** The API by way of an HTTP client that gives these answers, the last of them from then on. */
function api(answers: unknown[], { credential = CREDENTIAL, signal, busyTimeoutMs }: Setup = {}) {
	const requests: IHttpRequestOptions[] = [];
	const getCredentials = jest.fn<Promise<object>, [name: string]>(async () => credential);
	const context = {
		getNode: () => NODE,
		getCredentials,
		getExecutionCancelSignal: () => signal,
		helpers: {
			async httpRequestWithAuthentication(
				this: unknown,
				name: string,
				options: IHttpRequestOptions,
			) {
				expect([this, name]).toEqual([context, 'twilioSmsApi']);
				requests.push(options);
				const next = answers.length > 1 ? answers.shift() : answers[0];
				if (next instanceof Error) throw next;
				return typeof next === 'function' ? (next as () => unknown)() : next;
			},
		},
	};
	const twilio = new TwilioApi(context as unknown as TwilioContext, busyTimeoutMs);
	return { twilio, requests, getCredentials, context: context as unknown as TwilioContext };
}

const READ: TwilioRequest = { method: 'GET', path: '/Messages/SM1.json', expects: 'sid' };
const CHANGE: TwilioRequest = { ...READ, method: 'POST', form: { Body: '' } };
const MESSAGE: TwilioRequest = { ...CHANGE, path: '/Messages.json', messageTo: PERSON };
const REMOVAL: TwilioRequest = { method: 'DELETE', path: '/Messages/SM1.json' };

const OK = answer(200, { sid: 'SM1' });
const HTML = '<html>Welcome</html>';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** What becomes of a request, with all that it waits for, and how often it was made. */
async function outcome(request: TwilioRequest, answers: unknown[], setup?: Setup) {
	const { twilio, requests } = api(answers, setup);
	const startedAt = Date.now();
	const settled = twilio.request(request).then(
		(body) => ({ body }),
		(error: NodeApiError) => ({ error }),
	);
	await jest.runAllTimersAsync();
	return {
		...((await settled) as { body?: unknown; error?: NodeApiError }),
		tries: requests.length,
		waited: Date.now() - startedAt,
	};
}

describe('a request', () => {
	it.each<[string, TwilioRequest]>([
		[`https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages/SM1.json`, READ],
		[
			`https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages.json?To=%2B1`,
			{ ...READ, path: '/Messages.json', query: { To: '+1' } },
		],
		[
			`https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages.json`,
			{ ...READ, path: '/Messages.json', query: {} },
		],
		[
			'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json?Page=1',
			{ ...READ, path: '/2010-04-01/Accounts/AC1/Messages.json?Page=1' },
		],
		[
			'https://messaging.twilio.com/v1/Services/MG1',
			{ ...READ, product: 'messaging', path: '/v1/Services/MG1' },
		],
		[
			'https://lookups.twilio.com/2010-04-01/Accounts',
			{ ...READ, product: 'lookups', path: '/2010-04-01/Accounts' },
		],
	])('goes to %s', async (url, request) => {
		const { twilio, requests } = api([OK]);
		await twilio.request(request);
		expect(requests).toEqual([expect.objectContaining({ url })]);
	});

	it('that reads has no body, 30 seconds, and follows no redirect with the credential', async () => {
		const { twilio, requests } = api([OK]);
		await twilio.request(READ);
		expect(requests).toEqual([
			{
				method: 'GET',
				url: expect.any(String),
				json: true,
				timeout: 30_000,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			},
		]);
	});

	it('that changes something is a form', async () => {
		const { twilio, requests } = api([OK]);
		await twilio.request({ ...CHANGE, form: { Body: 'a b' } });
		expect(requests).toEqual([
			expect.objectContaining({
				method: 'POST',
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: 'Body=a+b',
			}),
		]);
	});

	it('reads the credential once, for all of its kind', async () => {
		const { twilio, getCredentials } = api([OK]);
		await Promise.all([twilio.request(READ), twilio.request(READ)]);
		expect((await twilio.credential()).accountSid).toBe(ACCOUNT);
		expect(getCredentials.mock.calls).toEqual([['twilioSmsApi']]);
	});

	it('is not made with a credential that cannot be right', async () => {
		const { error, tries } = await outcome(READ, [OK], {
			credential: { ...CREDENTIAL, accountSid: '' },
		});
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error?.message).toBe('The credential has no Account SID');
		expect(error?.description).toMatch(/^Open the credential and copy it again/);
		expect(tries).toBe(0);
	});

	it('is not made to a base URL that is not safe', async () => {
		const { error, tries } = await outcome(READ, [OK], {
			credential: { ...CREDENTIAL, region: 'custom', baseUrl: 'http://twilio.example.com' },
		});
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error?.message).toMatch(/Base URL .*cannot be used/);
		expect(tries).toBe(0);
	});
});

describe('an answer', () => {
	it('is its body', async () => {
		expect(await outcome(READ, [OK])).toMatchObject({ body: { sid: 'SM1' }, tries: 1 });
		expect(await outcome(CHANGE, [answer(201, { sid: '' })])).toMatchObject({ body: { sid: '' } });
	});

	it('is nothing after a removal', async () => {
		const { error, body } = await outcome(REMOVAL, [answer(204)]);
		expect([error, body]).toEqual([undefined, undefined]);
	});

	it.each<[TwilioRequest, unknown]>([
		[READ, answer(200, HTML)],
		[READ, answer(200, { ok: true })],
		[READ, answer(200, null)],
		[READ, answer(200)],
		[READ, answer(204)],
		[REMOVAL, answer(200, {})],
		[REMOVAL, answer(202)],
		[READ, answer(302, HTML)],
		[READ, answer(404, HTML)],
		[READ, answer(300, { sid: 'SM1' })],
		[MESSAGE, answer(403, HTML)],
		[MESSAGE, answer(300, HTML)],
	])('is not taken for one of Twilio: %j, %j', async (request, given) => {
		const { error, tries } = await outcome(request, [given]);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error?.message).toMatch(/^Something between n8n and Twilio answered/);
		expect(error?.description).toMatch(/\(Asked: api\.twilio\.com\)$/);
		expect(tries).toBe(1);
	});

	it.each([300, 400, 409, 410])(
		'that refuses is told in the words of Twilio: %d',
		async (status) => {
			const { error } = await outcome(READ, [answer(status, { code: 99999, message: 'No.' })]);
			expect(error?.message).toBe('No.');
			expect(error?.httpCode).toBe(String(status));
		},
	);

	it('that refuses a message names its recipient', async () => {
		const { error, tries } = await outcome(MESSAGE, [answer(400, { code: 21610 })]);
		expect(error?.message).toBe(`${PERSON} has texted STOP, so nothing was sent`);
		expect(tries).toBe(1);
	});

	// As the Twilio Console calls the permissions of a restricted API key.
	it.each<[string, Partial<TwilioRequest>]>([
		['Messages (read)', {}],
		['Messages (create and update)', { method: 'POST' }],
		['Messages (delete)', { method: 'DELETE' }],
		['Phone Numbers (read)', { path: '/IncomingPhoneNumbers/PN1.json' }],
		['Applications (read)', { path: '/Applications/AP1.json' }],
		['Short Codes (read)', { path: '/SMS/ShortCodes.json' }],
		['Messaging > Senders (read)', { product: 'messaging', path: '/v2/Channels/Senders' }],
		['Lookup', { product: 'lookups' }],
		['Content (read)', { product: 'content' }],
		['Monitor > Alerts (read)', { product: 'monitor' }],
		['Messaging > Services (read)', { product: 'messaging' }],
		['Messaging > Services (create and update)', { product: 'messaging', method: 'POST' }],
	])('that forbids names the permission %s', async (permission, request) => {
		const { error } = await outcome({ ...READ, ...request }, [answer(403, { code: 20003 })]);
		expect(error?.description).toContain(`needs the permission for ${permission} (`);
	});

	it('that is not even one of HTTP is the error that it is', async () => {
		const broken = new NodeOperationError({ ...NODE, position: [0, 0] }, 'No such proxy');
		expect((await outcome(READ, [broken])).error).toBe(broken);
	});
});

describe('a message goes out once:', () => {
	it.each<[string, unknown, string]>([
		['Twilio fails', answer(500, { code: 20500 }), 'Twilio failed with HTTP status 500.'],
		['a gateway fails', answer(503, HTML), 'Twilio failed with HTTP status 503.'],
		['the answer is lost', failure('ECONNRESET'), "Twilio's answer did not arrive (econnreset)."],
		['somebody else answers', answer(200, HTML), 'What answered was not Twilio (HTTP status 200).'],
		['nobody answers well', answer(299), 'What answered was not Twilio (HTTP status 299).'],
	])('%s, and it is said that nobody knows', async (_, given, cause) => {
		const { error, tries } = await outcome(MESSAGE, [given, OK]);
		expect(error?.message).toBe(`It is not known whether Twilio sent the message to ${PERSON}`);
		expect(error?.description?.startsWith(cause)).toBe(true);
		expect(tries).toBe(1);
	});

	it('it is sent again after a connection that failed', async () => {
		const refused = failure('ECONNREFUSED');
		expect(await outcome(MESSAGE, [refused, refused, OK])).toMatchObject({
			body: { sid: 'SM1' },
			tries: 3,
		});
	});

	it('it is not said to be unknown where Twilio was never reached', async () => {
		const { error, tries } = await outcome(MESSAGE, [failure('ECONNREFUSED')]);
		expect(error?.message).toBe('Twilio could not be reached, so nothing was changed or sent');
		expect(tries).toBe(3);
	});
});

it('a change is made once, and its answer may be lost', async () => {
	const { error, tries } = await outcome(CHANGE, [failure('ECONNRESET'), OK]);
	expect(error?.message).toBe('Twilio did not answer');
	expect(tries).toBe(1);
});

it('a read is made again', async () => {
	const answers = [answer(500, HTML), failure('ECONNRESET'), OK];
	expect(await outcome(READ, answers)).toMatchObject({ body: { sid: 'SM1' }, tries: 3 });
});

it.each([500, 502])('a read fails in the end: %d', async (status) => {
	const { error, tries } = await outcome(READ, [answer(status, HTML)]);
	expect(error?.message).toBe('Twilio has a problem at the moment');
	expect(tries).toBe(3);
});

describe('where Twilio is too busy', () => {
	const busy = answer(429, HTML, { 'retry-after': '1' });

	it('is asked again when it says', async () => {
		expect(await outcome(MESSAGE, [busy, busy, OK])).toEqual({
			body: { sid: 'SM1' },
			tries: 3,
			waited: 2_000,
		});
	});

	it('is asked for two minutes', async () => {
		const { error, tries, waited } = await outcome(MESSAGE, [busy]);
		expect(error?.message).toBe('Twilio takes no more requests from this account at the moment');
		expect([tries, waited]).toEqual([121, 120_000]);
	});

	it('is asked for as long as the user waits', async () => {
		expect(await outcome(MESSAGE, [busy], { busyTimeoutMs: 3_000 })).toMatchObject({ tries: 4 });
		expect(await outcome(MESSAGE, [busy], { busyTimeoutMs: 0 })).toMatchObject({ tries: 1 });
	});
});

describe('a list', () => {
	const page = (entries: number[], next: object) => answer(200, { entries, ...next });
	const LIST = { path: '/Entries.json', query: { PageSize: 2 } };

	async function listed(
		answers: unknown[],
		request: Omit<TwilioRequest, 'method'> = LIST,
		setup?: Setup,
	) {
		const { twilio, requests } = api(answers, setup);
		const entries: unknown[] = [];
		for await (const entry of twilio.list(request, 'entries')) entries.push(entry);
		expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET']));
		return { entries, urls: requests.map(({ url }) => url) };
	}

	const below = `/2010-04-01/Accounts/${ACCOUNT}/Entries.json`;

	it('of the 2010 API has the entries of all pages', async () => {
		const answers = [
			page([1, 2], { next_page_uri: `${below}?Page=1` }),
			page([3], { next_page_uri: null }),
		];
		expect(await listed(answers)).toEqual({
			entries: [1, 2, 3],
			urls: [`https://api.twilio.com${below}?PageSize=2`, `https://api.twilio.com${below}?Page=1`],
		});
	});

	it('is asked for by the address of a page as it is, whatever is in it', async () => {
		const next = '/2010-04-01/Accounts/AC1/Entries.json?MediaUrl=https://example.com/a';
		const { urls } = await listed([page([], { next_page_uri: next }), page([], {})]);
		expect(urls[1]).toBe(`https://api.twilio.com${next}`);
	});

	it('is asked for where its first page was, also without TLS on this machine', async () => {
		const meta = { next_page_url: 'http://localhost:4010/v1/Entries?Page=1' };
		const request = { product: 'messaging', path: '/v1/Entries' } as const;
		const { urls } = await listed([page([], { meta }), page([], { meta: {} })], request);
		expect(urls[1]).toBe('https://messaging.twilio.com/v1/Entries?Page=1');
	});

	it.each(['https://gateway.example/twilio', 'https://elsewhere.example'])(
		'is asked for behind a gateway as its first page was, whether Twilio or the gateway says where: %s',
		async (origin) => {
			const baseUrl = ' https://gateway.example/twilio// ';
			const setup = { credential: { ...CREDENTIAL, region: 'custom', baseUrl } };
			const request = { product: 'messaging', path: '/v1/Entries' } as const;
			const meta = { next_page_url: `${origin}/v1/Entries?Page=1` };
			const { urls } = await listed([page([], { meta }), page([], { meta: {} })], request, setup);
			expect(urls[1]).toBe('https://gateway.example/twilio/v1/Entries?Page=1');
		},
	);

	it('of a product API as well, asked where its first page was', async () => {
		const request = { product: 'messaging', path: '/v1/Entries' } as const;
		const meta = { next_page_url: 'https://elsewhere.example/v1/Entries?Page=1' };
		expect(await listed([page([1], { meta }), page([2], { meta: {} })], request)).toEqual({
			entries: [1, 2],
			urls: [
				'https://messaging.twilio.com/v1/Entries',
				'https://messaging.twilio.com/v1/Entries?Page=1',
			],
		});
	});

	it('that leads back to itself ends with an error', async () => {
		const again = page([1], { next_page_uri: `${below}?Page=1` });
		await expect(listed([again])).rejects.toThrow("Twilio's list does not end");
	});

	it('that never ends does so after ten thousand pages', async () => {
		let count = 0;
		const next = () => page([], { next_page_uri: `${below}?Page=${++count}` });
		await expect(listed([next])).rejects.toThrow("Twilio's list does not end");
		expect(count).toBe(10_001);
	});

	it('is no page of somebody else', async () => {
		await expect(listed([answer(200, { other: [] })])).rejects.toThrow('not Twilio');
	});
});

describe('an execution that was canceled', () => {
	it('makes no request', async () => {
		const { error, tries } = await outcome(READ, [OK], { signal: AbortSignal.abort() });
		expect(error?.message).toBe('The execution was canceled');
		expect(tries).toBe(0);
	});

	it('waits no longer', async () => {
		const controller = new AbortController();
		const { twilio } = api([OK], { signal: controller.signal });
		const waiting = expect(twilio.wait(10_000)).rejects.toThrow('The execution was canceled');
		await jest.advanceTimersByTimeAsync(5_000);
		controller.abort();
		await waiting;
		expect(Date.now()).toBeLessThan(jest.getRealSystemTime() + 9_000);
	});

	it('ends although n8n notices only after the wait', async () => {
		const signal = { aborted: false, addEventListener() {}, removeEventListener() {} };
		const { twilio } = api([OK], { signal: signal as unknown as AbortSignal });
		const waiting = expect(twilio.wait(1_000)).rejects.toThrow('The execution was canceled');
		signal.aborted = true;
		await jest.advanceTimersByTimeAsync(1_000);
		await waiting;
	});

	it('is known for one, in every version and context of n8n', () => {
		expect(isCanceled(api([], { signal: AbortSignal.abort() }).context)).toBe(true);
		expect(isCanceled(api([], { signal: new AbortController().signal }).context)).toBe(false);
		expect(isCanceled(api([]).context)).toBe(false);
		expect(isCanceled({} as TwilioContext)).toBe(false);
	});
});
