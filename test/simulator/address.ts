import { parsePhoneNumberFromString } from 'libphonenumber-js';

const CHANNEL = /^([a-z]+):/;

export function channelOf(address: string): string {
	return CHANNEL.exec(address)?.[1] ?? 'sms';
}

export function withoutChannel(address: string): string {
	return address.replace(CHANNEL, '');
}

/**
 * The E.164 form of a number, or undefined if no number can look like this. Possible is enough:
 * 555 numbers are fiction, and fiction is what tests and demos text. Twilio accepts a missing `+`
 * and reads short forms as local to the United States.
 */
export function toE164(address: string): string | undefined {
	if (!/^\+?[\d\s().-]+$/.test(address)) return undefined;
	const candidates = address.startsWith('+')
		? [parsePhoneNumberFromString(address)]
		: [parsePhoneNumberFromString(address, 'US'), parsePhoneNumberFromString(`+${address}`)];
	return candidates.find((candidate) => candidate?.isPossible())?.number;
}

/** Likewise for an address with a channel in front, such as `whatsapp:+14155550100`. */
export function toAddress(text: string): string | undefined {
	const number = toE164(withoutChannel(text));
	if (number === undefined) return undefined;
	return channelOf(text) === 'sms' ? number : `${channelOf(text)}:${number}`;
}

export function countryOf(address: string): string {
	const parsed = parsePhoneNumberFromString(withoutChannel(address));
	if (parsed === undefined) return '';
	return parsed.country ?? (parsed.countryCallingCode === '1' ? 'US' : '');
}
