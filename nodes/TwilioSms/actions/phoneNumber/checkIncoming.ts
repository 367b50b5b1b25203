import type { IDataObject } from 'n8n-workflow';

import { toIsoDate } from '../../shared/dates';
import type { TwilioClient } from '../../twilio/client';
import type { TwilioMessage } from '../../twilio/types';
import type { OperationDescription, OperationInput } from '../operation';
import { routeOfNumber } from './incomingRoute';
import { incomingFinding } from './incomingFinding';
import { requestedNumber, requestedNumberField } from './number';

// Far enough back to find one among the messages sent, without reading a long log.
const MESSAGES_LOOKED_AT = 100;

export const description: OperationDescription = {
	option: {
		name: 'Check Incoming',
		value: 'checkIncoming',
		action: 'Check phone number for incoming messages',
		description: 'Find out whether texts to a number reach this n8n and, if not, why',
	},
	fields: [requestedNumberField],
};

export async function execute(input: OperationInput): Promise<IDataObject> {
	const { twilio, parameters } = input;
	const number = await requestedNumber(input);
	const route = await routeOfNumber(parameters.node, twilio, number);
	const last = await lastIncomingMessage(twilio, number.phone_number);
	const { verdict, reachesN8n, reason, whatToDo } = await incomingFinding(input, route, last);
	return {
		verdict,
		reachesN8n,
		reason,
		whatToDo,
		phoneNumber: number.phone_number,
		url: route.url || null,
		method: route.method,
		applicationSid: route.applicationSid ?? null,
		messagingServiceSid: route.service?.sid ?? null,
		lastMessage: last && {
			messageSid: last.sid,
			from: last.from,
			dateCreated: toIsoDate(last.date_created),
			errorCode: last.error_code,
			errorMessage: last.error_message,
		},
	};
}

async function lastIncomingMessage(
	twilio: TwilioClient,
	phoneNumber: string,
): Promise<TwilioMessage | null> {
	let looked = 0;
	const filters = { To: phoneNumber, PageSize: MESSAGES_LOOKED_AT };
	for await (const message of twilio.messages.list(filters)) {
		if (message.direction === 'inbound') return message;
		if (++looked >= MESSAGES_LOOKED_AT) break;
	}
	return null;
}
