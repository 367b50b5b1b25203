import type { IPollFunctions } from 'n8n-workflow';

/** Up to where the log was looked through. n8n keeps it in the workflow's static data. */
export type Cursor = {
	receiveBy: 'polling' | 'webhook';
	/** The number in E.164, the SID of the Messaging Service, or `''`. */
	listensTo: string;
	/** When the workflow was published: what came before never starts it. ISO 8601. */
	publishedAt: string;
	/** ISO 8601. */
	lookedAt: string;
	/** What was found since, by the message's SID, with its time. ISO 8601. */
	seen: Record<string, string>;
};

// Twilio's log and its alerts may be late.
export const OVERLAP_MS = 5 * 60_000;

const LOOK_BACK_AT_MOST_MS = 24 * 60 * 60_000;

export function storedCursor(n8n: IPollFunctions): Cursor | undefined {
	// Only this trigger writes it, and it has written all of it.
	return n8n.getWorkflowStaticData('node').cursor as Cursor | undefined;
}

export function storeCursor(n8n: IPollFunctions, cursor: Cursor): void {
	// n8n stores what is assigned here, and does not see a change within it.
	n8n.getWorkflowStaticData('node').cursor = cursor;
}

/** From when on the next look has to go through the log, in milliseconds since 1970. */
export function startOf({ publishedAt, lookedAt }: Cursor, now: number): number {
	return Math.max(
		Date.parse(lookedAt) - OVERLAP_MS,
		secondOf(Date.parse(publishedAt)),
		now - LOOK_BACK_AT_MOST_MS,
	);
}

/** Twilio's times are whole seconds. */
export const secondOf = (time: number) => Math.floor(time / 1000) * 1000;

export const toIso = (time: number) => new Date(time).toISOString();
