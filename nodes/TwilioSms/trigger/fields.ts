import type { INodeProperties } from 'n8n-workflow';

import { phoneNumberLocator } from '../shared/descriptions';

/** Which number the trigger listens to, and what it may do to it. */
export const triggerFields: INodeProperties[] = [
	{
		displayName:
			'While this workflow is active, texts to the number come here. Switched off, the number is as it was before.',
		name: 'numberNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Listen On',
		name: 'listenOn',
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
		required: true,
		displayOptions: { show: { listenOn: ['number'] } },
		description: 'The number of your Twilio account whose incoming texts start the workflow',
	},
	{
		displayName: 'If the Number Is in Use',
		name: 'onExistingWebhook',
		type: 'options',
		options: [
			{
				name: 'Refuse',
				value: 'refuse',
				description: 'Leave the number as it is and say what uses it',
			},
			{
				name: 'Replace',
				value: 'replace',
				description: 'Take the number over and put it back when the workflow is switched off',
			},
		],
		default: 'refuse',
		description:
			'What to do when texts to the number already go to something else. A number can have one webhook only.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Public URL',
				name: 'publicUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://n8n.example.com',
				description:
					'The address at which the internet reaches this n8n, when it is not the one n8n knows itself by (WEBHOOK_URL), for instance that of a tunnel',
			},
		],
	},
];
