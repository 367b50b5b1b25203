import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';
import { optOutOf } from '../../twilio/optOut';
import { channelOf } from '../../twilio/phoneNumber';
import type { TriggerEvent } from '../fields';
import { downloadFiles, FILES_AT_MOST } from './media';

/**
 * What Twilio tells of. Incoming messages have no MessageStatus, or that they are received; calls
 * and what else may be pointed at the address have no message at all.
 */
export function eventOf(form: URLSearchParams): TriggerEvent | undefined {
	const status = form.get('MessageStatus') ?? '';
	if (!['', 'received', 'receiving'].includes(status)) return 'messageStatus';
	return form.get('MessageSid') || form.has('Body') ? 'incomingMessage' : undefined;
}

type MessageFile = { url: string | null; contentType: string | null; error?: string };

/**
 * An incoming message: Twilio's parameters by handier names, counts as numbers and null for what
 * the request does not say.
 *
 * @see https://www.twilio.com/docs/messaging/guides/webhook-request
 */
export type InboundMessage = ReturnType<typeof toInboundMessage>;

/** @param receivedAt ISO 8601 */
export function toInboundMessage(form: URLSearchParams, receivedAt = new Date().toISOString()) {
	const text = (name: string) => form.get(name) || null;
	const count = (name: string) => Number(form.get(name) || 0);
	const coordinate = (name: string) => (form.get(name) ? Number(form.get(name)) : null);
	const body = form.get('Body') ?? '';
	const channel = channelOf(form.get('From') ?? '');
	const files = Math.min(count('NumMedia') || 0, FILES_AT_MOST);
	return {
		messageSid: text('MessageSid'),
		from: text('From'),
		to: text('To'),
		body,
		channel,
		numMedia: count('NumMedia'),
		media: Array.from(
			{ length: files },
			(_, index): MessageFile => ({
				url: text(`MediaUrl${index}`),
				contentType: text(`MediaContentType${index}`),
			}),
		),
		optOut: optOutOf(body, channel, form.get('OptOutType') ?? ''),
		messagingServiceSid: text('MessagingServiceSid'),
		profileName: text('ProfileName'),
		buttonText: text('ButtonText'),
		buttonPayload: text('ButtonPayload'),
		latitude: coordinate('Latitude'),
		longitude: coordinate('Longitude'),
		originalRepliedMessageSid: text('OriginalRepliedMessageSid'),
		receivedAt,
	};
}

/** What the workflow gets of an incoming message, its files included where they are wanted. */
export async function messageItem(
	n8n: IExecuteFunctions | IPollFunctions | IWebhookFunctions,
	parameters: Parameters,
	message: InboundMessage,
	form: URLSearchParams,
): Promise<INodeExecutionData> {
	const raw = toRawParameters(form);
	const { binary, errors } = parameters.flag('options.downloadMedia')
		? await downloadFiles(n8n, form)
		: { binary: {}, errors: {} };
	for (const [index, error] of Object.entries(errors)) {
		message.media[Number(index)].error = error;
		raw[`MediaError${index}`] = error;
	}
	const json = parameters.flag('simplify', true) ? simplifyMessage(message) : raw;
	return Object.keys(binary).length ? { json, binary } : { json };
}

/**
 * The ten fields of a text that a workflow goes on with and, where WhatsApp sent them, the button
 * that was tapped or the place that was shared.
 */
export function simplifyMessage(message: InboundMessage): IDataObject {
	const { messageSid, from, to, body, channel, numMedia, media, optOut, profileName } = message;
	const { buttonText, buttonPayload, latitude, longitude, receivedAt } = message;
	return {
		messageSid,
		from,
		to,
		body,
		channel,
		numMedia,
		media,
		optOut,
		profileName,
		receivedAt,
		...(buttonText !== null && { buttonText, buttonPayload }),
		...(latitude !== null && { latitude, longitude }),
	};
}

/** What the workflow gets of a change of an outgoing message's status. */
export function statusItem(form: URLSearchParams, parameters: Parameters): INodeExecutionData {
	return { json: parameters.flag('simplify', true) ? toStatusEvent(form) : toRawParameters(form) };
}

/**
 * A change of an outgoing message's status, null for what the request does not say.
 *
 * @param receivedAt ISO 8601
 * @see https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
 */
export function toStatusEvent(
	form: URLSearchParams,
	receivedAt = new Date().toISOString(),
): IDataObject {
	const text = (name: string) => form.get(name) || null;
	const errorCode = text('ErrorCode');
	return {
		messageSid: text('MessageSid'),
		status: text('MessageStatus'),
		errorCode: errorCode && Number(errorCode),
		from: text('From'),
		to: text('To'),
		messagingServiceSid: text('MessagingServiceSid'),
		accountSid: text('AccountSid'),
		receivedAt,
	};
}

/** Twilio's parameters untouched; a name that comes more than once holds a list. */
export function toRawParameters(form: URLSearchParams): IDataObject {
	const names = [...new Set(form.keys())];
	return Object.fromEntries(
		names.map((name) => {
			const values = form.getAll(name);
			return [name, values.length > 1 ? values : values[0]];
		}),
	);
}
