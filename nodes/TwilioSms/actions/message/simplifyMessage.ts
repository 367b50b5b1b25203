import type { IDataObject } from 'n8n-workflow';

import type { TwilioMessage } from '../../shared/types';
import { toIsoDate, toNumber } from '../../shared/values';

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
