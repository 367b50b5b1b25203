import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { twilioList } from '../../shared/transport';
import type { OperationDescription, TwilioMessage } from '../../shared/types';
import { toIsoDate } from '../../shared/values';
import { incomingRoute } from './incomingRoute';
import { judgeIncoming } from './incomingVerdict';
import { requestedNumber, requestedNumberField } from './requestedNumber';
import { isTriggerAt } from './triggerProbe';

// Far enough back to find one among the messages sent, without reading a long log.
const MESSAGES_LOOKED_AT = 100;

export const description: OperationDescription = {
	option: {
		name: 'Check Incoming',
		value: 'checkIncoming',
		action: 'Check a number for incoming messages',
		description: 'Find out whether texts to a number reach this n8n and, if not, why',
	},
	fields: [requestedNumberField],
};

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<IDataObject> {
	const number = await requestedNumber.call(this, itemIndex);
	const route = await incomingRoute.call(this, number);
	const baseUrls = ownBaseUrls.call(this);
	const isAnswered = await isTriggerAt.call(this, route.url, baseUrls);
	return {
		...judgeIncoming(route, baseUrls, isAnswered),
		phoneNumber: number.phone_number,
		phoneNumberSid: number.sid,
		url: route.url || null,
		method: route.method,
		applicationSid: route.applicationSid ?? null,
		messagingServiceSid: route.service?.sid ?? null,
		messagingServiceName: route.service?.friendly_name ?? null,
		lastMessage: await lastIncomingMessage.call(this, number.phone_number),
	};
}

function ownBaseUrls(this: IExecuteFunctions): string[] {
	// n8n's own API lies where its production webhooks do, its editor where test webhooks may.
	const urls = [this.getRestApiUrl().replace(/\/[^/]*\/?$/, ''), this.getInstanceBaseUrl()];
	return urls.map((url) => new URL(url).href.replace(/\/+$/, ''));
}

async function lastIncomingMessage(
	this: IExecuteFunctions,
	phoneNumber: string,
): Promise<IDataObject | null> {
	const messages = twilioList.call(
		this,
		{ path: '/Messages.json', query: { To: phoneNumber, PageSize: MESSAGES_LOOKED_AT } },
		'messages',
	) as AsyncGenerator<TwilioMessage>;
	let looked = 0;
	for await (const message of messages) {
		if (message.direction === 'inbound') {
			return {
				messageSid: message.sid,
				from: message.from,
				dateCreated: toIsoDate(message.date_created),
				errorCode: message.error_code,
				errorMessage: message.error_message,
			};
		}
		if (++looked >= MESSAGES_LOOKED_AT) break;
	}
	return null;
}
