import type { Message } from '../message';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The list's filters. The comparison is part of a date parameter's *name*: `DateSent>=2024-01-31`. */
export function messageFilter(query: URLSearchParams): (message: Message) => boolean {
	const to = query.get('To');
	const from = query.get('From');
	const on = period(query.get('DateSent'));
	const before = period(query.get('DateSent<'));
	const after = period(query.get('DateSent>'));
	return (message) => {
		const sent = Date.parse(message.date_sent ?? message.date_created);
		return (
			(to === null || message.to === to) &&
			(from === null || message.from === from) &&
			(on === undefined || (sent >= on.start && sent <= on.end)) &&
			(before === undefined || sent <= before.end) &&
			(after === undefined || sent >= after.start)
		);
	};
}

/** A date is the whole day in GMT and counts on either side; a time is itself. */
function period(text: string | null): { start: number; end: number } | undefined {
	if (text === null || text === '') return undefined;
	const start = Date.parse(text);
	return { start, end: /^\d{4}-\d\d-\d\d$/.test(text) ? start + DAY_MS - 1 : start };
}
