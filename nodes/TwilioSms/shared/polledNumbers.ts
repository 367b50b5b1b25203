interface Polled {
	at: number;
	/** Between the last two polls, as soon as there were two. */
	interval?: number;
}

// In memory, as nothing at Twilio tells who polls: in queue mode another process does not know it.
const polled = new Map<string, Polled>();

// As long as it is not known how often a trigger polls, it may be once a day.
const FIRST_INTERVAL_MS = 24 * 60 * 60_000;

/** What comes sooner is a publication: n8n polls once a minute at most. */
const SHORTEST_INTERVAL_MS = 30_000;

/** Polls may be late. */
const LATE_MS = 5 * 60_000;

/**
 * Notes that a trigger of this n8n has just polled.
 *
 * @param listensOn a number in E.164, or the SID of a Messaging Service
 */
export function notePolled(accountSid: string, listensOn: string): void {
	const key = `${accountSid} ${listensOn}`;
	const last = polled.get(key);
	const at = Date.now();
	const interval = last && at - last.at >= SHORTEST_INTERVAL_MS ? at - last.at : last?.interval;
	polled.set(key, { at, interval });
}

/** Whether a trigger of this n8n asks Twilio for the texts to a number or service. */
export function isPolled(accountSid: string, listensOn: string): boolean {
	const { at, interval = FIRST_INTERVAL_MS } = polled.get(`${accountSid} ${listensOn}`) ?? {};
	return at !== undefined && Date.now() - at <= interval + LATE_MS;
}
