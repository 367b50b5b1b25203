import { toE164 } from './e164';

export type Channel = 'sms' | 'whatsapp';

// `tel:` is a spelling of phone numbers, no channel.
const CHANNEL_ADDRESS = /^(?!tel:)([a-z][a-z0-9_-]*):(.+)$/is;

const SHORT_CODE = /^\d{3,6}$/;

// At most 11 letters, digits and a few signs, with a letter among them.
const SENDER_NAME = /^(?=.*[a-z])[a-z0-9 &+_-]{1,11}$/i;

/**
 * Whom to send to, as Twilio writes it: a phone number in E.164, behind `whatsapp:` for WhatsApp,
 * or an address of another channel as typed. `undefined` when it is none of these.
 *
 * @param reference the account's own number, beside which local spellings are understood
 */
export function toRecipient(typed: string, channel: Channel, reference = ''): string | undefined {
	const [prefix, id] = splitChannel(typed, channel);
	if (prefix === '') return toE164(id, reference);
	if (prefix !== 'whatsapp') return `${prefix}:${id}`;
	const number = toE164(id, reference);
	return number && `whatsapp:${number}`;
}

/** Likewise for where a message went, which may be a short code of the account as well. */
export function toReceiver(typed: string, channel: Channel, reference = ''): string | undefined {
	const [prefix, id] = splitChannel(typed, channel);
	if (prefix === '' && SHORT_CODE.test(id)) return id;
	return toRecipient(typed, channel, reference);
}

/** Likewise for who sends, which may be a short code or an alphanumeric sender ID as well. */
export function toSender(typed: string, channel: Channel, reference = ''): string | undefined {
	const [prefix, id] = splitChannel(typed, channel);
	if (prefix === '' && SENDER_NAME.test(id)) return id;
	return toReceiver(typed, channel, reference);
}

/** The channel in front of an address of Twilio's: `whatsapp`, or '' for SMS and MMS. */
export function channelOf(address: string): string {
	return splitChannel(address, 'sms')[0];
}

function splitChannel(typed: string, channel: Channel): [prefix: string, id: string] {
	const [, prefix, id] = CHANNEL_ADDRESS.exec(typed.trim()) ?? [];
	if (prefix) return [prefix.toLowerCase(), id.trim()];
	return [channel === 'sms' ? '' : channel, typed.trim()];
}
