import { countryOf } from '../address';
import type { Message } from '../message';
import type { Parameters } from './delivery';

export interface InboundMedia {
	contentType: string;
	url: string;
}

/** In the order and completeness of real requests: what Twilio does not know is sent empty. */
export function inboundParameters(message: Message, media: InboundMedia[]): Parameters {
	const from = message.from ?? '';
	return [
		['ToCountry', countryOf(message.to)],
		...media.map(({ contentType }, n): [string, string] => [`MediaContentType${n}`, contentType]),
		['ToState', ''],
		['SmsMessageSid', message.sid],
		['NumMedia', message.num_media],
		['ToCity', ''],
		['FromZip', ''],
		['SmsSid', message.sid],
		['FromState', ''],
		['SmsStatus', message.status],
		['FromCity', ''],
		['Body', message.body],
		['FromCountry', countryOf(from)],
		['To', message.to],
		...serviceParameter(message),
		['ToZip', ''],
		['NumSegments', message.num_segments],
		['MessageSid', message.sid],
		['AccountSid', message.account_sid],
		['From', from],
		...media.map(({ url }, n): [string, string] => [`MediaUrl${n}`, url]),
		['ApiVersion', message.api_version],
	];
}

export function statusParameters(message: Message): Parameters {
	const receipt = ['delivered', 'undelivered'].includes(message.status);
	return [
		...(receipt ? parameter('RawDlrDoneDate', rawDoneDate(message.date_updated)) : []),
		['SmsSid', message.sid],
		['SmsStatus', message.status],
		['MessageStatus', message.status],
		['To', message.to],
		...serviceParameter(message),
		['MessageSid', message.sid],
		['AccountSid', message.account_sid],
		...(message.error_code === null ? [] : parameter('ErrorCode', String(message.error_code))),
		['From', message.from ?? ''],
		['ApiVersion', message.api_version],
	];
}

function serviceParameter(message: Message): Parameters {
	const sid = message.messaging_service_sid;
	return sid === null ? [] : parameter('MessagingServiceSid', sid);
}

function parameter(name: string, value: string): Parameters {
	return [[name, value]];
}

/** The carrier's own `YYMMDDhhmm`. */
function rawDoneDate(date: string): string {
	return new Date(date).toISOString().replace(/\D/g, '').slice(2, 12);
}
