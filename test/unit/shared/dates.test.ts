import fc from 'fast-check';

import {
	parseDate,
	parseEndOfDay,
	toIsoDate,
	toTwilioDate,
} from '../../../nodes/TwilioSms/shared/dates';

describe('a date', () => {
	it.each([
		['Thu, 24 Aug 2023 05:01:45 +0000', '2023-08-24T05:01:45.000Z'],
		['Thu, 30 Jul 2015 23:19:04 +0000', '2015-07-30T23:19:04.000Z'],
		['Thu, 29 Feb 2024 23:30:00 -0800', '2024-03-01T07:30:00.000Z'],
		['2015-07-30T20:12:31Z', '2015-07-30T20:12:31.000Z'],
	])('that Twilio writes as %j is %s', (date, expected) => {
		expect(toIsoDate(date)).toBe(expected);
	});

	it.each([null, undefined, ''])('that is absent is null: %j', (date) => {
		expect(toIsoDate(date)).toBeNull();
	});

	it('is the same moment, whatever the moment', () => {
		const moment = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
		fc.assert(
			fc.property(moment, (date) => {
				const toTheSecond = new Date(Math.floor(date.getTime() / 1000) * 1000);
				const rfc2822 = toTheSecond.toUTCString().replace('GMT', '+0000');
				expect(toIsoDate(rfc2822)).toBe(toTheSecond.toISOString());
			}),
		);
	});

	// The message has been sent by then: an exception would make the user send it again.
	it.each(['soon', '24/08/2023', '0000-00-00'])(
		'that is none is null, not an error: %j',
		(date) => {
			expect(toIsoDate(date)).toBeNull();
		},
	);
});

describe('a date that a user entered', () => {
	const read = (value: unknown, timezone = 'America/New_York') => {
		const time = parseDate(value, timezone);
		return time === undefined ? undefined : toTwilioDate(time);
	};

	it('is read on a machine in another time zone than any of these', () => {
		expect(new Date('2026-11-28T00:00Z').getTimezoneOffset()).toBe(-345);
	});

	it.each([
		'2026-11-28T10:00',
		'2026-11-28 10:00',
		'2026-11-28 10:00:00.000',
		'2026-11-28 10:00 AM',
		'20261128T1000',
		'2026/11/28 10:00',
		'11/28/2026 10:00',
		'11/28/2026 10:00 AM',
		'11/28/2026, 10:00:00 AM',
		'11-28-2026 10:00',
		'Nov 28 2026 10:00:00',
		'28 Nov 2026 10:00',
		'November 28, 2026 10:00 AM',
		'Saturday, November 28, 2026 10:00 AM',
	])('a date without a time zone is in the one of the workflow: %s', (text) => {
		expect(read(text)).toBe('2026-11-28T15:00:00Z');
		expect(read(`  ${text}\n`)).toBe('2026-11-28T15:00:00Z');
		expect(read(text, 'Europe/Berlin')).toBe('2026-11-28T09:00:00Z');
	});

	it.each([
		'2026-11-28T15:00Z',
		'2026-11-28T16:00+01:00',
		'2026-11-28 16:00:00 +0100',
		'Sat, 28 Nov 2026 16:00:00 +0100',
		'Sat, 28 Nov 2026 15:00:00 GMT',
		'Sat Nov 28 2026 16:00:00 GMT+0100 (Central European Standard Time)',
		'11/28/2026 15:00 UTC',
		'11/28/2026 10:00 AM EST',
		new Date('2026-11-28T15:00Z'),
		1795878000,
		'1795878000',
		1795878000000,
		'1795878000000',
	])('a date with a time zone, or since 1970, is that moment: %s', (value) => {
		expect(read(value)).toBe('2026-11-28T15:00:00Z');
		expect(read(value, 'Asia/Kolkata')).toBe('2026-11-28T15:00:00Z');
	});

	it.each(['2026-11-28', '20261128', '2026/11/28', '11/28/2026', 'Nov 28, 2026'])(
		'a date without a time is the beginning of that day there, or its end: %s',
		(text) => {
			expect(read(text)).toBe('2026-11-28T05:00:00Z');
			const end = parseEndOfDay(text, 'America/New_York')!;
			expect(toTwilioDate(end)).toBe('2026-11-29T04:59:59Z');
		},
	);

	it.each([
		'',
		' ',
		'tomorrow',
		'Table 5',
		'2026-13-01',
		'2026-11-28T25:00',
		'28.11.2026 10:00',
		'28/11/2026',
		null,
		undefined,
		true,
		{},
		[],
		NaN,
		// Days as spreadsheets count them, a year, and what no clock will ever show.
		46354,
		2026,
		1e15,
		-1,
	])('what is no date, or none that can be told, is none: %j', (value) => {
		expect(read(value)).toBeUndefined();
	});

	it.each(['11/12/2026 10:00', '1/2/2026', '01-02-2026', '7/7/2026'])(
		'a day that may be a month is no date: %s',
		(text) => expect(read(text)).toBeUndefined(),
	);
});
