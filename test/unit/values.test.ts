import fc from 'fast-check';

import { toIsoDate, toNumber } from '../../nodes/TwilioSms/shared/values';

describe('a count or price', () => {
	it.each([
		['0', 0],
		['1', 1],
		['12', 12],
		['-0.00750', -0.0075],
		['1.10000', 1.1],
	])('that Twilio writes as %j is the number %d', (text, number) => {
		expect(toNumber(text)).toBe(number);
	});

	it.each([null, undefined, ''])('that is absent is null, not 0: %j', (text) => {
		expect(toNumber(text)).toBeNull();
	});
});

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
