import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Channel } from '../../shared/address';
import { channelOf } from '../../shared/address';
import { recipients, toField } from './recipients';
import type { Sender } from './sender';
import { sender, senderFields } from './sender';

/** Twilio's parameters that say from whom to whom. */
export type Addressing = Sender & { To: string };

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

/**
 * One for everybody in the field "To", at least one.
 *
 * @throws NodeOperationError when somebody cannot send or get a message
 */
export async function addressing(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<Addressing[]> {
	const chosen = this.getNodeParameter('channel', itemIndex) as Channel;
	const from = await sender.call(this, itemIndex, chosen);
	const isWhatsApp = chosen === 'whatsapp' || channelOf(from.From ?? '') === 'whatsapp';
	const to = await recipients.call(this, itemIndex, isWhatsApp ? 'whatsapp' : 'sms');
	return to.map((To) => ({ ...onChannelOf(To, from), To }));
}

// Twilio wants both on the same channel, and a recipient may be entered with one in front.
function onChannelOf(to: string, from: Sender): Sender {
	const isMissing = channelOf(to) === 'whatsapp' && from.From && channelOf(from.From) === '';
	return isMissing ? { ...from, From: `whatsapp:${from.From}` } : from;
}
