import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';

import { phoneNumberLocator, simplifyField } from '../../shared/descriptions';
import { ownNumber, requirePhoneNumber } from '../../shared/ownNumber';
import { twilioRequest } from '../../shared/transport';
import type { TwilioMessage } from '../../shared/types';
import { simplifyMessage } from './simplifyMessage';

export const option: INodePropertyOptions = {
	name: 'Send',
	value: 'send',
	action: 'Send a message',
	description: 'Send a text message to a phone',
};

export const description: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['message'], operation: ['send'] } },
	[
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
					name: 'Another Number',
					value: 'number',
					description: 'Any other number of the account',
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
			description: 'The number of your Twilio account that sends the message',
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +14155550100',
			description: 'The phone number that gets the message, with its country code',
		},
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			required: true,
			placeholder: 'e.g. Your table is ready.',
			description:
				'The text to send, at most 1,600 characters. Longer than 160 (or 70 with emoji or non-Latin letters), it counts and costs as several messages.',
		},
		simplifyField,
	],
);

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<IDataObject> {
	const message = await createMessage.call(this, {
		From: await sender.call(this, itemIndex),
		To: await requirePhoneNumber.call(this, text.call(this, 'to', itemIndex), 'To'),
		Body: requireBody.call(this, itemIndex),
	});
	const simplify = this.getNodeParameter('simplify', itemIndex) as boolean;
	return simplify ? simplifyMessage(message) : message;
}

async function sender(this: IExecuteFunctions, itemIndex: number): Promise<string> {
	const fromType = this.getNodeParameter('fromType', itemIndex) as string;
	if (fromType === 'credential') return await ownNumber.call(this);
	const typed = this.getNodeParameter('from', itemIndex, '', { extractValue: true });
	return await requirePhoneNumber.call(this, String(typed ?? ''), 'From');
}

function requireBody(this: IExecuteFunctions, itemIndex: number): string {
	const body = text.call(this, 'message', itemIndex);
	if (body.trim()) return body;
	throw new NodeOperationError(this.getNode(), 'The message is empty', {
		description: 'Enter the text to send in the field "Message".',
	});
}

async function createMessage(
	this: IExecuteFunctions,
	form: { From: string; To: string; Body: string },
): Promise<TwilioMessage> {
	return (await twilioRequest.call(this, {
		method: 'POST',
		path: '/Messages.json',
		form,
		isCreate: true,
	})) as TwilioMessage;
}

// An expression may give a number, or nothing at all.
function text(this: IExecuteFunctions, name: string, itemIndex: number): string {
	return String(this.getNodeParameter(name, itemIndex) ?? '');
}
