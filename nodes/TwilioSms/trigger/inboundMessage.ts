import type { IDataObject } from 'n8n-workflow';

import type { HandledMessage } from './handlers';
import { optOutOf } from './optOut';
import type { FormParameters } from '../shared/signature';

// Far above Twilio's ten, as what stands in the request decides.
export const FILES_AT_MOST = 20;

/**
 * The item for an incoming message: Twilio's parameters by handier names, counts as numbers and
 * null for what the request does not say.
 *
 * @param receivedAt ISO 8601
 * @see https://www.twilio.com/docs/messaging/guides/webhook-request
 */
export function toInboundMessage(
	parameters: FormParameters,
	receivedAt: string,
): IDataObject & HandledMessage {
	const twilio = new Map(parameters);
	const text = (name: string) => twilio.get(name) || null;
	const count = (name: string) => (twilio.get(name) ? Number(twilio.get(name)) : 0);
	const coordinate = (name: string) => (twilio.get(name) ? Number(twilio.get(name)) : null);
	const channel = channelOf(twilio.get('From') ?? '');
	return {
		messageSid: text('MessageSid'),
		from: text('From'),
		to: text('To'),
		body: twilio.get('Body') ?? '',
		channel,
		numMedia: count('NumMedia'),
		numSegments: count('NumSegments'),
		media: Array.from({ length: Math.min(count('NumMedia') || 0, FILES_AT_MOST) }, (_, index) => ({
			url: text(`MediaUrl${index}`),
			contentType: text(`MediaContentType${index}`),
		})),
		optOut: optOutOf(twilio.get('Body') ?? '', channel, twilio.get('OptOutType')),
		messagingServiceSid: text('MessagingServiceSid'),
		accountSid: text('AccountSid'),
		fromCity: text('FromCity'),
		fromState: text('FromState'),
		fromZip: text('FromZip'),
		fromCountry: text('FromCountry'),
		toCity: text('ToCity'),
		toState: text('ToState'),
		toZip: text('ToZip'),
		toCountry: text('ToCountry'),
		profileName: text('ProfileName'),
		waId: text('WaId'),
		buttonText: text('ButtonText'),
		buttonPayload: text('ButtonPayload'),
		latitude: coordinate('Latitude'),
		longitude: coordinate('Longitude'),
		originalRepliedMessageSid: text('OriginalRepliedMessageSid'),
		receivedAt,
	};
}

/** Twilio's parameters untouched; a name that comes more than once holds a list. */
export function toRawMessage(parameters: FormParameters): IDataObject {
	const item = new Map<string, string | string[]>();
	for (const [name, value] of parameters) {
		const earlier = item.get(name);
		item.set(name, earlier === undefined ? value : [earlier, value].flat());
	}
	return Object.fromEntries(item);
}

// Addresses of other channels than SMS and MMS carry it in front: `whatsapp:+14155550100`.
function channelOf(address: string): string {
	const prefix = /^([a-z]+):/.exec(address);
	return prefix ? prefix[1] : 'sms';
}
