import { SegmentedMessage } from 'sms-segments-calculator';
import { channelOf } from './address';
import { rfc2822 } from './date';
import { newSid } from './sid';

export type MessageStatus =
	| 'accepted'
	| 'scheduled'
	| 'canceled'
	| 'queued'
	| 'sending'
	| 'sent'
	| 'failed'
	| 'delivered'
	| 'undelivered'
	| 'read'
	| 'received';

export type MessageDirection = 'inbound' | 'outbound-api' | 'outbound-reply';

export interface Message {
	body: string;
	num_segments: string;
	direction: MessageDirection;
	from: string | null;
	to: string;
	date_updated: string;
	price: string | null;
	error_message: string | null;
	uri: string;
	account_sid: string;
	num_media: string;
	status: MessageStatus;
	messaging_service_sid: string | null;
	sid: string;
	date_sent: string | null;
	date_created: string;
	error_code: number | null;
	price_unit: string;
	api_version: string;
	subresource_uris: { media: string };
}

export interface MessageContent {
	accountSid: string;
	direction: MessageDirection;
	status: MessageStatus;
	/** Null until a Messaging Service has picked one. */
	from: string | null;
	to: string;
	body: string;
	numMedia: number;
	serviceSid?: string;
}

/** Keys stand in the order in which Twilio writes them. */
export function newMessage(content: MessageContent): Message {
	const sid = newSid(content.numMedia > 0 ? 'MM' : 'SM');
	const path = `/2010-04-01/Accounts/${content.accountSid}/Messages/${sid}`;
	const now = rfc2822();
	return {
		body: content.body,
		num_segments: content.from === null ? '0' : segmentsOf(content),
		direction: content.direction,
		from: content.from,
		date_updated: now,
		price: null,
		error_message: null,
		uri: `${path}.json`,
		account_sid: content.accountSid,
		num_media: String(content.numMedia),
		to: content.to,
		date_created: now,
		status: content.status,
		sid,
		date_sent: content.direction === 'inbound' ? now : null,
		messaging_service_sid: content.serviceSid ?? null,
		error_code: null,
		price_unit: 'USD',
		api_version: '2010-04-01',
		subresource_uris: { media: `${path}/Media.json` },
	};
}

/** Only texts are cut into segments; other channels carry any message whole. */
export function segmentsOf({ to, body }: { to: string; body: string }): string {
	if (channelOf(to) !== 'sms') return '1';
	return String(Math.max(1, new SegmentedMessage(body).segmentsCount));
}
