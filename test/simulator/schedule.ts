import { setTimeout as delay } from 'node:timers/promises';

/** A timer cannot count further than this; a schedule may be 35 days long. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** True when the time has come, false when the signal was first. */
export async function reached(time: Date, signal: AbortSignal): Promise<boolean> {
	for (;;) {
		const left = time.getTime() - Date.now();
		if (signal.aborted) return false;
		if (left <= 0) return true;
		await delay(Math.min(left, LONGEST_TIMER_MS), undefined, { signal }).catch(() => undefined);
	}
}
