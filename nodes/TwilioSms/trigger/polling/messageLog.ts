import type { INode, IPollFunctions } from 'n8n-workflow';

import type { TwilioClient } from '../../twilio/client';
import { LARGEST_PAGE } from '../../twilio/client';
import { asNodeError, isTemporary } from '../../twilio/errors';
import type { TwilioMessage } from '../../twilio/types';
import { toTwilioDate } from '../../shared/dates';
import type { Parameters } from '../../shared/parameters';
import type { TriggerEvent } from '../fields';
import type { Choice } from '../registration/choice';

/** Whether n8n asks Twilio for texts, in place of Twilio calling n8n. */
export function isPolling(parameters: Parameters): boolean {
	return (
		parameters.choice('receiveBy', 'webhook') === 'polling' &&
		parameters.choice<TriggerEvent>('event', 'incomingMessage') === 'incomingMessage'
	);
}

/** One look for texts at Twilio. */
export interface Look {
	n8n: IPollFunctions;
	twilio: TwilioClient;
	parameters: Parameters;
	/** What the trigger listens to, if the API can tell. */
	choice: Choice | undefined;
}

/** What a look has found, the oldest first. */
export interface Found {
	texts: FoundText[];
	/** Whether all could be asked; otherwise the next look begins where this one did. */
	isComplete: boolean;
}

/** An incoming message as Twilio's log or its alerts tell of it. */
export interface FoundText {
	sid: string;
	/** When it came in, or could not be delivered, in milliseconds since 1970. */
	time: number;
	/** What Twilio would post, or has posted, to the webhook; `undefined` when it is for somebody else. */
	form(): Promise<URLSearchParams | undefined>;
}

/**
 * The messages that came in on what the trigger listens to, the oldest first.
 *
 * @param since in milliseconds since 1970; Twilio looks by the second
 */
export async function incomingMessages(
	twilio: TwilioClient,
	choice: Choice,
	since: number,
): Promise<TwilioMessage[]> {
	const found: TwilioMessage[] = [];
	for (const To of await numbersOf(twilio, choice)) {
		const filters = { To, 'DateSent>': toTwilioDate(since), PageSize: LARGEST_PAGE };
		for await (const message of twilio.messages.list(filters)) {
			if (isIncoming(message, choice) && timeOf(message) >= since - 1000) found.push(message);
		}
	}
	// Those of the same second stay in the order in which they came in.
	return found.reverse().sort((a, b) => timeOf(a) - timeOf(b));
}

/** The newest of them, if there is one among the last few messages. */
export async function lastIncomingMessage(
	twilio: TwilioClient,
	choice: Choice,
): Promise<TwilioMessage | undefined> {
	const newest: TwilioMessage[] = [];
	for (const To of await numbersOf(twilio, choice)) {
		let looked = 0;
		for await (const message of twilio.messages.list({ To, PageSize: 50 })) {
			if (isIncoming(message, choice)) {
				newest.push(message);
				break;
			}
			if (++looked >= 50) break;
		}
	}
	return newest.sort((a, b) => timeOf(b) - timeOf(a))[0];
}

export function toFoundText(node: INode, twilio: TwilioClient, message: TwilioMessage): FoundText {
	const form = async () => await formOf(node, twilio, message);
	return { sid: message.sid, time: timeOf(message), form };
}

// All numbers of a Messaging Service; messages to them by another way are not the service's.
async function numbersOf(twilio: TwilioClient, { kind, identity }: Choice): Promise<string[]> {
	if (kind === 'phoneNumber') return [identity];
	const numbers: string[] = [];
	for await (const number of twilio.messagingServices.listPhoneNumbers(identity)) {
		numbers.push(number.phone_number);
	}
	return numbers;
}

function isIncoming(message: TwilioMessage, { kind, identity }: Choice): boolean {
	if (message.direction !== 'inbound') return false;
	return kind === 'phoneNumber' || (message.messaging_service_sid ?? identity) === identity;
}

function timeOf({ date_created: created }: TwilioMessage): number {
	return Date.parse(created ?? '') || 0;
}

/**
 * The parameters with which Twilio would call a webhook, as far as its log has them.
 *
 * @see https://www.twilio.com/docs/messaging/guides/webhook-request
 */
async function formOf(
	node: INode,
	twilio: TwilioClient,
	message: TwilioMessage,
): Promise<URLSearchParams> {
	const { sid, account_sid: accountSid, num_media: numMedia } = message;
	const form = new URLSearchParams({
		MessageSid: sid,
		SmsSid: sid,
		SmsMessageSid: sid,
		AccountSid: accountSid,
		...(message.messaging_service_sid && { MessagingServiceSid: message.messaging_service_sid }),
		From: message.from ?? '',
		To: message.to ?? '',
		Body: message.body ?? '',
		NumMedia: numMedia || '0',
		NumSegments: message.num_segments || '1',
		SmsStatus: 'received',
		ApiVersion: '2010-04-01',
	});
	if (Number(numMedia) > 0) await addMedia(form, node, twilio, message);
	return form;
}

async function addMedia(
	form: URLSearchParams,
	node: INode,
	twilio: TwilioClient,
	{ sid, account_sid: accountSid }: TwilioMessage,
): Promise<void> {
	const origin = await twilio.origin();
	let index = 0;
	try {
		for await (const { sid: mediaSid, content_type: type } of twilio.media.list(sid)) {
			const path = `/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media/${mediaSid}`;
			form.set(`MediaContentType${index}`, type);
			form.set(`MediaUrl${index}`, origin + path);
			index++;
		}
	} catch (thrown) {
		const error = asNodeError(node, thrown);
		// An API key that may not read media must not cost the text.
		if (isTemporary(error)) throw error;
	}
}
