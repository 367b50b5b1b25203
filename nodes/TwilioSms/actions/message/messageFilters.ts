import type { INodeProperties } from 'n8n-workflow';

import { parseDate, parseEndOfDay, toTwilioDate } from '../../shared/dates';
import type { Parameters } from '../../shared/parameters';
import { inputError } from '../../twilio/errors';
import { readReceiver, readSender } from '../../twilio/phoneNumber';
import type { MessageFilters, TwilioMessage } from '../../twilio/types';
import type { OperationInput } from '../operation';

export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
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
					name: 'Outbound: By API',
					value: 'outbound-api',
					description: 'Only those that n8n or another program sent',
				},
				{
					name: 'Outbound: By Reply',
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
				'Who sent the message: exactly this phone number with its country code, short code, sender ID, or WhatsApp address (whatsapp:+14155550100)',
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

const DATE_ALONE = /^\d{4}-\d\d-\d\d$/;

/**
 * The filters that Twilio applies. It compares addresses to the letter, so they are written as in
 * its list.
 *
 * @throws NodeOperationError when one of them cannot be right
 */
export async function messageFilters(input: OperationInput): Promise<MessageFilters> {
	const { n8n, twilio, parameters } = input;
	const filters = parameters.collection('filters');
	const { phoneNumber } = await twilio.credential();
	return {
		To: await address(filters, 'to', 'To', phoneNumber),
		From: await address(filters, 'from', 'From', phoneNumber),
		'DateSent>': time(filters, 'sentAfter', 'Sent After', n8n.getTimezone()),
		'DateSent<': time(filters, 'sentBefore', 'Sent Before', n8n.getTimezone()),
	};
}

/** The filter that Twilio does not have: `outbound` is every direction that begins with it. */
export function hasDirection({ direction }: TwilioMessage, wanted: string): boolean {
	return !wanted || direction === wanted || direction.startsWith(`${wanted}-`);
}

async function address(
	filters: Parameters,
	name: 'from' | 'to',
	label: string,
	reference: string,
): Promise<string | undefined> {
	const typed = filters.text(name, label).trim();
	if (!typed) return undefined;
	const read = name === 'from' ? readSender : readReceiver;
	const reading = await read(typed, 'sms', reference);
	if (reading.address) return reading.address;
	throw inputError(
		filters.node,
		`"${typed}" ${reading.problem} (filter "${label}")`,
		'Write the number in international form: +, country code, number, for example +14155550100.',
	);
}

// A date alone is meant in full, so "before" it ends with that day.
function time(
	filters: Parameters,
	name: 'sentAfter' | 'sentBefore',
	label: string,
	timezone: string,
): string | undefined {
	const value = filters.value(name);
	if (value === null || value === undefined || value === '') return undefined;
	const isWholeDay = name === 'sentBefore' && DATE_ALONE.test(String(value).trim());
	const moment = isWholeDay ? parseEndOfDay(value, timezone) : parseDate(value, timezone);
	if (moment !== undefined) return toTwilioDate(moment);
	throw inputError(
		filters.node,
		`"${String(value)}" is not a date (filter "${label}")`,
		'Write it like 2026-01-31T09:30:00 or 2026-01-31.',
	);
}
