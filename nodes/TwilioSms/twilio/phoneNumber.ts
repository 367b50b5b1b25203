import type { CountryCallingCode, CountryCode } from 'libphonenumber-js/min';

export type Channel = 'sms' | 'whatsapp';

/** An address as Twilio writes it, or why there is none, as a phrase to put after the quoted input. */
export type Reading =
	| { address: string; problem?: undefined }
	| { address?: undefined; problem: string };

// https://www.twilio.com/docs/messaging/channels
const CHANNEL_ADDRESS = /^(whatsapp|messenger|rcs):(.+)/is;

const SHORT_CODE = /^\d{3,6}$/;

// At most 11 letters, digits and a few signs, with a letter among them.
const SENDER_NAME = /^(?=.*[a-z])[a-z0-9 &+_-]{1,11}$/i;

/**
 * Whom to send to, as Twilio writes it: a phone number in E.164, behind `whatsapp:` for WhatsApp,
 * or an address of another channel as typed.
 *
 * @param reference the account's own number, in whose country national numbers are read
 */
export async function readRecipient(
	typed: string,
	channel: Channel,
	reference?: string,
): Promise<Reading> {
	const [prefix, id] = splitChannel(typed, channel);
	if (prefix !== 'sms' && prefix !== 'whatsapp') return { address: `${prefix}:${id}` };
	const number = await readPhoneNumber(id, reference);
	return prefix === 'whatsapp' && number.address
		? { address: `whatsapp:${number.address}` }
		: number;
}

/** Likewise for where a message went, which may be a short code of the account as well. */
export async function readReceiver(
	typed: string,
	channel: Channel,
	reference?: string,
): Promise<Reading> {
	const [prefix, id] = splitChannel(typed, channel);
	if (prefix === 'sms' && SHORT_CODE.test(id)) return { address: id };
	return await readRecipient(typed, channel, reference);
}

/** Likewise for who sends, which may be a short code or an alphanumeric sender ID as well. */
export async function readSender(
	typed: string,
	channel: Channel,
	reference?: string,
): Promise<Reading> {
	const [prefix, id] = splitChannel(typed, channel);
	if (prefix === 'sms' && SENDER_NAME.test(id)) return { address: id };
	const reading = await readReceiver(typed, channel, reference);
	if (reading.address || !/\p{L}/u.test(id)) return reading;
	return { problem: 'cannot be a sender' };
}

/** The channel in front of an address of Twilio's: `whatsapp`, or `sms` when there is none. */
export function channelOf(address: string): string {
	return splitChannel(address)[0];
}

export function withoutChannel(address: string): string {
	return splitChannel(address)[1];
}

function splitChannel(typed: string, channel: Channel = 'sms'): [channel: string, id: string] {
	const [, prefix, id] = CHANNEL_ADDRESS.exec(typed.trim()) ?? [];
	return prefix ? [prefix.toLowerCase(), id.trim()] : [channel, typed.trim()];
}

// https://www.itu.int/rec/T-REC-E.164
const MOST_DIGITS = 15;

// A shorter number is a short code or an emergency number, except in a few small countries.
const SHORTEST_NATIONAL = 7;

// Andorra, the Faroe Islands, Greenland and islands further off.
const HAVE_SHORT_NUMBERS = [
	...['247', '290', '298', '299', '376', '500', '508'],
	...['672', '681', '682', '687', '688', '690'],
];

// "Mobile: +1 …", "Tel. 0171 …", "tel:+1…"
const LABEL = /^\p{L}[\p{L}\p{M} .]{0,20}[:.]\s*(?=[+(\d])/u;

// What a spreadsheet makes of a column of numbers.
const DECIMAL = /^(\d{7,15})\.0+$/;

const EXTENSION = /\d\s*(?:(?:extension|ext|x)\.?|[#;,])\s*(?:ext=)?\d+$/i;

// What people put between the digits: spaces, dashes (U+2212, the minus sign, is none to Unicode),
// dots, brackets and the invisible marks that come along when a number is copied.
const SEPARATORS = /[\s\p{Cf}\p{Pd}\u2212.()[\]·]/gu;

/**
 * A phone number as people type it, in E.164 (`+` and 7 to 15 digits). Without `+` or the prefix
 * that leads abroad from there, it is read as people in the country of `reference` mean it.
 *
 * @param reference the account's own number, `''` for none
 * @see https://www.twilio.com/docs/glossary/what-e164
 */
export async function readPhoneNumber(typed: string, reference = ''): Promise<Reading> {
	const { digits, problem } = toDigits(typed);
	if (problem !== undefined) return { problem };
	const library = await import('libphonenumber-js/min');
	const international = (text: string) => {
		const address = possible(library.parsePhoneNumberFromString(text));
		const again = address && possible(library.parsePhoneNumberFromString(address));
		// "00 49 (0)0110010" loses a 0 each time it is read.
		return again === address ? address : undefined;
	};
	if (digits.startsWith('+')) {
		const address = international(digits);
		return address ? { address } : { problem: 'is not a phone number of any country' };
	}
	const callingCode = library.parsePhoneNumberFromString(reference)?.countryCallingCode;
	const prefix = prefixAbroad(library, callingCode);
	const abroad = prefix.test(digits) && international(digits.replace(prefix, '+'));
	if (abroad) return { address: abroad };
	if (callingCode === undefined) return { problem: NO_COUNTRY };
	const address = readNational(digits, library, callingCode);
	// "090980001790" in Brazil is read with 90 as an area code, and then as the code of a carrier: which
	// of them is meant, nothing tells.
	return address && international(address) === address
		? { address }
		: { problem: `is not a phone number in its country (+${callingCode})` };
}

type Library = typeof import('libphonenumber-js/min');

/** The prefix that is dialled for calls abroad: 00, or the country's own if the country is known. */
function prefixAbroad({ Metadata }: Library, callingCode?: CountryCallingCode): RegExp {
	if (!callingCode) return /^00/;
	const metadata = new Metadata();
	// Declared for countries only, it takes calling codes as well.
	metadata.selectNumberingPlan(callingCode as CountryCode);
	return new RegExp(`^(?:${metadata.numberingPlan!.IDDPrefix()}|00)`);
}

/** As people in the country dial it, or with the country code and without the `+`. */
function readNational(
	digits: string,
	{ parsePhoneNumberFromString }: Library,
	callingCode: CountryCallingCode,
): string | undefined {
	const national = parsePhoneNumberFromString(digits, { defaultCallingCode: callingCode });
	const whole = parsePhoneNumberFromString(`+${digits}`);
	const isWhole = whole?.countryCallingCode === callingCode && whole.isValid();
	// "4915112345678" in Germany: without the 0 that people there dial it is no national number.
	const read = isWhole ? whole : national;
	return read?.isValid() ? possible(read) : undefined;
}

const NO_COUNTRY =
	'has no country code, and the credential has no phone number that would tell the country';

/** The digits of a phone number with the + in front of them, if there is one. */
function toDigits(
	typed: string,
): { digits: string; problem?: undefined } | { digits?: undefined; problem: string } {
	const plain = typed
		.normalize('NFKC')
		.replace(/\p{Nd}/gu, toAsciiDigit)
		.trim();
	const text = plain.replace(LABEL, '').replace(DECIMAL, '$1');
	if (EXTENSION.test(text)) return { problem: 'has an extension, which cannot get texts' };
	const joined = text.replace(SEPARATORS, '');
	// "0171/1234567" is one number, "030 123456/57" are two.
	const isOne = !joined.includes('/') || /^\+?\d{1,6}\/(?:\d+\/)*\d{4,}$/.test(joined);
	if (!isOne) return { problem: 'seems to be more than one phone number' };
	const digits = joined.replaceAll('/', '');
	return /^\+?\d+$/.test(digits) ? { digits } : { problem: 'is not a phone number' };
}

// The ten digits of each script are consecutive in Unicode, so a digit's value is its distance from
// the first of them. Those of another script may come right before.
function toAsciiDigit(digit: string): string {
	const code = digit.codePointAt(0)!;
	let zero = code;
	while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
	return String((code - zero) % 10);
}

interface ParsedNumber {
	number: string;
	countryCallingCode: string;
	nationalNumber: string;
	isPossible(): boolean;
	isValid(): boolean;
}

/** In E.164, if the country has numbers of this length. Whether it is in use is for Twilio to say. */
function possible(parsed: ParsedNumber | undefined): string | undefined {
	if (!parsed?.isPossible()) return undefined;
	const isShort = parsed.nationalNumber.length < SHORTEST_NATIONAL;
	const mayBeShort = HAVE_SHORT_NUMBERS.includes(parsed.countryCallingCode) && parsed.isValid();
	if (isShort && !mayBeShort) return undefined;
	return parsed.number.length <= '+'.length + MOST_DIGITS ? parsed.number : undefined;
}
