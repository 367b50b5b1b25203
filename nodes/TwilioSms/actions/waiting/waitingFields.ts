import type { INodeProperties } from 'n8n-workflow';

import { approvalField } from './approval';
import { formDefinitionFields } from './formFieldsField';
import { responseTypeField } from './responseType';

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
		displayOptions: onPageWithFields,
		description: 'The heading of the page',
	},
];
