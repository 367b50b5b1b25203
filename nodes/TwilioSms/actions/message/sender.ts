import type { INodeProperties } from 'n8n-workflow';

import { messagingServiceLocator, phoneNumberLocator } from '../../shared/fields';
import { ownNumber } from '../../shared/ownNumber';
import type { Parameters } from '../../shared/parameters';
import { inputError } from '../../twilio/errors';
import type { Channel } from '../../twilio/phoneNumber';
import { readSender } from '../../twilio/phoneNumber';
import type { MessageParameters } from '../../twilio/types';
import type { OperationInput } from '../operation';

/** Twilio's parameters that say who sends a message. */
export type Sender = Pick<MessageParameters, 'From' | 'MessagingServiceSid'>;

const [fromList, fromTyped] = phoneNumberLocator.modes ?? [];

/** Who sends the message. */
export const senderFields: INodeProperties[] = [
	{
		displayName: 'Send From',
		name: 'fromType',
		type: 'options',
		options: [
			{
				name: "Credential's Number",
				value: 'credential',
				description: 'The phone number entered in the credential',
			},
			{
				name: 'Another Number or Sender ID',
				value: 'number',
				description: 'Any other number, short code or sender ID of the account',
			},
			{
				name: 'Messaging Service',
				value: 'messagingService',
				description: 'Twilio picks a sender from the pool of a Messaging Service',
			},
		],
		default: 'credential',
	},
	{
		...phoneNumberLocator,
		displayName: 'From',
		name: 'from',
		required: true,
		displayOptions: { show: { fromType: ['number'] } },
		modes: [
			{
				...fromList,
				placeholder: 'Select a sender...',
				typeOptions: { searchListMethod: 'searchSenders', searchable: true },
			},
			{
				...fromTyped,
				displayName: 'Number/ID',
				placeholder: 'e.g. +14155550100, 12345 or MyShop',
			},
		],
		description:
			'A phone number with its country code, a short code, an alphanumeric sender ID or a WhatsApp sender (whatsapp:+14155550100) of your Twilio account',
	},
	{
		...messagingServiceLocator,
		required: true,
		displayOptions: { show: { fromType: ['messagingService'] } },
		description: 'The Messaging Service of your Twilio account that sends the message',
	},
];

const MESSAGING_SERVICE_SID = /^MG[0-9a-f]{32}$/i;

/** @throws NodeOperationError when what was entered cannot send */
export async function sender(
	{ twilio, parameters }: OperationInput,
	channel: Channel,
): Promise<Sender> {
	const fromType = parameters.choice('fromType', 'credential');
	if (fromType === 'messagingService') return messagingService(parameters);
	const isOwn = fromType === 'credential';
	const typed = isOwn
		? await ownNumber(parameters.node, twilio)
		: parameters.locator('from', 'From');
	if (MESSAGING_SERVICE_SID.test(typed)) return { MessagingServiceSid: typed };
	const { phoneNumber } = await twilio.credential();
	const { address, problem } = await readSender(typed, channel, phoneNumber);
	if (address) return { From: address };
	throw inputError(
		parameters.node,
		typed ? `"${typed}" ${problem} (field "From")` : '"From" is empty',
		'Enter a phone number in international form (+, country code, number), a short code, or a sender ID of at most 11 letters, digits and spaces with at least one letter.',
	);
}

function messagingService(parameters: Parameters): Sender {
	const MessagingServiceSid = parameters.locator('messagingServiceSid', 'Messaging Service');
	if (MESSAGING_SERVICE_SID.test(MessagingServiceSid)) return { MessagingServiceSid };
	throw inputError(
		parameters.node,
		MessagingServiceSid
			? `"${MessagingServiceSid}" is not the SID of a Messaging Service`
			: '"Messaging Service" is empty',
		'Choose a Messaging Service from the list, or enter its SID: MG and 32 characters of 0-9 and a-f (Twilio Console > Messaging > Services).',
	);
}
