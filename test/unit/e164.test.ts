import fc from 'fast-check';
import type { CountryCode } from 'libphonenumber-js';
import { getCountries, getExampleNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json';

import { toE164 } from '../../nodes/TwilioSms/shared/e164';

const AMERICAN = '+14155550199';
const BRITISH = '+442079460000';
const BRACKETED_ZERO = /\([^0-9]*0[^0-9]*\)/;

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
		['as a link', 'tel:+14155550100'],
		['as a link in capitals, with dashes', 'TEL:+1-415-555-0100'],
		['without the +', '14155550100'],
		['without the +, in groups', '1 (415) 555-0100'],
		['with 00 for the +', '0014155550100'],
		['with 00 for the +, in groups', '00 1 415 555 0100'],
	])('%s: %j', (_, typed) => {
		expect(toE164(typed)).toBe('+14155550100');
	});

	it.each([
		['+44 (0)20 7946 0958', '+442079460958'],
		['+44(0)2079460958', '+442079460958'],
		['0044 (0) 20 7946 0958', '+442079460958'],
		['+49 (0) 30 / 123 456', '+4930123456'],
		['44 (0)20 7946 0958', '+442079460958'],
		['(+44) (0)20 7946 0958', '+442079460958'],
	])('with the (0) that is dialled only at home left out: %j', (typed, expected) => {
		expect(toE164(typed)).toBe(expected);
	});

	it.each(getCountries().filter((country) => getExampleNumber(country, examples)))(
		'in every way it is printed in %s',
		(country: CountryCode) => {
			const number = getExampleNumber(country, examples)!;
			const elsewhere = country === 'DE' ? 'FR' : 'DE';
			expect(toE164(number.formatInternational())).toBe(number.number);
			expect(toE164(number.getURI())).toBe(number.number);
			expect(toE164(number.format('IDD', { fromCountry: elsewhere })!)).toBe(number.number);
			expect(toE164(number.formatInternational().slice(1))).toBe(number.number);
		},
	);

	it.each(['+1234567', '+123456789012345'])('from 7 to 15 digits: %s', (typed) => {
		expect(toE164(typed)).toBe(typed);
	});
});

describe('beside a North American number', () => {
	it.each([
		['(415) 555-0100', '+14155550100'],
		['415.555.0100', '+14155550100'],
		['tel:415-555-0100', '+14155550100'],
		['4155550100', '+14155550100'],
		['1 415 555 0100', '+14155550100'],
		['011 44 20 7946 0958', '+442079460958'],
		['00 44 20 7946 0958', '+442079460958'],
		['+44 20 7946 0958', '+442079460958'],
		['+49 30 123456', '+4930123456'],
		['41 79 123 45 67', '+41791234567'],
	])('%j is read as people there do: %s', (typed, expected) => {
		expect(toE164(typed, AMERICAN)).toBe(expected);
	});

	it.each(['1 415 555 0100', '(+1) 415-555-0100', '001 415 555 0100'])(
		'which may be written as people write it: %s',
		(reference) => {
			expect(toE164('(415) 555-0123', reference)).toBe('+14155550123');
		},
	);

	it('ten digits that no area code or exchange begins with are not made American', () => {
		expect(toE164('155 555 0100', AMERICAN)).toBe('+1555550100');
		expect(toE164('415 155 0100', AMERICAN)).toBe('+4151550100');
	});

	it('a number with a + is never given a second country code', () => {
		expect(toE164('+4155550100', AMERICAN)).toBe('+4155550100');
	});
});

describe('beside any other number, or none', () => {
	it.each([undefined, '', BRITISH])('ten digits stay as they are: %j', (reference) => {
		expect(toE164('415 555 0100', reference)).toBe('+4155550100');
	});

	it.each([undefined, '', BRITISH])('011 is no prefix: %j', (reference) => {
		expect(toE164('011 44 20 7946 0958', reference)).toBeUndefined();
	});
});

describe('what cannot be told is not guessed', () => {
	it.each([
		['nothing', ''],
		['blanks', '  \u00a0\t'],
		['a lone +', '+'],
		['words', 'call me'],
		['a name after the number', '+14155550100 Anna'],
		['letters for digits', '+1 800 FLOWERS'],
		['an extension', '+14155550100 x123'],
		['an address of another channel', 'whatsapp:+14155550100'],
		['an alphanumeric sender', 'MyShop'],
		['a number as it is dialled at home', '020 7946 0958'],
		['a number as it is dialled at home, with the 0 in brackets', '(0)20 7946 0958'],
		['a number as it is dialled at home, beside an American one', '0171 1234567', AMERICAN],
		['a country code that begins with 0', '+0 415 555 0100'],
		['three zeros', '000 415 555 0100'],
		['a short code', '12345'],
		['six digits', '+123456'],
		['sixteen digits', '+1234567890123456'],
		['two +', '++14155550100'],
		['a + in the middle', '1415+5550100'],
		['two numbers with a comma', '+14155550100,+14155550101'],
		['two numbers with a blank', '+14155550100 +14155550101'],
		['two numbers with a slash', '+14155550100/+14155550101'],
		['two numbers on two lines, without +', '14155550100\n14155550101'],
		['two numbers with a semicolon', '+14155550100; 4155550101'],
		['a number in scientific notation', '1.4155550100e+10'],
	])('%s: %j', (_, typed, reference = '') => {
		expect(toE164(typed, reference)).toBeUndefined();
	});
});

describe('whatever is typed', () => {
	const reference = fc.constantFrom('', AMERICAN, BRITISH);
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

	it('the result is in E.164 or there is none', () => {
		let understood = 0;
		fc.assert(
			fc.property(typed, reference, (parts, beside) => {
				const number = toE164(parts.join(''), beside);
				if (number === undefined) return;
				understood++;
				expect(number).toMatch(/^\+[1-9][0-9]{6,14}$/);
			}),
			{ numRuns: 2000 },
		);
		expect(understood).toBeGreaterThan(100);
	});

	it('a result is its own result', () => {
		fc.assert(
			fc.property(typed, reference, reference, (parts, one, other) => {
				const number = toE164(parts.join(''), one);
				fc.pre(number !== undefined);
				expect(toE164(number!, other)).toBe(number);
			}),
		);
	});

	it('separators never matter', () => {
		const number = fc
			.tuple(fc.constantFrom('+', '', '00'), fc.stringMatching(/^[1-9][0-9]{6,14}$/))
			.map((parts) => parts.join(''));
		const separators = fc.array(fc.array(separator, { maxLength: 2 }), {
			minLength: 19,
			maxLength: 19,
		});
		fc.assert(
			fc.property(number, separators, reference, (plain, between, beside) => {
				const spread = between.map((some, index) => some.join('') + (plain[index] ?? '')).join('');
				fc.pre(!BRACKETED_ZERO.test(spread));
				expect(toE164(spread, beside)).toBe(toE164(plain, beside));
				expect(toE164(plain, beside)).toBeDefined();
			}),
			{ numRuns: 1000 },
		);
	});

	it('no digit is invented at the end: the last seven are those that were typed', () => {
		fc.assert(
			fc.property(fc.array(telephoneCharacter), reference, (parts, beside) => {
				const text = parts.join('');
				const number = toE164(text, beside);
				fc.pre(number !== undefined && !BRACKETED_ZERO.test(text));
				const digits = text.normalize('NFKC').replace(/[^0-9]/g, '');
				expect(digits.slice(-7)).toBe(number!.slice(-7));
			}),
		);
	});
});
