import type { INodeProperties } from 'n8n-workflow';

/** Picks one of the account's numbers, or takes a typed one. */
export const phoneNumberLocator: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a phone number...',
			typeOptions: { searchListMethod: 'searchPhoneNumbers', searchable: true },
		},
		{
			displayName: 'Number',
			name: 'number',
			type: 'string',
			placeholder: 'e.g. +14155550100',
		},
	],
};

/** Picks one of the account's Messaging Services, or takes a typed SID. */
export const messagingServiceLocator: INodeProperties = {
	displayName: 'Messaging Service',
	name: 'messagingServiceSid',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a Messaging Service...',
			typeOptions: { searchListMethod: 'searchMessagingServices', searchable: true },
		},
		{
			displayName: 'SID',
			name: 'sid',
			type: 'string',
			placeholder: 'e.g. MGxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '^MG[0-9a-fA-F]{32}$',
						errorMessage: 'A Messaging Service SID begins with MG and has 34 characters',
					},
				},
			],
		},
	],
};

/** Chooses between Twilio's own fields and the ones that are easy to work with. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};
