import { EventEmitter } from 'node:events';
import type { IWebhookFunctions } from 'n8n-workflow';

import { TakenRequests } from '../../../nodes/TwilioSms/shared/takenRequests';

/** A request, and how n8n's answer to it ends. */
function request() {
	const response = Object.assign(new EventEmitter(), { statusCode: 200, writableEnded: false });
	const n8n = { getResponseObject: () => response } as unknown as IWebhookFunctions;
	const end = (statusCode = 200) => {
		Object.assign(response, { statusCode, writableEnded: true });
		response.emit('finish');
		response.emit('close');
	};
	const hangUp = () => response.emit('close');
	return { n8n, end, hangUp };
}

it('the first request counts, and whoever comes later is told that it did', async () => {
	const taken = new TakenRequests(60_000, 10);
	const first = request();
	expect(await taken.claim('a', first.n8n)).toBe(true);
	const second = taken.claim('a', request().n8n);
	first.end();
	expect(await second).toBe(false);
	expect(await taken.claim('b', request().n8n)).toBe(true);
});

it('the next request counts when n8n fails', async () => {
	const taken = new TakenRequests(60_000, 10);
	const first = request();
	await taken.claim('a', first.n8n);
	const second = taken.claim('a', request().n8n);
	first.end(500);
	expect(await second).toBe(true);
});

describe('when the caller hangs up before n8n answers', () => {
	it.each([
		['takes the request after all', 200, true],
		['fails after all', 503, false],
	])('it is waited for what n8n does: it %s', async (_, statusCode, isTaken) => {
		const taken = new TakenRequests(60_000, 10);
		const first = request();
		await taken.claim('a', first.n8n);
		first.hangUp();
		const second = taken.claim('a', request().n8n);
		first.end(statusCode);
		expect(await second).toBe(!isTaken);
	});

	it('the next request counts when n8n does not end it for as long as Twilio tries', async () => {
		jest.useFakeTimers();
		const taken = new TakenRequests(60_000, 10);
		const first = request();
		await taken.claim('a', first.n8n);
		first.hangUp();
		const second = taken.claim('a', request().n8n);
		await jest.advanceTimersByTimeAsync(15_200);
		jest.useRealTimers();
		expect(await second).toBe(true);
	});
});

it('of several that wait when n8n fails, one counts', async () => {
	const taken = new TakenRequests(60_000, 10);
	const first = request();
	await taken.claim('a', first.n8n);
	const [second, third] = [request(), request()];
	const answers = [taken.claim('a', second.n8n), taken.claim('a', third.n8n)];
	first.end(500);
	expect(await answers[0]).toBe(true);
	second.end();
	expect(await answers[1]).toBe(false);
});

describe('a request that came another way', () => {
	it('counts as taken', async () => {
		const taken = new TakenRequests(60_000, 10);
		taken.add('a');
		expect(await taken.has('a')).toBe(true);
		expect(await taken.claim('a', request().n8n)).toBe(false);
		expect(await taken.claim('b', request().n8n)).toBe(true);
	});

	it('does not count while n8n takes the same one, and counts if n8n then fails', async () => {
		const taken = new TakenRequests(60_000, 10);
		const first = request();
		await taken.claim('a', first.n8n);
		expect(taken.add('a')).toBe(false);
		first.end(500);
		await new Promise(setImmediate);
		expect(taken.add('a')).toBe(true);
		expect(await taken.has('a')).toBe(true);
	});

	it('counts once', async () => {
		const taken = new TakenRequests(60_000, 10);
		expect([taken.add('a'), taken.add('a'), taken.add('b')]).toEqual([true, false, true]);
	});

	it('stays taken though the first one fails, which was forgotten meanwhile', async () => {
		const taken = new TakenRequests(60_000, 1);
		const first = request();
		await taken.claim('a', first.n8n);
		await taken.claim('b', request().n8n);
		const second = request();
		expect(await taken.claim('a', second.n8n)).toBe(true);
		first.end(500);
		await new Promise(setImmediate);
		second.end(200);
		expect(await taken.has('a')).toBe(true);
	});

	it('is one of those that are remembered at most', async () => {
		const taken = new TakenRequests(60_000, 2);
		for (const key of ['a', 'b', 'c']) taken.add(key);
		expect(await taken.has('a')).toBe(false);
		expect(await taken.has('b')).toBe(true);
		expect(await taken.has('c')).toBe(true);
	});
});

describe('as time goes by', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	it('what was taken is remembered until the last moment, from the answer on', async () => {
		const taken = new TakenRequests(60_000, 10);
		const first = request();
		await taken.claim('a', first.n8n);
		jest.advanceTimersByTime(5_000);
		first.end();
		await jest.advanceTimersByTimeAsync(59_999);
		expect(await taken.has('a')).toBe(true);
		expect(await taken.claim('a', request().n8n)).toBe(false);
		await jest.advanceTimersByTimeAsync(1);
		expect(await taken.has('a')).toBe(false);
		expect(await taken.claim('a', request().n8n)).toBe(true);
	});

	it('what came another way is remembered for as long', async () => {
		const taken = new TakenRequests(60_000, 10);
		taken.add('a');
		jest.advanceTimersByTime(59_999);
		expect(await taken.has('a')).toBe(true);
		jest.advanceTimersByTime(1);
		expect(await taken.has('a')).toBe(false);
		expect(taken.add('a')).toBe(true);
	});

	it('what is taken again after it was forgotten is the newest', async () => {
		const taken = new TakenRequests(60_000, 2);
		const old = request();
		await taken.claim('at work', old.n8n);
		taken.add('a');
		jest.advanceTimersByTime(60_000);
		const again = request();
		expect(await taken.claim('a', again.n8n)).toBe(true);
		again.end();
		taken.add('b');
		expect(await taken.has('a')).toBe(true);
	});

	it('a caller that hung up is waited for no less than Twilio tries', async () => {
		const taken = new TakenRequests(60_000, 10);
		const first = request();
		await taken.claim('a', first.n8n);
		first.hangUp();
		const second = taken.claim('a', request().n8n);
		await jest.advanceTimersByTimeAsync(14_800);
		first.end();
		await jest.advanceTimersByTimeAsync(200);
		expect(await second).toBe(false);
	});
});

describe('what was taken is known', () => {
	it('once n8n has answered well', async () => {
		const taken = new TakenRequests(60_000, 10);
		const first = request();
		await taken.claim('a', first.n8n);
		const isKnown = taken.has('a');
		first.end();
		expect(await isKnown).toBe(true);
		expect(await taken.has('b')).toBe(false);
	});

	it('and not when n8n failed, so that it is not lost', async () => {
		const taken = new TakenRequests(60_000, 10);
		const first = request();
		await taken.claim('a', first.n8n);
		first.end(500);
		expect(await taken.has('a')).toBe(false);
	});
});

it('a request is remembered for no longer than it is to be, from the answer on', async () => {
	const taken = new TakenRequests(0, 10);
	const first = request();
	await taken.claim('a', first.n8n);
	const second = taken.claim('a', request().n8n);
	first.end();
	expect(await second).toBe(false);
	expect(await taken.claim('a', request().n8n)).toBe(true);
});

it('no more are remembered than may be, the oldest being forgotten first', async () => {
	const taken = new TakenRequests(60_000, 2);
	for (const key of ['a', 'b', 'c']) {
		const { n8n, end } = request();
		await taken.claim(key, n8n);
		end();
	}
	expect(await taken.claim('c', request().n8n)).toBe(false);
	expect(await taken.claim('a', request().n8n)).toBe(true);
});
