import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { TwilioParameters } from '../../shared/transport';
import { addressFilter } from './addressFilter';
import { sentTime } from './sentTime';

export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			options: [
				{
					name: 'Inbound',
					value: 'inbound',
					description: 'Messages that people sent to your numbers',
				},
				{
					name: 'Outbound',
					value: 'outbound',
					description: 'Messages that went out from your numbers',
				},
				{
					name: 'Outbound: by API',
					value: 'outbound-api',
					description: 'Only those that n8n or another program sent',
				},
				{
					name: 'Outbound: by Reply',
					value: 'outbound-reply',
					description: 'Only those that answered an incoming message through its webhook',
				},
			],
			default: 'inbound',
			description:
				'Whether messages were received or sent. Twilio cannot filter by this, so other messages are fetched and left out.',
		},
		{
			displayName: 'From',
			name: 'from',
			type: 'string',
			default: '',
			placeholder: 'e.g. +14155550100',
			description:
				'Who sent the message: exactly this phone number with its country code, short code, sender name, or WhatsApp address (whatsapp:+14155550100)',
		},
		{
			displayName: 'Sent After',
			name: 'sentAfter',
			type: 'dateTime',
			default: '',
			description:
				"Only messages sent at this time or later. Without a time zone it is meant in the workflow's.",
		},
		{
			displayName: 'Sent Before',
			name: 'sentBefore',
			type: 'dateTime',
			default: '',
			description:
				"Only messages sent at this time or earlier. Without a time zone it is meant in the workflow's; a date alone includes that whole day.",
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'string',
			default: '',
			placeholder: 'e.g. +14155550123',
			description:
				'Who got the message: exactly this phone number with its country code, short code, or WhatsApp address (whatsapp:+14155550123)',
		},
	],
};

/** The filters that Twilio applies. The comparison is part of the name of a date's parameter. */
export async function messageQuery(
	this: IExecuteFunctions,
	filters: IDataObject,
): Promise<TwilioParameters> {
	return {
		To: await addressFilter.call(this, filters.to, 'To'),
		From: await addressFilter.call(this, filters.from, 'From'),
		'DateSent>': sentTime.call(this, filters.sentAfter, 'Sent After'),
		'DateSent<': sentTime.call(this, filters.sentBefore, 'Sent Before'),
	};
}

/** The filter that Twilio does not have: `outbound` is every direction that begins with it. */
export function hasDirection(direction: string, wanted: unknown): boolean {
	return !wanted || direction === wanted || direction.startsWith(`${String(wanted)}-`);
}
