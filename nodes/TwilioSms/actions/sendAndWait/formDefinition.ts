import type { INodeProperties } from 'n8n-workflow';

/** What can be said about one field, in the order of n8n's own forms. */
const FIELD: INodeProperties[] = [
	{
		displayName: 'Label',
		name: 'fieldLabel',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. What is your name?',
		description: 'What stands above the field',
	},
	{
		displayName: 'Element Type',
		name: 'fieldType',
		type: 'options',
		options: [
			{ name: 'Checkboxes', value: 'checkbox' },
			{ name: 'Date', value: 'date' },
			{ name: 'Dropdown', value: 'dropdown' },
			{ name: 'Email', value: 'email' },
			{ name: 'File', value: 'file' },
			{ name: 'Number', value: 'number' },
			{ name: 'Radio Buttons', value: 'radio' },
			{ name: 'Text Input', value: 'text' },
			{ name: 'Textarea', value: 'textarea' },
		],
		default: 'text',
		required: true,
	},
	{
		displayName: 'Choices',
		name: 'fieldOptions',
		type: 'fixedCollection',
		placeholder: 'Add choice',
		typeOptions: { multipleValues: true, sortable: true },
		default: { values: [{ option: '' }] },
		required: true,
		displayOptions: { show: { fieldType: ['checkbox', 'dropdown', 'radio'] } },
		options: [
			{
				displayName: 'Values',
				name: 'values',
				values: [{ displayName: 'Choice', name: 'option', type: 'string', default: '' }],
			},
		],
	},
	{
		displayName: 'Placeholder',
		name: 'placeholder',
		type: 'string',
		default: '',
		displayOptions: { show: { fieldType: ['email', 'number', 'text', 'textarea'] } },
		description: 'What the field shows as long as it is empty',
	},
	{
		displayName: 'Default Value',
		name: 'defaultValue',
		type: 'string',
		default: '',
		displayOptions: { hide: { fieldType: ['file'] } },
		description:
			'What is filled in already. A date is written as 2026-12-31; several checkboxes are separated by commas.',
	},
	{
		displayName: 'Multiple Files',
		name: 'multipleFiles',
		type: 'boolean',
		default: true,
		displayOptions: { show: { fieldType: ['file'] } },
		description: 'Whether more than one file can be chosen',
	},
	{
		displayName: 'Accepted File Types',
		name: 'acceptFileTypes',
		type: 'string',
		default: '',
		placeholder: 'e.g. .jpg, .png',
		displayOptions: { show: { fieldType: ['file'] } },
		description: 'Extensions of file names, separated by commas; all when empty',
	},
	{
		displayName: 'Required Field',
		name: 'requiredField',
		type: 'boolean',
		default: false,
		description: 'Whether the form can be sent only with this field filled in',
	},
	{
		displayName: 'Custom Field Name',
		name: 'fieldName',
		type: 'string',
		default: '',
		description: 'The name of the answer in the output, if it is not to be the label',
	},
];

const EXAMPLE = [
	{ fieldLabel: 'Name', requiredField: true },
	{
		fieldLabel: 'Size',
		fieldType: 'dropdown',
		fieldOptions: { values: [{ option: 'Small' }, { option: 'Large' }] },
	},
];

/** How the user defines a form: n8n's own form fields, as far as a phone has use for them. */
export const formDefinitionFields: INodeProperties[] = [
	{
		displayName: 'Define Form',
		name: 'defineForm',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'fields',
		displayOptions: { show: { responseType: ['customForm'] } },
	},
	{
		displayName: 'Form Fields',
		name: 'jsonOutput',
		type: 'json',
		typeOptions: { rows: 5 },
		default: JSON.stringify(EXAMPLE, null, 2),
		hint: 'A list of fields, written as for <a href="https://docs.n8n.io/integrations/builtin/core-nodes/n8n-nodes-base.form/" target="_blank">n8n\'s forms</a>',
		displayOptions: { show: { responseType: ['customForm'], defineForm: ['json'] } },
	},
	{
		displayName: 'Form Elements',
		name: 'formFields',
		type: 'fixedCollection',
		placeholder: 'Add form element',
		typeOptions: { multipleValues: true, sortable: true },
		default: {},
		displayOptions: { show: { responseType: ['customForm'], defineForm: ['fields'] } },
		options: [{ displayName: 'Values', name: 'values', values: FIELD }],
	},
];
