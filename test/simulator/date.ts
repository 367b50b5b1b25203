/** The 2010 API writes dates as RFC 2822 with a numeric zone, not the `GMT` of HTTP headers. */
export function rfc2822(date = new Date()): string {
	return date.toUTCString().replace('GMT', '+0000');
}

/** The APIs after it write ISO 8601, to the second. */
export function iso8601(date = new Date()): string {
	return `${date.toISOString().slice(0, 19)}Z`;
}
