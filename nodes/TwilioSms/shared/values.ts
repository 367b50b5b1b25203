/** Twilio's counts and prices are text; absent ones `null` or `''`. */
export function toNumber(text: string | null | undefined): number | null {
	return text === null || text === undefined || text === '' ? null : Number(text);
}

/** An RFC 2822 date of Twilio's as ISO 8601 in UTC. */
export function toIsoDate(date: string | null | undefined): string | null {
	return date ? new Date(date).toISOString() : null;
}
