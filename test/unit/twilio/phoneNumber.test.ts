import fc from 'fast-check';
import { PhoneNumberFormat, PhoneNumberType, PhoneNumberUtil } from 'google-libphonenumber';

import {
	channelOf,
	readPhoneNumber,
	readReceiver,
	readRecipient,
	readSender,
	withoutChannel,
} from '../../../nodes/TwilioSms/twilio/phoneNumber';

const AMERICAN = '+14155550199';
const BRITISH = '+442079460000';
const GERMAN = '+4930123456';
const BRAZILIAN = '+555133334444';
const AUSTRALIAN = '+61412345678';
const RUSSIAN = '+79123456789';

/** +14155550100 in the digits U+116DA to U+116E3, right before which are others. */
const PAO_DIGITS = '+14155550100'.replace(/\d/g, (digit) =>
	String.fromCodePoint(0x116da + Number(digit)),
);

const address = async (typed: string, reference?: string) =>
	(await readPhoneNumber(typed, reference)).address;

describe('with its country code, a number is understood', () => {
	it.each([
		['as it should be', '+14155550100'],
		['with blanks at both ends', '  +14155550100\n'],
		['in groups', '+1 415 555 0100'],
		['with a blank after the +', '+ 1 415 555 0100'],
		['with dashes', '+1-415-555-0100'],
		['with dots', '+1.415.555.0100'],
		['with brackets', '+1 (415) 555-0100'],
		['with brackets around a 0 that counts', '+1 415 555 01(0)0'],
		['with square brackets', '+1 [415] 555-0100'],
		['with slashes', '+1 415/555/0100'],
		['with middle dots', '+1·415·555·0100'],
		['with tabs', '+1\t415\t555\t0100'],
		['with no-break spaces', '+1\u00a0415\u00a0555\u00a00100'],
		['with narrow, thin and figure spaces', '+1\u202f415\u2009555\u20070100'],
		['with no-break hyphens', '+1\u2011415\u2011555\u20110100'],
		['with en dashes', '+1–415–555–0100'],
		['with em dashes', '+1—415—555—0100'],
		['with minus signs', '+1\u2212415\u2212555\u22120100'],
		['with soft hyphens', '+1\u00ad415\u00ad555\u00ad0100'],
		['with zero-width spaces', '+1\u200b415\u200b555\u200b0100'],
		['between the direction marks of a contact card', '\u202a+1 (415) 555-0100\u202c'],
		['between the isolates of a web page', '\u2068+1 415 555 0100\u2069'],
		['after a byte order mark', '\ufeff+14155550100'],
		['with a full-width +', '＋14155550100'],
		['in full-width characters', '＋１（４１５）５５５－０１００'],
		['in Arabic digits', '+١٤١٥٥٥٥٠١٠٠'],
		['in Persian digits', '+۱۴۱۵۵۵۵۰۱۰۰'],
		['in Devanagari digits', '+१४१५५५५०१००'],
		['as a link', 'tel:+14155550100'],
		['as a link in capitals, with dashes', 'TEL:+1-415-555-0100'],
		['with a label', 'Mobile: +1 415 555 0100'],
		['with a label of two words', 'Work phone: +1 415 555 0100'],
		['with a label that is cut short', 'Tel. +1 415 555 0100'],
		['with a label in another language', 'Téléphone : +1 415 555 0100'],
		['with 00 for the +', '0014155550100'],
		['with 00 for the +, in groups', '00 1 415 555 0100'],
		['with a blank before its label', ' Mobile: +1 415 555 0100'],
		["in the digits of a script that follow another one's", PAO_DIGITS],
	])('%s: %j', async (_, typed) => {
		for (const reference of ['', AMERICAN, BRITISH]) {
			expect(await address(typed, reference)).toBe('+14155550100');
		}
	});

	it.each([
		['+44 (0)20 7946 0958', '+442079460958'],
		['+44(0)2079460958', '+442079460958'],
		['0044 (0) 20 7946 0958', '+442079460958'],
		['+49 (0) 30 / 123 456', '+4930123456'],
		['(+44) (0)20 7946 0958', '+442079460958'],
		// In Italy the 0 is part of the number.
		['+39 06 1234 5678', '+390612345678'],
		['+39 (0)6 1234 5678', '+390612345678'],
	])('with the (0) that is dialled only at home left out: %j', async (typed, expected) => {
		expect(await address(typed)).toBe(expected);
		expect(await address(typed, AMERICAN)).toBe(expected);
	});

	it.each(['+62 300 5047 0060 65', '+49 1234 567890123'])(
		'with fifteen digits, which is the longest: %s',
		async (typed) => expect(await address(typed)).toBe(typed.replace(/ /g, '')),
	);

	// Twilio's test numbers, and those that are reserved for films.
	it.each(['+15005550006', '+15005550001', '+14155550100', '+15555550100', '+447700900123'])(
		'although nobody has it: %s',
		async (typed) => expect(await address(typed)).toBe(typed),
	);
});

describe('without its country code, it is read as people in the country do', () => {
	it.each([
		[AMERICAN, '(415) 555-0100', '+14155550100'],
		[AMERICAN, '415.555.0100', '+14155550100'],
		[AMERICAN, 'tel:415-555-0100', '+14155550100'],
		[AMERICAN, 'Cell: 415-555-0100', '+14155550100'],
		[AMERICAN, '4155550100', '+14155550100'],
		[AMERICAN, '4155550100.0', '+14155550100'],
		[AMERICAN, '4155550100.00 ', '+14155550100'],
		[AMERICAN, '1 415 555 0100', '+14155550100'],
		[AMERICAN, '011 44 20 7946 0958', '+442079460958'],
		[AMERICAN, '00 44 20 7946 0958', '+442079460958'],
		[AMERICAN, '+44 20 7946 0958', '+442079460958'],
		[AMERICAN, '+49 30 123456', '+4930123456'],
		[BRITISH, '020 7946 0958', '+442079460958'],
		[BRITISH, '(020) 7946-0958', '+442079460958'],
		[BRITISH, '44 20 7946 0958', '+442079460958'],
		[GERMAN, '0171 1234567', '+491711234567'],
		[GERMAN, '0171/1234567', '+491711234567'],
		[GERMAN, '030 / 123 456', '+4930123456'],
		[GERMAN, '٠١٧١ ١٢٣٤٥٦٧', '+491711234567'],
		// A spreadsheet has taken the 0 away.
		[GERMAN, '1711234567', '+491711234567'],
		[GERMAN, '1711234567.0', '+491711234567'],
		[GERMAN, '1711234.01', '+49171123401'],
		[GERMAN, '4915112345678', '+4915112345678'],
		[BRAZILIAN, '(51) 98765-4321', '+5551987654321'],
		[BRAZILIAN, '5551987654321', '+5551987654321'],
		[BRAZILIAN, '51987654321', '+5551987654321'],
		[AUSTRALIAN, '0412 345 678', '+61412345678'],
		[AUSTRALIAN, '0011 49 30 123456', '+4930123456'],
		[RUSSIAN, '8 (912) 345-67-89', '+79123456789'],
		[RUSSIAN, '8 10 49 30 123456', '+4930123456'],
		['+33123456789', '06 12 34 56 78', '+33612345678'],
		['+390612345678', '06 1234 5678', '+390612345678'],
		['+390612345678', '333 123 4567', '+393331234567'],
		['+81312345678', '090-1234-5678', '+819012345678'],
		['+81312345678', '010 1 415 555 0100', '+14155550100'],
	])('beside %s %j is %s', async (reference, typed, expected) => {
		expect(await address(typed, reference)).toBe(expected);
	});

	it.each(['+1 415 555 0100', '(+1) 415-555-0100', ' +1 415 555 0100 '])(
		'which is written as people write it: %s',
		async (reference) => {
			expect(await address('(415) 555-0123', reference)).toBe('+14155550123');
		},
	);
});

describe('what cannot be told is refused, and never made a number of somebody else', () => {
	it.each([
		['nothing', ''],
		['blanks', '  \u00a0\t'],
		['a lone +', '+'],
		['words', 'call me'],
		['a name', 'Anna'],
		['a label alone', 'Mobile:'],
		['a name after the number', '+14155550100 Anna'],
		['letters for digits', '+1 800 FLOWERS'],
		['letters for digits, without a country code', '1-800-FLOWERS'],
		['an alphanumeric sender', 'MyShop'],
		['a country code that begins with 0', '+0 415 555 0100'],
		['a country code that there is not', '+999 415 555 0100'],
		['three zeros', '000 415 555 0100'],
		['a short code', '12345'],
		['an emergency number', '110'],
		['a number without its area code', '555-0100'],
		['six digits', '+123456'],
		['sixteen digits', '+1234567890123456'],
		['sixteen digits in a country that has long numbers', '+62 300 5047 0060 650'],
		['a number with a digit too many', '415 555 0100 1'],
		['a number with a digit too few', '415 555 010'],
		['a number that is impossible in its country', '+4155550123'],
		['two +', '++14155550100'],
		['a + in the middle', '1415+5550100'],
		['two numbers with a blank', '+14155550100 +14155550101'],
		['two numbers with a slash', '+14155550100/+14155550101'],
		['two numbers that have the beginning in common', '415 555 0100/01'],
		['two numbers on two lines', '14155550100\n14155550101'],
		['a number in scientific notation', '1.4155550100e+10'],
		['a number with decimals', '4155550100.5'],
		['a number of another country without +', '447700900123'],
		['a label with a digit', 'Line 2: +1 415 555 0100'],
	])('%s: %j', async (_, typed) => {
		for (const reference of ['', AMERICAN]) {
			expect(await readPhoneNumber(typed, reference)).toEqual({ problem: expect.any(String) });
		}
	});

	it.each([
		['+999 415 555 0100', 'is not a phone number of any country'],
		['+12', 'is not a phone number of any country'],
		['12345', 'is not a phone number in its country (+49)'],
		['Anna', 'is not a phone number'],
		['+14155550100/+14155550101', 'seems to be more than one phone number'],
		['415 555 0100/01', 'seems to be more than one phone number'],
		['4155550100 x5 Anna', 'is not a phone number'],
		['4155550100/4155550101', 'seems to be more than one phone number'],
		['030/1234567/01', 'seems to be more than one phone number'],
		['+14155550100.0', 'is not a phone number of any country'],
	])('with the reason: %s %s', async (typed, problem) => {
		expect(await readPhoneNumber(typed, GERMAN)).toEqual({ problem });
	});

	// https://en.wikipedia.org/wiki/Emergency_telephone_number
	it.each(['+49110', '+4911011', '+1911', '+44 999 999', '+33 112 112', '+298 112 112'])(
		'a short code behind a country code: %s',
		async (typed) => expect(await address(typed)).toBeUndefined(),
	);

	it.each([
		'+14155550100 x123 ',
		'+14155550100 x123',
		'+14155550100x123',
		'+1 415 555 0100 ext. 5',
		'(415) 555-0100 extension 5',
		'tel:+14155550100;ext=5',
		'415-555-0100 #5',
	])('an extension: %j', async (typed) => {
		expect(await readPhoneNumber(typed, AMERICAN)).toEqual({
			problem: 'has an extension, which cannot get texts',
		});
	});

	it.each(['4155550100', '020 7946 0958', '(0)20 7946 0958', '1 415 555 0100', '14155550100'])(
		'a national number where nothing tells the country, with the reason: %s',
		async (typed) => {
			for (const reference of ['', '4155550100', 'MyShop']) {
				expect(await readPhoneNumber(typed, reference)).toEqual({
					problem: expect.stringMatching(/no country code.*credential has no phone number/),
				});
			}
		},
	);
});

describe('a number of any country', () => {
	const util = PhoneNumberUtil.getInstance();
	const COUNTRIES = [
		...['US', 'CA', 'MX', 'BR', 'AR', 'CL', 'CO', 'PE', 'GB', 'IE', 'FR', 'DE', 'AT', 'CH', 'IT'],
		...['ES', 'PT', 'NL', 'BE', 'LU', 'DK', 'SE', 'NO', 'FI', 'PL', 'CZ', 'SK', 'HU', 'RO', 'BG'],
		...['GR', 'TR', 'UA', 'IL', 'AE', 'SA', 'EG', 'ZA', 'NG', 'KE', 'IN', 'PK', 'BD', 'TH', 'VN'],
		...['ID', 'PH', 'SG', 'MY', 'JP', 'KR', 'AU', 'NZ'],
	];

	/** A valid number of the country, unlike its example in the last digits. */
	const numberOf = (country: string, digits: string, type: PhoneNumberType) => {
		const example = util.getExampleNumberForType(country, type);
		if (!example) return undefined;
		const e164 = util.format(example, PhoneNumberFormat.E164);
		const number = util.parse(e164.slice(0, -digits.length) + digits, country);
		return util.isValidNumberForRegion(number, country) ? number : undefined;
	};
	const digits = fc.stringMatching(/^[0-9]{4}$/);
	const type = fc.constantFrom(
		PhoneNumberType.MOBILE,
		PhoneNumberType.MOBILE,
		PhoneNumberType.FIXED_LINE,
	);

	it('is itself where numbers are short, as on some islands', async () => {
		const short = util
			.getSupportedRegions()
			.map((region) => util.getExampleNumberForType(region, PhoneNumberType.MOBILE))
			.filter((example) => example && util.getNationalSignificantNumber(example).length < 7)
			.map((example) => util.format(example, PhoneNumberFormat.E164));
		expect(short).toEqual(expect.arrayContaining(['+298211234', '+376312345', '+50051234']));
		for (const number of short) {
			expect(await address(number)).toBe(number);
			expect(await address(number.slice(4), number)).toBe(number);
		}
	});

	it('there are fifty to choose from', () => {
		expect(new Set(COUNTRIES).size).toBeGreaterThanOrEqual(50);
	});

	it.each(COUNTRIES)(
		'of %s is itself, written nationally there or internationally',
		async (country) => {
			const reference = util.format(util.getExampleNumber(country), PhoneNumberFormat.E164);
			let read = 0;
			await fc.assert(
				fc.asyncProperty(digits, type, async (last, kind) => {
					const number = numberOf(country, last, kind);
					fc.pre(number !== undefined);
					const expected = util.format(number, PhoneNumberFormat.E164);
					for (const format of [
						PhoneNumberFormat.E164,
						PhoneNumberFormat.INTERNATIONAL,
						PhoneNumberFormat.RFC3966,
					]) {
						const typed = util.format(number, format);
						expect([typed, await address(typed, reference)]).toEqual([typed, expected]);
						expect([typed, await address(typed)]).toEqual([typed, expected]);
						expect([typed, await address(typed, AMERICAN)]).toEqual([typed, expected]);
					}
					const national = util.format(number, PhoneNumberFormat.NATIONAL);
					for (const typed of [national, national.replace(/[^\d]/g, '')]) {
						const result = await address(typed, reference);
						if (result !== undefined) read++;
						expect([typed, result]).toEqual([typed, result && expected]);
					}
					const significant = util.getNationalSignificantNumber(number);
					const whole = `${String(number.getCountryCode())}${significant}`;
					for (const typed of [significant, whole]) {
						const result = await address(typed, reference);
						expect([typed, result]).toEqual([typed, result && expected]);
					}
				}),
				{ numRuns: 15 },
			);
			expect(read).toBeGreaterThan(0);
		},
	);
});

describe('whatever is typed', () => {
	const reference = fc.constantFrom('', AMERICAN, BRITISH, GERMAN, BRAZILIAN);
	const separator = fc.constantFrom(
		...[' ', '-', '.', '(', ')', '[', ']', '/', '·', '\t', '\n'],
		...['\u00a0', '\u2009', '\u202f', '\u2010', '\u2011', '\u2013', '\u2014'],
		...['\u00ad', '\u200b', '\u200e', '\u202a', '\u202c', '\u2060', '\ufeff'],
	);
	const telephoneCharacter = fc.oneof(
		{ weight: 6, arbitrary: fc.constantFrom(...'0123456789') },
		{ weight: 1, arbitrary: fc.constantFrom('+', '00', '011', '(0)', '１') },
		{ weight: 2, arbitrary: separator },
	);
	const typed = fc.oneof(
		{ weight: 5, arbitrary: fc.array(telephoneCharacter, { maxLength: 22 }) },
		{ weight: 1, arbitrary: fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }) },
	);

	it('the result is in E.164, or a reason', async () => {
		let understood = 0;
		await fc.assert(
			fc.asyncProperty(typed, reference, async (parts, beside) => {
				const { address: number, problem } = await readPhoneNumber(parts.join(''), beside);
				if (number) understood++;
				if (number) expect(number).toMatch(/^\+[1-9][0-9]{6,14}$/);
				else expect(problem).toMatch(/^(is|has|seems) /);
			}),
			{ numRuns: 5000 },
		);
		expect(understood).toBeGreaterThan(100);
	});

	it.each(['+4900110010', '0049(0)0110010', '+49 0 011 0010'])(
		'a number from which each reading would take another 0 is refused: %s',
		async (text) => expect(await address(text, GERMAN)).toBeUndefined(),
	);

	// 90 may be an area code or the code of a carrier.
	it('a national number that would become another one when it is read again is refused', async () => {
		expect(await address('090980001790', BRAZILIAN)).toBeUndefined();
	});

	it('a result is its own result', async () => {
		await fc.assert(
			fc.asyncProperty(typed, reference, reference, async (parts, one, other) => {
				const number = await address(parts.join(''), one);
				fc.pre(number !== undefined);
				expect(await address(number!, other)).toBe(number);
			}),
			{ numRuns: 2000 },
		);
	});

	it('no digit is invented at the end: the last seven are those that were typed', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(telephoneCharacter), reference, async (parts, beside) => {
				const text = parts.join('');
				const number = await address(text, beside);
				fc.pre(number !== undefined && !/\.0+$/.test(text.trim()));
				const typedDigits = text.normalize('NFKC').replace(/[^0-9]/g, '');
				expect(typedDigits.slice(-7)).toBe(number!.slice(-7));
			}),
		);
	});
});

describe('a recipient', () => {
	const recipient = async (typed: string, channel: 'sms' | 'whatsapp') =>
		(await readRecipient(typed, channel, AMERICAN)).address;

	it.each([
		['+44 (0)20 7946 0123', '+442079460123'],
		['tel:+14155550123', '+14155550123'],
		['(415) 555-0123', '+14155550123'],
		['whatsapp:+14155550123', 'whatsapp:+14155550123'],
		['WhatsApp: (415) 555-0123', 'whatsapp:+14155550123'],
		['messenger:1234567890', 'messenger:1234567890'],
		[' messenger: 1234567890', 'messenger:1234567890'],
		['rcs:+14155550123', 'rcs:+14155550123'],
	])('typed as %j is %s', async (typed, expected) => {
		expect(await recipient(typed, 'sms')).toBe(expected);
	});

	it.each([
		['+14155550123', 'whatsapp:+14155550123'],
		['whatsapp:+14155550123', 'whatsapp:+14155550123'],
		['tel:+14155550123', 'whatsapp:+14155550123'],
	])('on WhatsApp typed as %j is %s', async (typed, expected) => {
		expect(await recipient(typed, 'whatsapp')).toBe(expected);
	});

	it.each([
		...['', 'Anna', '12345', 'whatsapp:', 'whatsapp:Anna', 'tel:', '+1', ':+14155550123'],
		...['telegram:12345678', 'viber:Anna', 'mailto:a@example.com', 'https://example.com'],
	])('is not %j', async (typed) => {
		expect(await recipient(typed, 'sms')).toBeUndefined();
		expect(await recipient(typed, 'whatsapp')).toBeUndefined();
	});
});

describe('where a message went', () => {
	it.each([
		['12345', '12345'],
		[' 894546 ', '894546'],
		['(415) 555-0123', '+14155550123'],
		['whatsapp:+14155550123', 'whatsapp:+14155550123'],
	])('typed as %j is %s', async (typed, expected) => {
		expect(await readReceiver(typed, 'sms', AMERICAN)).toEqual({ address: expected });
	});

	it.each(['', 'MyShop', '12', '1234567', 'whatsapp:12345'])('is not %j', async (typed) => {
		expect((await readReceiver(typed, 'sms', AMERICAN)).address).toBeUndefined();
	});

	it('on WhatsApp is no short code', async () => {
		expect((await readReceiver('12345', 'whatsapp')).address).toBeUndefined();
	});
});

describe('a sender', () => {
	it.each([
		['+1 415 555 0111', '+14155550111'],
		['12345', '12345'],
		['894546', '894546'],
		['MyShop', 'MyShop'],
		['My Shop-1', 'My Shop-1'],
		['H&M', 'H&M'],
		['whatsapp:+14155550111', 'whatsapp:+14155550111'],
		['rcs:my_agent', 'rcs:my_agent'],
	])('typed as %j is %s', async (typed, expected) => {
		expect(await readSender(typed, 'sms', AMERICAN)).toEqual({ address: expected });
	});

	it('on WhatsApp is a number', async () => {
		expect(await readSender('+14155550111', 'whatsapp')).toEqual({
			address: 'whatsapp:+14155550111',
		});
		expect((await readSender('MyShop', 'whatsapp')).address).toBeUndefined();
		expect((await readSender('12345', 'whatsapp')).address).toBeUndefined();
	});

	it.each([
		['Müller', 'cannot be a sender'],
		['+1 415 FLOWERS', 'cannot be a sender'],
		['+12', 'is not a phone number of any country'],
		['', 'is not a phone number'],
	])('is not %j, with the reason', async (typed, problem) => {
		expect(await readSender(typed, 'sms', AMERICAN)).toEqual({ problem });
	});

	it.each(['', 'A name of twelve', 'Müller', '12', '+', 'a.b'])('is not %j', async (typed) => {
		expect((await readSender(typed, 'sms', AMERICAN)).address).toBeUndefined();
	});
});

it.each([
	['+14155550123', 'sms', '+14155550123'],
	['12345', 'sms', '12345'],
	['my whatsapp:+14155550123', 'sms', 'my whatsapp:+14155550123'],
	['tel:+14155550123', 'sms', 'tel:+14155550123'],
	['whatsapp:+14155550123', 'whatsapp', '+14155550123'],
	['WhatsApp:+14155550123', 'whatsapp', '+14155550123'],
	['messenger:123', 'messenger', '123'],
])('%s is on the channel %s, and there %s', (given, channel, id) => {
	expect(channelOf(given)).toBe(channel);
	expect(withoutChannel(given)).toBe(id);
});

describe('says why there is none', () => {
	it.each([
		['+999999999', GERMAN, 'is not a phone number of any country'],
		['123', AMERICAN, 'is not a phone number in its country (+1)'],
		['1234', ` ${GERMAN} `, 'is not a phone number in its country (+49)'],
		['030 123456/57', GERMAN, 'seems to be more than one phone number'],
		['a030/123456', GERMAN, 'seems to be more than one phone number'],
		['030/123456/', GERMAN, 'seems to be more than one phone number'],
		['12a', GERMAN, 'is not a phone number'],
		['', GERMAN, 'is not a phone number'],
		[
			'4155550100',
			'',
			'has no country code, and the credential has no phone number that would tell the country',
		],
		['030 123456 x7', GERMAN, 'has an extension, which cannot get texts'],
	])('%j, read from %j', async (typed, reference, problem) => {
		expect(await readPhoneNumber(typed, reference)).toEqual({ problem });
	});

	it('for what is neither a number nor a name', async () => {
		const problem = 'cannot be a sender';
		expect(await readSender('The Café on the Corner', 'sms', GERMAN)).toEqual({ problem });
		expect(await readSender('++', 'sms', GERMAN)).toEqual({ problem: 'is not a phone number' });
		expect(await readSender('030 123456', 'sms', GERMAN)).toEqual({ address: GERMAN });
	});
});

describe('the channel in front of an address', () => {
	it.each([
		['whatsapp:+14155550100', 'whatsapp', '+14155550100'],
		[' WhatsApp: +14155550100 ', 'whatsapp', '+14155550100'],
		['rcs:acme_agent', 'rcs', 'acme_agent'],
		[' +14155550100 ', 'sms', '+14155550100'],
		['my whatsapp:+14155550100', 'sms', 'my whatsapp:+14155550100'],
		['whatsapp:', 'sms', 'whatsapp:'],
	])('of %j is %s', (typed, channel, id) => {
		expect([channelOf(typed), withoutChannel(typed)]).toEqual([channel, id]);
	});

	it('is none of a short code, which has six digits at most', async () => {
		expect(await readReceiver('123456', 'sms')).toEqual({ address: '123456' });
		expect((await readReceiver('1234567', 'sms')).address).toBeUndefined();
	});
});
