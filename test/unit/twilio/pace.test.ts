import fc from 'fast-check';
import { setTimeout as delay } from 'node:timers/promises';

import { Pace } from '../../../nodes/TwilioSms/twilio/pace';

/** A service that refuses what is over its limit, and notes how much came at once. */
function service(limit: number) {
	let inFlight = 0;
	const seen = { most: 0, refused: 0, taken: 0 };
	return {
		seen,
		async request(milliseconds = 1) {
			inFlight++;
			seen.most = Math.max(seen.most, inFlight);
			const isRefused = inFlight > limit;
			if (isRefused) seen.refused++;
			else seen.taken++;
			await delay(isRefused ? 0 : milliseconds);
			inFlight--;
			return isRefused;
		},
	};
}

const isRefused = (answer: boolean) => answer;

/** As the transport does: what was refused is asked again. */
async function persist(pace: Pace, request: () => Promise<boolean>) {
	while (await pace.take(request, isRefused));
}

it('holds nothing back as long as nothing is refused', async () => {
	const { request, seen } = service(Infinity);
	const pace = new Pace();
	await Promise.all(Array.from({ length: 50 }, () => pace.take(request, isRefused)));
	expect(seen.most).toBe(50);
});

it('halves the number of requests in flight when one is refused', async () => {
	const pace = new Pace();
	const slow = Array.from({ length: 7 }, () => pace.take(() => delay(20, false), isRefused));
	await pace.take(async () => true, isRefused);
	await Promise.all(slow);
	const { request, seen } = service(Infinity);
	await Promise.all(Array.from({ length: 6 }, () => pace.take(() => request(5), isRefused)));
	expect(seen.most).toBeLessThanOrEqual(5);
});

it('always lets one through', async () => {
	const pace = new Pace();
	for (let time = 0; time < 10; time++) await pace.take(async () => true, isRefused);
	expect(await pace.take(async () => false, isRefused)).toBe(false);
});

it('comes back to speed when all is well again', async () => {
	const pace = new Pace();
	await pace.take(async () => true, isRefused);
	for (let time = 0; time < 100; time++) await pace.take(async () => false, isRefused);
	const { request, seen } = service(Infinity);
	await Promise.all(Array.from({ length: 20 }, () => pace.take(() => request(5), isRefused)));
	expect(seen.most).toBeGreaterThan(8);
});

it('makes room again for a request that failed', async () => {
	const pace = new Pace();
	await pace.take(async () => true, isRefused);
	const failing = pace.take(() => Promise.reject(new Error('No')), isRefused);
	const next = pace.take(async () => false, isRefused);
	await expect(failing).rejects.toThrow('No');
	expect(await next).toBe(false);
});

it('gets every request through, whatever the limit is, and finds it soon', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 30 }),
			fc.integer({ min: 1, max: 120 }),
			async (limit, count) => {
				const { request, seen } = service(limit);
				const pace = new Pace();
				await Promise.all(Array.from({ length: count }, () => persist(pace, request)));
				expect(seen.taken).toBe(count);
				expect(seen.refused).toBeLessThanOrEqual(Math.max(0, count - limit) + count);
			},
		),
		{ numRuns: 40 },
	);
});
