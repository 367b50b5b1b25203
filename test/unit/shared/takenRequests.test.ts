import { EventEmitter } from 'node:events';
import type { IWebhookFunctions } from 'n8n-workflow';

import { TakenRequests } from '../../../nodes/TwilioSms/shared/takenRequests';

/** A request, and how n8n's answer to it ends. */
function request() {
	const response = Object.assign(new EventEmitter(), { statusCode: 200 });
	const n8n = { getResponseObject: () => response } as unknown as IWebhookFunctions;
	const end = (event: 'finish' | 'close', statusCode = 200) => {
		response.statusCode = statusCode;
		response.emit(event);
	};
	return { n8n, end };
}

it('the first request counts, and whoever comes later is told that it did', async () => {
	const taken = new TakenRequests(60_000, 10);
	const first = request();
	expect(await taken.isTaken('a', first.n8n)).toBe(false);
	const second = taken.isTaken('a', request().n8n);
	first.end('finish');
	expect(await second).toBe(true);
	expect(await taken.isTaken('b', request().n8n)).toBe(false);
});

it.each([
	['n8n fails', 'finish', 500],
	['the caller hangs up before n8n answers', 'close', 200],
] as const)('the next request counts when %s', async (_, event, statusCode) => {
	const taken = new TakenRequests(60_000, 10);
	const first = request();
	await taken.isTaken('a', first.n8n);
	const second = taken.isTaken('a', request().n8n);
	first.end(event, statusCode);
	expect(await second).toBe(false);
});

it('a connection that is closed after the answer changes nothing', async () => {
	const taken = new TakenRequests(60_000, 10);
	const first = request();
	await taken.isTaken('a', first.n8n);
	first.end('finish');
	first.end('close');
	expect(await taken.isTaken('a', request().n8n)).toBe(true);
});

it('a request is remembered for no longer than it is to be, from the answer on', async () => {
	const taken = new TakenRequests(0, 10);
	const first = request();
	await taken.isTaken('a', first.n8n);
	const second = taken.isTaken('a', request().n8n);
	first.end('finish');
	expect(await second).toBe(true);
	expect(await taken.isTaken('a', request().n8n)).toBe(false);
});

it('no more are remembered than may be, the oldest being forgotten first', async () => {
	const taken = new TakenRequests(60_000, 2);
	for (const key of ['a', 'b', 'c']) {
		const { n8n, end } = request();
		await taken.isTaken(key, n8n);
		end('finish');
	}
	expect(await taken.isTaken('c', request().n8n)).toBe(true);
	expect(await taken.isTaken('a', request().n8n)).toBe(false);
});
