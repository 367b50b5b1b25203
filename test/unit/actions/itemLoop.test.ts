import fc from 'fast-check';
import { setTimeout as delay } from 'node:timers/promises';

import { inParallel } from '../../../nodes/TwilioSms/actions/itemLoop';

async function* listed<T>(items: T[]): AsyncGenerator<T> {
	yield* items;
}

it('begins in order, has as many under way as it may, and ends when all have ended', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 40 }),
			fc.integer({ min: 1, max: 50 }),
			async (delays, size) => {
				const begun: number[] = [];
				let running = 0;
				let most = 0;
				const jobs = delays.map((milliseconds, index) => async () => {
					begun.push(index);
					most = Math.max(most, ++running);
					await delay(milliseconds);
					running--;
				});
				await inParallel(size, listed(jobs));
				expect(begun).toEqual(delays.map((_, index) => index));
				expect(running).toBe(0);
				expect(most).toBe(Math.min(size, delays.length));
			},
		),
		{ numRuns: 50 },
	);
});

it('asks for no job before there is room for it', async () => {
	const asked: number[] = [];
	const ended: number[] = [];
	async function* jobs() {
		for (let index = 0; index < 10; index++) {
			asked.push(index);
			expect(index - ended.length).toBeLessThan(3);
			yield async () => {
				await delay(1);
				ended.push(index);
			};
		}
	}
	await inParallel(3, jobs());
	expect(asked).toHaveLength(10);
});
