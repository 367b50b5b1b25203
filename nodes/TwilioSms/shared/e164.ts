const E164 = /^\+[1-9]\d{6,14}$/;

// A number of the North American Numbering Plan as its users write it: area code and number.
const NORTH_AMERICAN = /^[2-9]\d{2}[2-9]\d{6}$/;

// What people put between the digits: spaces, dashes, dots, slashes, brackets and the invisible
// marks that come along when a number is copied from a contact card or a web page. (U+2212, the
// minus sign, is no dash to Unicode.)
const SEPARATORS = /[\s\p{Cf}\p{Pd}\u2212.[\]/·]/gu;
const BRACKETS = /[()]/g;

// The 0 that is dialled within the country only, between country code and number. Anywhere else a
// bracketed 0 is either part of the number or stands for a country code that is not there.
const TRUNK_ZERO = /^(\(?(?:\+|00)?[1-9]\d{0,2}\)?)\(0\)/;

/**
 * A phone number as people type it, in E.164 (`+` and 7 to 15 digits), or `undefined` when it
 * cannot be told which number is meant.
 *
 * Understood are separators, `00` for `+`, a missing `+`, and the `(0)` of `+44 (0)20 …`. Beside
 * a North American `reference` (the account's own number, as typed) `(415) 555-0100` and
 * `011 44 …` mean there what they mean to everybody else in that country.
 *
 * @see https://www.twilio.com/docs/glossary/what-e164
 */
export function toE164(typed: string, reference = ''): string | undefined {
	const text = typed.normalize('NFKC').replace(SEPARATORS, '').replace(/^tel:/i, '');
	const digits = text.replace(TRUNK_ZERO, '$1').replace(BRACKETS, '');
	const isNorthAmerican = reference !== '' && toE164(reference)?.startsWith('+1') === true;
	const number = withPlus(digits, isNorthAmerican);
	return E164.test(number) ? number : undefined;
}

function withPlus(digits: string, isNorthAmerican: boolean): string {
	if (digits.startsWith('+')) return digits;
	if (digits.startsWith('00')) return `+${digits.slice(2)}`;
	if (isNorthAmerican && digits.startsWith('011')) return `+${digits.slice(3)}`;
	if (isNorthAmerican && NORTH_AMERICAN.test(digits)) return `+1${digits}`;
	return `+${digits}`;
}
