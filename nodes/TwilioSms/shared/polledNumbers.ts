// In memory, as nothing at Twilio tells who polls: in queue mode another process does not know it.
const polledAt = new Map<string, number>();

// Longer than anybody waits between two polls.
const VALID_MS = 24 * 60 * 60_000;

/**
 * Notes that a trigger of this n8n has just polled.
 *
 * @param listensOn a number in E.164, or the SID of a Messaging Service
 */
export function notePolled(accountSid: string, listensOn: string): void {
	polledAt.set(`${accountSid} ${listensOn}`, Date.now());
}

/** Whether a trigger of this n8n asks Twilio for the texts to a number or service. */
export function isPolled(accountSid: string, listensOn: string): boolean {
	return (polledAt.get(`${accountSid} ${listensOn}`) ?? 0) > Date.now() - VALID_MS;
}
