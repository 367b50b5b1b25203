import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import type { Channel } from '../../shared/address';
import { channelOf } from '../../shared/address';
import { simplifyField } from '../../shared/descriptions';
import { Steps } from '../../shared/steps';
import { content, contentFields } from './content';
import { createMessage } from './createMessage';
import { messageOutput } from './messageOutput';
import { sendOptions } from './optionFields';
import { optionParameters } from './optionParameters';
import { recipients, toField } from './recipients';
import { requireContent } from './requireContent';
import type { Sender } from './sender';
import { sender, senderFields } from './sender';

export const option: INodePropertyOptions = {
	name: 'Send',
	value: 'send',
	action: 'Send a message',
	description: 'Send an SMS, MMS or WhatsApp message to one phone or several',
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

export const description: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['message'], operation: ['send'] } },
	[...senderFields, toField, channelField, ...contentFields, simplifyField, sendOptions],
);

/** Everything is checked for all recipients before the first of them gets the message. */
export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<Steps> {
	const chosen = this.getNodeParameter('channel', itemIndex) as Channel;
	const from = await sender.call(this, itemIndex, chosen);
	const isWhatsApp = chosen === 'whatsapp' || channelOf(from.From ?? '') === 'whatsapp';
	const to = await recipients.call(this, itemIndex, isWhatsApp ? 'whatsapp' : 'sms');
	const message = {
		...content.call(this, itemIndex),
		...optionParameters.call(this, itemIndex, from),
	};
	requireContent.call(this, message);
	const steps = to.map((To) => ({
		to: To,
		run: async () => {
			const parameters = { ...onChannelOf(To, from), To, ...message };
			return messageOutput.call(this, await createMessage.call(this, parameters), itemIndex);
		},
	}));
	return new Steps(steps);
}

// Twilio wants both on the same channel, and a recipient may be entered with one in front.
function onChannelOf(to: string, from: Sender): Sender {
	const isMissing = channelOf(to) === 'whatsapp' && from.From && channelOf(from.From) === '';
	return isMissing ? { ...from, From: `whatsapp:${from.From}` } : from;
}
