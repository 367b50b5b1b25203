import type { IDataObject } from 'n8n-workflow';

import { toIsoDate } from '../../shared/dates';
import type { Parameters } from '../../shared/parameters';
import type { TwilioMessage } from '../../twilio/types';

/** A message as the field "Simplify" wants it. */
export function messageOutput(message: TwilioMessage, parameters: Parameters): IDataObject {
	return parameters.flag('simplify') ? simplifyMessage(message) : message;
}

/** A message with counts and prices as numbers, dates in ISO 8601 and null for what is absent. */
export function simplifyMessage(message: TwilioMessage): IDataObject {
	return {
		messageSid: message.sid,
		status: message.status,
		from: message.from ?? null,
		to: message.to ?? null,
		body: message.body ?? null,
		numSegments: toNumber(message.num_segments),
		numMedia: toNumber(message.num_media),
		direction: message.direction,
		errorCode: message.error_code ?? null,
		errorMessage: message.error_message ?? null,
		price: toNumber(message.price),
		priceUnit: message.price_unit ?? null,
		messagingServiceSid: message.messaging_service_sid ?? null,
		accountSid: message.account_sid,
		dateCreated: toIsoDate(message.date_created),
		dateSent: toIsoDate(message.date_sent),
		dateUpdated: toIsoDate(message.date_updated),
	};
}

/** Twilio's counts and prices are text; absent ones `null` or `''`. */
export function toNumber(text: string | null | undefined): number | null {
	return text === null || text === undefined || text === '' ? null : Number(text);
}
