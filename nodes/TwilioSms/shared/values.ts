/** Twilio's counts and prices are text; absent ones `null` or `''`. */
export function toNumber(text: string | null | undefined): number | null {
	return text === null || text === undefined || text === '' ? null : Number(text);
}

/** An RFC 2822 date of Twilio's as ISO 8601 in UTC, or null for anything else. */
export function toIsoDate(date: string | null | undefined): string | null {
	const time = Date.parse(date ?? '');
	return Number.isNaN(time) ? null : new Date(time).toISOString();
}
