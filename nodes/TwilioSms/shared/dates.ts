import { tryToParseDateTime } from 'n8n-workflow';

const SECONDS_SINCE = 1e9;
const MILLISECONDS_SINCE = 1e11;
const TOO_LATE = 1e14;

/** A time zone at the end of a date, or of the part in front of a name in brackets. */
const ZONE = /(?:z|utc|gmt|[ecmp][sd]t|(?:gmt|utc)?[+-]\d{1,2}:?\d{2})\s*(?:\([^)]*\))?$/i;

/** A day and a month that could be either: Americans write the month first, most others the day. */
const AMBIGUOUS = /^(0?[1-9]|1[0-2])([/.-])(0?[1-9]|1[0-2])\2\d{4}\b/;

/**
 * A date that a user entered, in milliseconds since 1970, or `undefined` when it is none or cannot
 * be told which it is. Without a time zone of its own it is in the given one.
 *
 * @param value a text in one of the notations that n8n takes, a date object, or seconds or
 * milliseconds since 1970
 * @param timezone an IANA name, as n8n gives the workflow's
 */
export function parseDate(value: unknown, timezone: string): number | undefined {
	return parseDateTime(value, timezone)?.toMillis();
}

/** The end of the day that a date without a time is in, likewise. */
export function parseEndOfDay(value: unknown, timezone: string): number | undefined {
	return parseDateTime(value, timezone)?.endOf('day').toMillis();
}

/** A date as Twilio's parameters take it: ISO 8601 in UTC, to the second. */
export function toTwilioDate(milliseconds: number): string {
	return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** A date of Twilio's in RFC 2822 as ISO 8601 in UTC, or null for anything else. */
export function toIsoDate(date: string | null | undefined): string | null {
	const time = Date.parse(date ?? '');
	return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function parseDateTime(value: unknown, timezone: string) {
	const typed = toDateLike(value);
	if (typed === undefined) return undefined;
	try {
		const time = tryToParseDateTime(typed, timezone);
		// n8n leaves notations other than ISO 8601, SQL and those of mail and HTTP to JavaScript, which
		// reads them in the time zone of the machine.
		const isOfMachine = typeof typed === 'string' && time.toMillis() === Date.parse(typed);
		if (!isOfMachine || ZONE.test(typed)) return time;
		// JavaScript takes "Table 5" for the first of May 2001.
		if (!/\d{4}/.test(typed)) return undefined;
		const wallClock = new Date(`${typed} UTC`).toISOString().slice(0, -1);
		return tryToParseDateTime(wallClock, timezone);
	} catch {
		return undefined;
	}
}

function toDateLike(value: unknown): string | Date | object | undefined {
	if (typeof value === 'number') return fromNumber(value);
	if (typeof value === 'object' && value !== null) return value;
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	if (/^\d{9,}$/.test(text)) return fromNumber(Number(text));
	return AMBIGUOUS.test(text) ? undefined : text;
}

function fromNumber(value: number): Date | undefined {
	if (value >= MILLISECONDS_SINCE && value < TOO_LATE) return new Date(value);
	return value >= SECONDS_SINCE && value < MILLISECONDS_SINCE ? new Date(value * 1000) : undefined;
}
