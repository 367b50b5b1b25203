import type { INodeOutputConfiguration, INodeParameters, INodeProperties } from 'n8n-workflow';

import type { Condition } from './match';

/** What is compared, by condition: n8n shows the field that fits, and all have one name. */
const VALUES: Array<[condition: Condition, field: Partial<INodeProperties>]> = [
	[
		'keyword',
		{
			displayName: 'Keywords',
			placeholder: 'e.g. order, buy',
			description: 'First words to look for, separated by commas',
		},
	],
	[
		'contains',
		{
			displayName: 'Texts',
			placeholder: 'e.g. invoice, bill',
			description: 'Words or phrases to look for anywhere in the text, separated by commas',
		},
	],
	[
		'startsWith',
		{
			displayName: 'Beginnings',
			placeholder: 'e.g. order now',
			description: 'How the text has to begin; several beginnings are separated by commas',
		},
	],
	[
		'from',
		{
			displayName: 'Phone Numbers',
			placeholder: 'e.g. +14155550123',
			description: 'Senders to look for, with country code, separated by commas',
		},
	],
	[
		'regex',
		{
			displayName: 'Pattern',
			placeholder: 'e.g. order\\s+[0-9]+',
			description:
				'A regular expression. Upper and lower case are the same unless it is written as /pattern/.',
		},
	],
];

function toValueField([condition, field]: (typeof VALUES)[number]): INodeProperties {
	return {
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		displayOptions: { show: { condition: [condition] } },
		...field,
	};
}

/** Sends messages to different branches: each rule is an output with its name. */
export const handlersField: INodeProperties = {
	displayName: 'Handlers',
	name: 'handlers',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add handler',
	default: {},
	displayOptions: { show: { event: ['incomingMessage'] } },
	description:
		'Branches for different messages. A message goes to the first handler that matches, or to "Other".',
	options: [
		{
			displayName: 'Handler',
			name: 'rules',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					required: true,
					placeholder: 'e.g. Order',
					description: 'The name of the output',
				},
				{
					displayName: 'Condition',
					name: 'condition',
					type: 'options',
					options: [
						{
							name: 'Contains',
							value: 'contains',
							description: 'The text has it anywhere, in any case',
						},
						{
							name: 'From',
							value: 'from',
							description: 'A certain phone number sent it',
						},
						{
							name: 'Has Media',
							value: 'hasMedia',
							description: 'There is a picture or another file',
						},
						{
							name: 'Keyword',
							value: 'keyword',
							description: 'The first word of the text, in any case',
						},
						{
							name: 'Matches Pattern',
							value: 'regex',
							description: 'A regular expression matches, in any case',
						},
						{
							name: 'Opt-Out Word',
							value: 'optOut',
							description:
								'A word on which Twilio acts by itself: STOP, HELP, START and others. YES is one of them.',
						},
						{
							name: 'Starts With',
							value: 'startsWith',
							description: 'The text begins with it, in any case',
						},
					],
					default: 'keyword',
				},
				...VALUES.map(toValueField),
				{
					displayName: 'Kind',
					name: 'value',
					type: 'options',
					options: [
						{ name: 'Any', value: '' },
						{ name: 'Asks for Help (HELP, INFO)', value: 'HELP' },
						{ name: 'Opts in Again (START, UNSTOP, YES)', value: 'START' },
						{ name: 'Opts Out (STOP, CANCEL, END, …)', value: 'STOP' },
					],
					default: '',
					displayOptions: { show: { condition: ['optOut'] } },
				},
			],
		},
	],
};

/** What the first handler changes on the canvas. */
export const handlersNotice: INodeProperties = {
	displayName:
		'Each handler is an output of its own. What matches none comes out at "Other": connect that one, too.',
	name: 'handlersNotice',
	type: 'notice',
	default: '',
	displayOptions: {
		show: { event: ['incomingMessage'], '/handlers.rules': [{ _cnd: { exists: true } }] },
	},
};

/**
 * One output for each handler and a last one for all other messages, or just one without
 * handlers. n8n evaluates it as an expression, so it must not use anything from outside.
 */
export const handlerOutputs = (parameters: INodeParameters): INodeOutputConfiguration[] => {
	const handlers = parameters.handlers as { rules?: Array<{ name?: string }> } | undefined;
	const rules = (parameters.event !== 'messageStatus' && handlers?.rules) || [];
	if (!rules.length) return [{ type: 'main' }];
	return [...rules.map(({ name }) => name || 'Handler'), 'Other'].map((displayName) => ({
		type: 'main',
		displayName,
	}));
};
