import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../../shared/errors';
import { toContentVariables } from './contentVariables';

/** Twilio's parameters that say what a message holds, media aside. */
export interface Content {
	Body?: string;
	ContentSid?: string;
	ContentVariables?: string;
}

export const messageField: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. Your table is ready.',
	description:
		'The text to send, at most 1,600 characters. Longer than 160 (or 70 with emoji or non-Latin letters), it counts and costs as several messages.',
};

/** What the message holds. */
export const contentFields: INodeProperties[] = [
	{
		displayName: 'Message Type',
		name: 'messageType',
		type: 'options',
		options: [
			{
				name: 'Content Template',
				value: 'template',
				description:
					'A template made in Twilio, as WhatsApp demands to begin a conversation with somebody',
			},
			{
				name: 'Text',
				value: 'text',
				description: 'A text of your own, with pictures if you like',
			},
		],
		default: 'text',
	},
	{
		...messageField,
		displayOptions: { show: { messageType: ['text'] } },
	},
	{
		displayName: 'Content Template SID',
		name: 'contentSid',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. HXxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
		displayOptions: { show: { messageType: ['template'] } },
		description: 'Shown in the Twilio Console > Messaging > Content Template Builder',
	},
	{
		displayName: 'Content Variables',
		name: 'contentVariables',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"1": "Anna", "2": "7 pm"}',
		displayOptions: { show: { messageType: ['template'] } },
		description: "A JSON object with the values for the template's placeholders",
	},
];

const CONTENT_SID = /^HX[0-9a-f]{32}$/i;

/** @throws NodeOperationError when it cannot be right */
export function content(this: IExecuteFunctions, itemIndex: number): Content {
	const messageType = this.getNodeParameter('messageType', itemIndex) as string;
	if (messageType === 'text') return { Body: messageText.call(this, itemIndex) };
	const ContentSid = text.call(this, 'contentSid', itemIndex).trim();
	if (!CONTENT_SID.test(ContentSid)) {
		throw inputError(
			this.getNode(),
			ContentSid
				? `"${ContentSid}" is not the SID of a content template`
				: '"Content Template SID" is empty',
			'The SID of a content template is HX and 32 characters of 0-9 and a-f (Twilio Console > Messaging > Content Template Builder).',
		);
	}
	const variables = this.getNodeParameter('contentVariables', itemIndex, '{}');
	try {
		return { ContentSid, ContentVariables: toContentVariables(variables) };
	} catch (error) {
		throw inputError(
			this.getNode(),
			(error as Error).message,
			'Enter a JSON object with a text for each placeholder of the template, for example {"1": "Anna"}.',
		);
	}
}

/** The field "Message"; it may stay empty when there are pictures. */
export function messageText(this: IExecuteFunctions, itemIndex: number): string | undefined {
	const body = text.call(this, 'message', itemIndex);
	return body.trim() ? body : undefined;
}

// An expression may give a number, or nothing at all.
function text(this: IExecuteFunctions, name: string, itemIndex: number): string {
	return String(this.getNodeParameter(name, itemIndex) ?? '');
}
