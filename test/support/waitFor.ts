import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 200;

/** Asks again and again until the answer is one. */
export async function waitFor<T>(
	what: string,
	timeoutMs: number,
	ask: () => Promise<T | undefined>,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) {
			throw new Error(`Waited ${Math.round(timeoutMs / 1000)} s in vain for ${what}.`);
		}
		await sleep(INTERVAL_MS);
	}
}
