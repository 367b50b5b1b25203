import type { INodeProperties, IWebhookDescription } from 'n8n-workflow';

import { approvalField } from './approval';
import { formDefinitionFields } from './formDefinition';

/** What ends the waiting. The names are n8n's own, but for `delivery`. */
export type ResponseType = 'approval' | 'customForm' | 'delivery' | 'freeText';

const responseTypeField: INodeProperties = {
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

/** What is asked and how it can be answered. */
export const waitingFields: INodeProperties[] = [
	responseTypeField,
	...formDefinitionFields,
	approvalField,
];

const onPageWithFields = { show: { '/responseType': ['customForm', 'freeText'] } };

/** Options for the page with a form. */
export const responseFormOptions: INodeProperties[] = [
	{
		displayName: 'Response Form Button Label',
		name: 'responseFormButtonLabel',
		type: 'string',
		default: 'Submit',
		displayOptions: onPageWithFields,
		description: 'What the button below the form says',
	},
	{
		displayName: 'Response Form Description',
		name: 'responseFormDescription',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		displayOptions: onPageWithFields,
		description: 'What the page says above the form, if it is not to be the message',
	},
	{
		displayName: 'Response Form Title',
		name: 'responseFormTitle',
		type: 'string',
		default: '',
		placeholder: 'e.g. The Corner Shop',
		displayOptions: { show: { '/responseType': ['approval', 'customForm', 'freeText'] } },
		description: 'The heading of the page, for instance who asks',
	},
];

const resumeWebhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'GET',
	responseMode: 'onReceived',
	// Without it n8n answers with JSON of its own.
	responseData: '',
	path: '={{ $nodeId }}',
	isFullPath: true,
	restartWebhook: true,
};

/** Where n8n takes what comes to the signed link of an execution that waits. */
export const resumeWebhooks: IWebhookDescription[] = [
	resumeWebhook,
	{ ...resumeWebhook, httpMethod: 'POST' },
];

/**
 * What the editor says at a node that waits, in the words of n8n's own nodes. The editor evaluates
 * its source, so it cannot use anything from outside.
 */
export function waitingTooltip({ operation, responseType }: Record<string, unknown>): string {
	if (operation !== 'sendAndWait') return '';
	return responseType === 'delivery'
		? 'Execution will continue when Twilio reports what became of the message'
		: "Execution will continue after the user's response";
}
