import { newSid } from './sid';
import type { IncomingPhoneNumber } from './phoneNumber';
import type { HttpMethod } from './webhook/delivery';

/** What answers for an address that people write to. */
export type Inbox = Pick<
	IncomingPhoneNumber,
	| 'sid'
	| 'sms_url'
	| 'sms_method'
	| 'sms_fallback_url'
	| 'sms_fallback_method'
	| 'sms_application_sid'
>;

/** A short code, or the name of a business on another channel: `12345`, `rcs:acme_agent`. */
export interface OtherSender extends Inbox {
	address: string;
}

export interface NewOtherSender {
	address: string;
	smsUrl?: string;
	smsMethod?: HttpMethod;
	smsFallbackUrl?: string;
}

export function newOtherSender(given: NewOtherSender): OtherSender {
	return {
		sid: newSid(given.address.includes(':') ? 'XE' : 'SC'),
		address: given.address,
		sms_url: given.smsUrl ?? '',
		sms_method: given.smsMethod ?? 'POST',
		sms_fallback_url: given.smsFallbackUrl ?? '',
		sms_fallback_method: 'POST',
		sms_application_sid: '',
	};
}
