import type { INodeProperties } from 'n8n-workflow';

/** What ends the waiting. The names are n8n's own, but for `delivery`. */
export type ResponseType = 'approval' | 'customForm' | 'delivery' | 'freeText';

export const responseTypeField: INodeProperties = {
	displayName: 'Response Type',
	name: 'responseType',
	type: 'options',
	options: [
		{
			name: 'Approval',
			value: 'approval',
			description: 'The person approves or declines on a page that the text links to',
		},
		{
			name: 'Custom Form',
			value: 'customForm',
			description: 'The person fills in a form of yours on a page that the text links to',
		},
		{
			name: 'Delivery Report',
			value: 'delivery',
			description: 'Nobody has to answer: Twilio reports whether the text reached the phone',
		},
		{
			name: 'Free Text',
			value: 'freeText',
			description: 'The person writes an answer on a page that the text links to',
		},
	],
	default: 'approval',
};
