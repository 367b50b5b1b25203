import { NodeApiError } from 'n8n-workflow';

import type { Answer } from '../../../nodes/TwilioSms/twilio/retry';
import { isTooMany, noAnswerOf, retryDelay } from '../../../nodes/TwilioSms/twilio/retry';

const GET = 'GET';
const POST = 'POST';

const MINUTES = 60_000;

const answer = (statusCode: number, headers = {}, body: unknown = {}) => ({
	statusCode,
	headers,
	body: body as object,
});
const busy = (retryAfter?: string) =>
	answer(429, retryAfter === undefined ? {} : { 'retry-after': retryAfter }, { code: 20429 });

const unsent = (networkCode: string) => ({ networkCode, isUnsent: true });
const perhapsSent = (networkCode: string) => ({ networkCode, isUnsent: false });

const delayOf = (method: 'GET' | 'POST', given: Answer, tries = 1, elapsedMs = 0) =>
	retryDelay(method, given, { tries, elapsedMs, busyTimeoutMs: 2 * MINUTES });

const NEVER_SENT = [
	'EADDRNOTAVAIL',
	'EAI_AGAIN',
	'EAI_FAIL',
	'ECONNREFUSED',
	'EHOSTDOWN',
	'EHOSTUNREACH',
	'ENETDOWN',
	'ENETUNREACH',
	'ENOTFOUND',
];
// Node's names: https://nodejs.org/api/tls.html#x509-certificate-error-codes
const UNTRUSTED = [
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_SSL_WRONG_VERSION_NUMBER',
	'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
	'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
	'ERR_SSL_UNSUPPORTED_PROTOCOL',
	'ERR_SSL_PACKET_LENGTH_TOO_LONG',
	'ERR_SSL_HTTP_REQUEST',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'ERR_TLS_HANDSHAKE_TIMEOUT',
	'HOSTNAME_MISMATCH',
	'INVALID_CA',
	'PATH_LENGTH_EXCEEDED',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];
const PERHAPS_SENT = ['ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED', 'EPIPE', 'ERR_CANCELED'];

const failure = (code: string, message = code, more = {}) =>
	Object.assign(new Error(message), { code, ...more });

const NODE = { id: '1', name: 'n', type: 't', typeVersion: 1, parameters: {} };

describe('a failed connection', () => {
	it.each([...NEVER_SENT, ...UNTRUSTED])('cannot have carried a request: %s', (code) => {
		expect(noAnswerOf(failure(code))).toEqual(unsent(code));
	});

	it.each(PERHAPS_SENT)('may have carried a request: %s', (code) => {
		expect(noAnswerOf(failure(code))).toEqual(perhapsSent(code));
	});

	it.each(['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'INVALID_CALL', 'NOT_CERT_HAS_EXPIRED'])(
		'may have carried a request where its code is only like one of those: %s',
		(code) => {
			expect(noAnswerOf(failure(code))).toEqual(perhapsSent(code));
		},
	);

	it('may have carried a request that was reset, whatever is said of it', () => {
		const reset = failure('ECONNRESET', 'The HTTP request was reset');
		expect(noAnswerOf(reset)).toEqual(perhapsSent('ECONNRESET'));
	});

	it('cannot have carried a request when it timed out while it was made', () => {
		const timedOut = failure('ETIMEDOUT', 'connect ETIMEDOUT 192.0.2.1:443');
		expect(noAnswerOf(timedOut)).toEqual(unsent('ETIMEDOUT'));
	});

	it.each([
		['write EPROTO 40E7:error:0A00010B:SSL routines::wrong version number', true],
		['write EPROTO SSL routines:ssl3_read_bytes:sslv3 alert handshake failure', true],
		// With TLS 1.3 the other side may say so after it has read the request.
		['write EPROTO SSL routines::tlsv13 alert certificate required', false],
	])('says by its text whether TLS was ever there: %s', (message, isUnsent) => {
		expect(noAnswerOf(failure('EPROTO', message))).toEqual({ networkCode: 'EPROTO', isUnsent });
	});

	it("is found below n8n's own error, which keeps it", () => {
		const wrapped = new Error('wrapped', { cause: failure('ECONNREFUSED') });
		expect(noAnswerOf(wrapped)).toEqual(unsent('ECONNREFUSED'));
		expect(noAnswerOf(new Error('twice', { cause: wrapped }))).toEqual(unsent('ECONNREFUSED'));
	});

	it.each(['ECONNRESET', 'ECONNREFUSED'])(
		"is found in n8n 1.x's error, which loses the cause: %s",
		(code) => {
			const error = new NodeApiError({ ...NODE, position: [0, 0] }, { message: code, code });
			Object.assign(error, { cause: undefined });
			expect(noAnswerOf(error)).toMatchObject({ networkCode: code });
		},
	);

	it.each([undefined, null, 'text', new Error('no code'), failure(''), failure('invalid_URL')])(
		'is no other error: %j',
		(error) => expect(noAnswerOf(error)).toBeUndefined(),
	);

	it('is looked for once in causes that run in a circle', () => {
		const first = new Error('first') as Error & { cause?: unknown };
		first.cause = new Error('second', { cause: first });
		expect(noAnswerOf(first)).toBeUndefined();
	});
});

describe('a request that changes something', () => {
	it.each(NEVER_SENT)('is made again when it was never sent: %s', (networkCode) => {
		expect(delayOf(POST, unsent(networkCode), 1)).toBeGreaterThan(0);
		expect(delayOf(POST, unsent(networkCode), 3)).toBeUndefined();
	});

	it.each(PERHAPS_SENT)('is not made again when it may have been sent: %s', (networkCode) => {
		expect(delayOf(POST, perhapsSent(networkCode), 1)).toBeUndefined();
	});

	it.each([200, 201, 204, 302, 400, 401, 404, 500, 502, 503])(
		'is not made again after the status %d',
		(status) => expect(delayOf(POST, answer(status), 1)).toBeUndefined(),
	);
});

describe('a read', () => {
	it.each([...NEVER_SENT, 'ECONNRESET', 'ETIMEDOUT'])(
		'is made three times when there is no answer: %s',
		(networkCode) => {
			expect(delayOf(GET, perhapsSent(networkCode), 1)).toBeGreaterThan(0);
			expect(delayOf(GET, perhapsSent(networkCode), 2)).toBeGreaterThan(0);
			expect(delayOf(GET, perhapsSent(networkCode), 3)).toBeUndefined();
		},
	);

	it.each([500, 502, 503])('is made three times when Twilio fails with %d', (status) => {
		expect(delayOf(GET, answer(status), 2)).toBeGreaterThan(0);
		expect(delayOf(GET, answer(status), 3)).toBeUndefined();
	});

	it.each([200, 302, 400, 401, 404])('is not made again after the status %d', (status) => {
		expect(delayOf(GET, answer(status), 1)).toBeUndefined();
	});

	it('is made again when a failing Twilio says, unless that is late', () => {
		expect(delayOf(GET, answer(503, { 'retry-after': '10' }))).toBe(10_000);
		expect(delayOf(GET, answer(503, { 'retry-after': '11' }))).toBeUndefined();
	});

	it('is not made again when the execution was canceled', () => {
		expect(delayOf(GET, perhapsSent('ERR_CANCELED'), 1)).toBeUndefined();
	});
});

describe('too many requests', () => {
	it.each([GET, POST] as const)('are asked again for as long as the time allows: %j', (method) => {
		for (const tries of [1, 2, 6, 20]) {
			expect(delayOf(method, busy(), tries, 1 * MINUTES)).toBeDefined();
			expect(delayOf(method, busy(), tries, 2 * MINUTES)).toBeUndefined();
		}
		expect(delayOf(method, busy('30'), 1, 90_000)).toBe(30_000);
		expect(delayOf(method, busy('30'), 1, 90_001)).toBeUndefined();
	});

	it('are asked again ever later, and not all at the same time', () => {
		for (const [tries, longest] of [
			[1, 500],
			[2, 1000],
			[3, 2000],
			[4, 4000],
			[6, 10_000],
			[60, 10_000],
		]) {
			const delays = Array.from({ length: 200 }, () => delayOf(POST, busy(), tries)!);
			expect(Math.min(...delays)).toBeGreaterThanOrEqual(longest / 2);
			expect(Math.max(...delays)).toBeLessThanOrEqual(longest);
			expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(longest / 4);
		}
	});

	it.each([
		['7', 7000],
		['60', 60_000],
		['1.5', 1500],
		['0.25', 250],
	])('are asked again when Twilio says, in seconds: %s', (header, milliseconds) => {
		expect(delayOf(POST, busy(header), 1)).toBe(milliseconds);
	});

	it('are asked again when Twilio says, by a date', () => {
		const inTenSeconds = new Date(Date.now() + 10_000).toUTCString();
		const delay = delayOf(POST, busy(inTenSeconds), 1)!;
		expect(delay).toBeGreaterThan(8_000);
		expect(delay).toBeLessThanOrEqual(10_000);
	});

	it.each(['121', '3600', new Date(Date.now() + 3_600_000).toUTCString()])(
		'are not asked again when Twilio wants more time than there is: %s',
		(header) => expect(delayOf(POST, busy(header), 1)).toBeUndefined(),
	);

	it.each([
		...['soon', '', '-1', 'NaN', 'Infinity', '1e9', '0'],
		'Wed, 21 Oct 2015 07:28:00 GMT',
		'not before Thu, 21 Oct 2100 07:28:00 GMT',
		'Thu Oct 21 07:28:00 2100',
		'Thu, 21 Oct 2100 07:28:00',
		'Thu, 21 Oct 2100 07:28:00 GMT, or later',
	])('are asked again some time when Twilio says %j', (header) => {
		const delay = delayOf(POST, busy(header), 1);
		expect(delay).toBeGreaterThanOrEqual(250);
		expect(delay).toBeLessThanOrEqual(500);
	});

	// twilio.com/docs/api/errors/63038 is answered with HTTP status 429, too.
	it.each([{ code: 21611 }, { code: 21611, message: 'Queue overflow' }, { code: 63038 }])(
		'are something else than a full queue, or all that an account may send in a day: %j',
		(body) => {
			expect(isTooMany(answer(429, {}, body))).toBe(false);
			expect(delayOf(POST, answer(429, {}, body), 1)).toBeUndefined();
		},
	);

	it.each([{ code: 20429 }, {}, undefined, 'Too Many Requests'])(
		'are known by the status, whatever the body is: %j',
		(body) => expect(isTooMany({ ...answer(429), body: body as object })).toBe(true),
	);

	it('are no other status, and no missing answer', () => {
		expect(isTooMany(answer(503))).toBe(false);
		expect(isTooMany(perhapsSent('ECONNRESET'))).toBe(false);
	});
});
