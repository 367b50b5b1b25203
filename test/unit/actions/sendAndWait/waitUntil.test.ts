import type { IDataObject } from 'n8n-workflow';

import { parametersFrom } from '../../../support/parameters';
import { waitUntil } from '../../../../nodes/TwilioSms/actions/sendAndWait/waitUntil';

const NOW = Date.parse('2026-01-31T12:00:00Z');

/** The node with this limit in its options. */
function until(values?: IDataObject, timezone = 'Europe/Berlin') {
	return waitUntil(parametersFrom({ 'options.limitWaitTime.values': values }), timezone, NOW);
}

const after = (resumeAmount: unknown, resumeUnit: string) =>
	until({ limitType: 'afterTimeInterval', resumeAmount, resumeUnit } as IDataObject);

const at = (maxDateAndTime: unknown, timezone?: string) =>
	until({ limitType: 'atSpecifiedTime', maxDateAndTime } as IDataObject, timezone);

it.each([undefined, {}])('waits for as long as it takes without a limit: %j', (values) => {
	expect(until(values)).toEqual(new Date('3000-01-01T00:00:00.000Z'));
});

it.each([
	[45, 'minutes', '2026-01-31T12:45:00Z'],
	[1.5, 'hours', '2026-01-31T13:30:00Z'],
	['2', 'days', '2026-02-02T12:00:00Z'],
])('waits for %s %s', (amount, unit, expected) => {
	expect(after(amount, unit)).toEqual(new Date(expected));
});

it.each([
	['2026-01-31T14:00:00', '2026-01-31T13:00:00Z'],
	['2026-07-01T14:00:00', '2026-07-01T12:00:00Z'],
	['2026-01-31T14:00:00Z', '2026-01-31T14:00:00Z'],
	['2026-01-31T14:00:00-05:00', '2026-01-31T19:00:00Z'],
])("waits until %s, in the workflow's time zone unless it has its own", (value, expected) => {
	expect(at(value)).toEqual(new Date(expected));
	expect(at(value, 'Europe/Berlin')).toEqual(new Date(expected));
});

it.each<[string, () => Date]>([
	['nothing', () => after(0, 'hours')],
	['less than nothing', () => after(-1, 'hours')],
	['words', () => after('many', 'hours')],
	['a unit that there is not', () => after(1, 'lightyears')],
	['no number', () => after(undefined, 'hours')],
	['more than a calendar has', () => after(1e12, 'days')],
	['now', () => at('2026-01-31T12:00:00Z')],
	['a time that is over', () => at('2026-01-31T12:30:00')],
	['a date that there is not', () => at('2026-13-01T12:00:00')],
	['no date', () => at('')],
	['a word', () => at('tomorrow')],
])('cannot wait for %s, and says what it can wait for', (_, limit) => {
	expect(limit).toThrow('The option "Limit Wait Time" leaves no time to wait');
	expect(limit).toThrow(
		expect.objectContaining({ description: expect.stringContaining('2026-12-31T20:30:00') }),
	);
});
