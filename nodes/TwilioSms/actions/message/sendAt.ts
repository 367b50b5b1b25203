import { tryToParseDateTime } from 'n8n-workflow';

// Twilio judges when the request arrives, so a moment is kept in hand.
const SOONEST_MS = 300_000 + 5_000;
const LATEST_MS = 35 * 24 * 60 * 60 * 1000;

/**
 * When a message is to go out, as Twilio takes it: ISO 8601 in UTC, to the second.
 *
 * @param value a date; without a time zone of its own it is in the given one
 * @throws Error when it is no date, or one for which Twilio does not schedule
 * @see https://www.twilio.com/docs/messaging/features/message-scheduling
 */
export function toSendAt(value: unknown, timezone: string, now = Date.now()): string {
	const time = parse(value, timezone);
	if (time === undefined) throw new Error(`"${String(value)}" is not a date (option "Send At")`);
	const ahead = time - now;
	if (ahead >= SOONEST_MS && ahead <= LATEST_MS) {
		return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
	}
	const when = ahead < 0 ? 'in the past' : ahead < SOONEST_MS ? 'too soon' : 'too far ahead';
	throw new Error(`"Send At" is ${when}: ${new Date(time).toISOString()}`);
}

function parse(value: unknown, timezone: string): number | undefined {
	try {
		const typed = typeof value === 'number' ? new Date(value) : value;
		return tryToParseDateTime(typed, timezone).toMillis();
	} catch {
		return undefined;
	}
}
