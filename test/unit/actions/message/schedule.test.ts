import { tryToParseDateTime } from 'n8n-workflow';

import { toSendAt } from '../../../../nodes/TwilioSms/actions/message/schedule';

const NOW = Date.parse('2026-01-31T12:00:00Z');

const sendAt = (value: unknown, timezone = 'Europe/Berlin') => toSendAt(value, timezone, NOW);

it.each([
	['2026-01-31T14:00:00', '2026-01-31T13:00:00Z'],
	['2026-01-31 14:00', '2026-01-31T13:00:00Z'],
	['2026-01-31T14:00:00Z', '2026-01-31T14:00:00Z'],
	['2026-01-31T14:00:00.500-05:00', '2026-01-31T19:00:00Z'],
	['Sat, 31 Jan 2026 14:00:00 +0000', '2026-01-31T14:00:00Z'],
	[NOW + 3_600_000, '2026-01-31T13:00:00Z'],
	[new Date(NOW + 3_600_000), '2026-01-31T13:00:00Z'],
	[tryToParseDateTime('2026-01-31T14:00:00', 'America/New_York'), '2026-01-31T19:00:00Z'],
])("takes %s in the workflow's time zone unless it has its own", (value, expected) => {
	expect(sendAt(value)).toBe(expected);
});

it('knows summer time', () => {
	const now = Date.parse('2026-06-30T12:00:00Z');
	expect(toSendAt('2026-07-01T14:00:00', 'Europe/Berlin', now)).toBe('2026-07-01T12:00:00Z');
});

it('is more than five minutes ahead, and at most 35 days', () => {
	const ahead = (seconds: number) => () => sendAt(new Date(NOW + seconds * 1000));
	expect(ahead(300)).toThrow('"Send At" is too soon: 2026-01-31T12:05:00.000Z');
	expect(ahead(310)).not.toThrow();
	expect(ahead(35 * 24 * 60 * 60)).not.toThrow();
	expect(ahead(35 * 24 * 60 * 60 + 1)).toThrow(/"Send At" is too far ahead/);
	expect(ahead(-1)).toThrow(/"Send At" is in the past/);
});

it.each([undefined, null, ''])('is not the same as at once when it is empty: %j', (value) => {
	expect(() => sendAt(value)).toThrow('"Send At" is empty');
});

it.each(['tomorrow', 'null', {}, true, [], '2026-13-01T00:00:00'])(
	'says what is no date: %j',
	(value) => expect(() => sendAt(value)).toThrow(/is not a date \(option "Send At"\)/),
);
