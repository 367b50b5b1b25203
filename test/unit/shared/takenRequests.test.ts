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
	expect(await taken.isTaken('a', first.n8n)).toBe(false);
	const second = taken.isTaken('a', request().n8n);
	first.end();
	expect(await second).toBe(true);
	expect(await taken.isTaken('b', request().n8n)).toBe(false);
});

it('the next request counts when n8n fails', async () => {
	const taken = new TakenRequests(60_000, 10);
	const first = request();
	await taken.isTaken('a', first.n8n);
	const second = taken.isTaken('a', request().n8n);
	first.end(500);
	expect(await second).toBe(false);
});

describe('when the caller hangs up before n8n answers', () => {
	it.each([
		['takes the request after all', 200, true],
		['fails after all', 503, false],
	])('it is waited for what n8n does: it %s', async (_, statusCode, isTaken) => {
		const taken = new TakenRequests(60_000, 10);
		const first = request();
		await taken.isTaken('a', first.n8n);
		first.hangUp();
		const second = taken.isTaken('a', request().n8n);
		first.end(statusCode);
		expect(await second).toBe(isTaken);
	});

	it('the next request counts when n8n does not end it for as long as Twilio tries', async () => {
		jest.useFakeTimers();
		const taken = new TakenRequests(60_000, 10);
		const first = request();
		await taken.isTaken('a', first.n8n);
		first.hangUp();
		const second = taken.isTaken('a', request().n8n);
		await jest.advanceTimersByTimeAsync(15_200);
		jest.useRealTimers();
		expect(await second).toBe(false);
	});
});

describe('what was taken is known', () => {
	it('once n8n has answered well', async () => {
		const taken = new TakenRequests(60_000, 10);
		const first = request();
		await taken.isTaken('a', first.n8n);
		const isKnown = taken.has('a');
		first.end();
		expect(await isKnown).toBe(true);
		expect(await taken.has('b')).toBe(false);
	});

	it('and not when n8n failed, so that it is not lost', async () => {
		const taken = new TakenRequests(60_000, 10);
		const first = request();
		await taken.isTaken('a', first.n8n);
		first.end(500);
		expect(await taken.has('a')).toBe(false);
	});
});

it('a request is remembered for no longer than it is to be, from the answer on', async () => {
	const taken = new TakenRequests(0, 10);
	const first = request();
	await taken.isTaken('a', first.n8n);
	const second = taken.isTaken('a', request().n8n);
	first.end();
	expect(await second).toBe(true);
	expect(await taken.isTaken('a', request().n8n)).toBe(false);
});

it('no more are remembered than may be, the oldest being forgotten first', async () => {
	const taken = new TakenRequests(60_000, 2);
	for (const key of ['a', 'b', 'c']) {
		const { n8n, end } = request();
		await taken.isTaken(key, n8n);
		end();
	}
	expect(await taken.isTaken('c', request().n8n)).toBe(true);
	expect(await taken.isTaken('a', request().n8n)).toBe(false);
});
