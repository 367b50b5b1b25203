import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Channel } from '../../shared/address';
import { toSender } from '../../shared/address';
import { messagingServiceLocator, phoneNumberLocator } from '../../shared/descriptions';
import { inputError } from '../../shared/errors';
import { ownNumber } from '../../shared/ownNumber';
import { getCredential } from '../../shared/transport';

/** Twilio's parameters that say who sends a message. */
export interface Sender {
	From?: string;
	MessagingServiceSid?: string;
}

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
			fromList,
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
	this: IExecuteFunctions,
	itemIndex: number,
	channel: Channel,
): Promise<Sender> {
	const fromType = this.getNodeParameter('fromType', itemIndex) as string;
	if (fromType === 'messagingService') return messagingService.call(this, itemIndex);
	if (fromType === 'credential') {
		return { From: toSender(await ownNumber.call(this), channel) };
	}
	const typed = locatorValue.call(this, 'from', itemIndex);
	if (MESSAGING_SERVICE_SID.test(typed)) return { MessagingServiceSid: typed };
	const { phoneNumber } = await getCredential.call(this);
	const From = toSender(typed, channel, phoneNumber);
	if (From) return { From };
	throw inputError(
		this.getNode(),
		typed ? `"${typed}" cannot be a sender (field "From")` : '"From" is empty',
		'Enter a phone number in international form (+, country code, number), a short code, or a sender ID of at most 11 letters, digits and spaces with at least one letter.',
	);
}

function messagingService(this: IExecuteFunctions, itemIndex: number): Sender {
	const MessagingServiceSid = locatorValue.call(this, 'messagingServiceSid', itemIndex);
	if (MESSAGING_SERVICE_SID.test(MessagingServiceSid)) return { MessagingServiceSid };
	throw inputError(
		this.getNode(),
		MessagingServiceSid
			? `"${MessagingServiceSid}" is not the SID of a Messaging Service`
			: '"Messaging Service" is empty',
		'Choose a Messaging Service from the list, or enter its SID: MG and 32 characters of 0-9 and a-f (Twilio Console > Messaging > Services).',
	);
}

function locatorValue(this: IExecuteFunctions, name: string, itemIndex: number): string {
	const value = this.getNodeParameter(name, itemIndex, '', { extractValue: true });
	return String(value ?? '').trim();
}
