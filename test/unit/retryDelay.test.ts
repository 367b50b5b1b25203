import { isTooMany, retryDelay, wasNeverSent } from '../../nodes/TwilioSms/shared/retryDelay';

const GET = { method: 'GET' as const };
const POST = { method: 'POST' as const };

const answer = (statusCode: number, headers = {}, body: unknown = {}) => ({
	statusCode,
	headers,
	body: body as object,
});
const busy = (retryAfter?: string) =>
	answer(429, retryAfter === undefined ? {} : { 'retry-after': retryAfter }, { code: 20429 });

const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
const PERHAPS_SENT = ['ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED', 'EPIPE', 'ERR_CANCELED'];

describe('a request that changes something', () => {
	it.each(NEVER_SENT)('is made again when it was never sent: %s', (networkCode) => {
		expect(retryDelay(POST, { networkCode }, 1)).toBeGreaterThan(0);
		expect(retryDelay(POST, { networkCode }, 3)).toBeUndefined();
		expect(wasNeverSent(networkCode)).toBe(true);
	});

	it.each(PERHAPS_SENT)('is not made again when it may have been sent: %s', (networkCode) => {
		expect(retryDelay(POST, { networkCode }, 1)).toBeUndefined();
		expect(wasNeverSent(networkCode)).toBe(false);
	});

	it.each([200, 201, 204, 302, 400, 401, 404, 500, 502, 503])(
		'is not made again after the status %d',
		(status) => expect(retryDelay(POST, answer(status), 1)).toBeUndefined(),
	);
});

describe('a read', () => {
	it.each([...NEVER_SENT, 'ECONNRESET', 'ETIMEDOUT'])(
		'is made three times when there is no answer: %s',
		(networkCode) => {
			expect(retryDelay(GET, { networkCode }, 1)).toBeGreaterThan(0);
			expect(retryDelay(GET, { networkCode }, 2)).toBeGreaterThan(0);
			expect(retryDelay(GET, { networkCode }, 3)).toBeUndefined();
		},
	);

	it.each([500, 502, 503])('is made three times when Twilio fails with %d', (status) => {
		expect(retryDelay(GET, answer(status), 2)).toBeGreaterThan(0);
		expect(retryDelay(GET, answer(status), 3)).toBeUndefined();
	});

	it.each([200, 302, 400, 401, 404])('is not made again after the status %d', (status) => {
		expect(retryDelay(GET, answer(status), 1)).toBeUndefined();
	});

	it('is not made again when the execution was canceled', () => {
		expect(retryDelay(GET, { networkCode: 'ERR_CANCELED' }, 1)).toBeUndefined();
	});
});

describe('too many requests', () => {
	it.each([GET, POST])('are asked again, four times: %j', (request) => {
		for (const tries of [1, 2, 3, 4]) expect(retryDelay(request, busy(), tries)).toBeDefined();
		expect(retryDelay(request, busy(), 5)).toBeUndefined();
	});

	it('are asked again ever later, and not all at the same time', () => {
		for (const [tries, longest] of [
			[1, 500],
			[2, 1000],
			[3, 2000],
			[4, 4000],
		]) {
			const delays = Array.from({ length: 200 }, () => retryDelay(POST, busy(), tries)!);
			expect(Math.min(...delays)).toBeGreaterThanOrEqual(longest / 2);
			expect(Math.max(...delays)).toBeLessThanOrEqual(longest);
			expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(longest / 4);
		}
	});

	it.each([
		['0', 0],
		['7', 7000],
		['60', 60_000],
	])('are asked again when Twilio says, in seconds: %s', (header, milliseconds) => {
		expect(retryDelay(POST, busy(header), 1)).toBe(milliseconds);
	});

	it('are asked again when Twilio says, by a date', () => {
		const inTenSeconds = new Date(Date.now() + 10_000).toUTCString();
		const delay = retryDelay(POST, busy(inTenSeconds), 1)!;
		expect(delay).toBeGreaterThan(8_000);
		expect(delay).toBeLessThanOrEqual(10_000);
	});

	it('are asked again at once when that date is over', () => {
		expect(retryDelay(POST, busy('Wed, 21 Oct 2015 07:28:00 GMT'), 1)).toBe(0);
	});

	it.each(['61', '3600', new Date(Date.now() + 3_600_000).toUTCString()])(
		'are not waited for longer than a minute: %s',
		(header) => expect(retryDelay(POST, busy(header), 1)).toBeUndefined(),
	);

	it.each(['soon', '', '-1', '1.5'])('are asked again some time when Twilio says %j', (header) => {
		expect(retryDelay(POST, busy(header), 1)).toBeGreaterThanOrEqual(0);
	});

	it.each([{ code: 21611 }, { code: 21611, message: 'Queue overflow' }])(
		'are something else than a full queue: %j',
		(body) => {
			expect(isTooMany(answer(429, {}, body))).toBe(false);
			expect(retryDelay(POST, answer(429, {}, body), 1)).toBeUndefined();
		},
	);

	it.each([{ code: 20429 }, {}, undefined, 'Too Many Requests'])(
		'are known by the status, whatever the body is: %j',
		(body) => expect(isTooMany(answer(429, {}, body))).toBe(true),
	);

	it('are no other status, and no missing answer', () => {
		expect(isTooMany(answer(503))).toBe(false);
		expect(isTooMany({ networkCode: 'ECONNRESET' })).toBe(false);
	});
});
