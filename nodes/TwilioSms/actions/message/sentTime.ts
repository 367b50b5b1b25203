import type { IExecuteFunctions } from 'n8n-workflow';
import { tryToParseDateTime } from 'n8n-workflow';

import { inputError } from '../../shared/errors';

const DATE_ALONE = /^\d{4}-\d\d-\d\d$/;

/**
 * A point in time as Twilio's filters take it: UTC, to the second. Without a time zone of its own
 * it is in the workflow's. A date alone is meant in full, so "before" it ends with that day.
 *
 * @throws NodeOperationError when it is no date
 */
export function sentTime(
	this: IExecuteFunctions,
	value: unknown,
	field: 'Sent After' | 'Sent Before',
): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	try {
		const typed = typeof value === 'number' ? new Date(value) : value;
		const time = tryToParseDateTime(typed, this.getTimezone());
		const isWholeDay = field === 'Sent Before' && DATE_ALONE.test(String(value).trim());
		const moment = (isWholeDay ? time.endOf('day') : time).toJSDate();
		return moment.toISOString().replace(/\.\d+Z$/, 'Z');
	} catch {
		throw inputError(
			this.getNode(),
			`"${String(value)}" is not a date (filter "${field}")`,
			'Write it like 2026-01-31T09:30:00 or 2026-01-31.',
		);
	}
}
