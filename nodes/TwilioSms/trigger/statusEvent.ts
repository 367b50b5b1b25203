import type { IDataObject } from 'n8n-workflow';

import type { FormParameters } from '../shared/signature';

/**
 * The item for a change of an outgoing message's status, null for what the request does not say.
 *
 * @param receivedAt ISO 8601
 * @see https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
 */
export function toStatusEvent(parameters: FormParameters, receivedAt: string): IDataObject {
	const twilio = new Map(parameters);
	const text = (name: string) => twilio.get(name) || null;
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
