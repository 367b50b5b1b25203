import { channelOf, countryOf } from '../address';
import type { Message } from '../message';
import type { Parameters } from './delivery';

export interface InboundMedia {
	contentType: string;
	url: string;
}

/** In the order and completeness of real requests: what Twilio does not know is sent empty. */
export function inboundParameters(
	message: Message,
	media: InboundMedia[],
	extra: Record<string, string>,
): Parameters {
	const parameters = channelOf(message.to) === 'sms' ? text(message, media) : chat(message, media);
	const names = parameters.map(([name]) => name);
	return [
		...parameters.map(([name, value]): [string, string] => [name, extra[name] ?? value]),
		...Object.entries(extra).filter(([name]) => !names.includes(name)),
	];
}

function text(message: Message, media: InboundMedia[]): Parameters {
	const from = message.from ?? '';
	return [
		['ToCountry', countryOf(message.to)],
		...contentTypes(media),
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
		...urls(media),
		['ApiVersion', message.api_version],
	];
}

/** Chats know a person's profile instead of their whereabouts. */
function chat(message: Message, media: InboundMedia[]): Parameters {
	const from = message.from ?? '';
	const isWhatsApp = channelOf(from) === 'whatsapp';
	return [
		...contentTypes(media),
		['SmsMessageSid', message.sid],
		['NumMedia', message.num_media],
		...(isWhatsApp ? parameter('ProfileName', 'A person') : []),
		['MessageType', media[0]?.contentType.split('/')[0] ?? 'text'],
		['SmsSid', message.sid],
		...(isWhatsApp ? parameter('WaId', from.replace(/\D/g, '')) : []),
		['SmsStatus', message.status],
		['Body', message.body],
		['To', message.to],
		...serviceParameter(message),
		['NumSegments', message.num_segments],
		['ReferralNumMedia', '0'],
		['MessageSid', message.sid],
		['AccountSid', message.account_sid],
		['From', from],
		...urls(media),
		['ApiVersion', message.api_version],
	];
}

function contentTypes(media: InboundMedia[]): Parameters {
	return media.map(({ contentType }, n) => [`MediaContentType${n}`, contentType]);
}

function urls(media: InboundMedia[]): Parameters {
	return media.map(({ url }, n) => [`MediaUrl${n}`, url]);
}

export function statusParameters(message: Message): Parameters {
	const isText = channelOf(message.to) === 'sms';
	const receipt = isText && ['delivered', 'undelivered'].includes(message.status);
	return [
		...(receipt ? parameter('RawDlrDoneDate', rawDoneDate(message.date_updated)) : []),
		...(message.status === 'read' ? parameter('EventType', 'READ') : []),
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
