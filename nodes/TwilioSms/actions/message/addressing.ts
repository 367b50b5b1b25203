import type { INodeProperties } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';
import { inputError } from '../../twilio/errors';
import type { Channel } from '../../twilio/phoneNumber';
import { channelOf, readRecipient } from '../../twilio/phoneNumber';
import type { OperationInput } from '../operation';
import type { Sender } from './sender';
import { sender, senderFields } from './sender';

/** Twilio's parameters that say from whom to whom. */
export type Addressing = Sender & { To: string };

const toField: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. +14155550100',
	description:
		'The phone number that gets the message, with + and country code. Several numbers, separated by commas, get a message each.',
};

const channelField: INodeProperties = {
	displayName: 'Channel',
	name: 'channel',
	type: 'options',
	options: [
		{
			name: 'SMS',
			value: 'sms',
			description: 'A text message, or with pictures an MMS',
		},
		{
			name: 'WhatsApp',
			value: 'whatsapp',
			description: 'From a sender that is set up for WhatsApp in Twilio',
		},
	],
	default: 'sms',
};

/** Who sends, to whom, and by which channel. */
export const addressingFields: INodeProperties[] = [...senderFields, toField, channelField];

const ADVICE =
	'Write the number in international form: +, country code, number, for example +14155550100. Separate several numbers by commas.';

/**
 * One for everybody in the field "To", at least one.
 *
 * @throws NodeOperationError when somebody cannot send or get a message
 */
export async function addressing(input: OperationInput): Promise<Addressing[]> {
	const { twilio, parameters } = input;
	const chosen = parameters.choice<Channel>('channel', 'sms');
	const from = await sender(input, chosen);
	const isWhatsApp = chosen === 'whatsapp' || channelOf(from.From ?? '') === 'whatsapp';
	const { phoneNumber } = await twilio.credential();
	const to = await recipients(parameters, isWhatsApp ? 'whatsapp' : 'sms', phoneNumber);
	return to.map((To) => ({ ...onChannelOf(To, from), To }));
}

/** Everybody in the field "To", once each. */
async function recipients(
	parameters: Parameters,
	channel: Channel,
	reference: string,
): Promise<string[]> {
	const addresses = new Set<string>();
	for (const typed of splitList(parameters)) {
		const { address, problem } = await readRecipient(typed, channel, reference);
		if (!address) throw inputError(parameters.node, `"${typed}" ${problem} (field "To")`, ADVICE);
		addresses.add(address);
	}
	if (addresses.size === 0) throw inputError(parameters.node, '"To" is empty', ADVICE);
	return [...addresses];
}

// An expression may give a list, a number, or nothing at all.
function splitList(parameters: Parameters): string[] {
	return parameters
		.texts('to', 'To')
		.flatMap((text) => text.split(/[,;\n]/))
		.map((one) => one.trim())
		.filter(Boolean);
}

// Twilio wants both on the same channel, and a recipient may be entered with one in front.
function onChannelOf(to: string, from: Sender): Sender {
	const isMissing = channelOf(to) === 'whatsapp' && from.From && channelOf(from.From) === 'sms';
	return isMissing ? { ...from, From: `whatsapp:${from.From}` } : from;
}
