import type { INodeProperties } from 'n8n-workflow';

import { parallelOption } from '../../shared/parallelOption';
import { responseFormOptions } from '../waiting/waitingFields';
import { limitWaitTimeOption } from '../waiting/waitUntil';

/** Options of every message that is written here. */
const COMMON: INodeProperties[] = [
	{
		displayName: 'Address Retention',
		name: 'addressRetention',
		type: 'options',
		options: [
			{ name: 'Obfuscate', value: 'obfuscate', description: "Hide the recipient's number" },
			{ name: 'Retain', value: 'retain', description: "Keep the recipient's number" },
		],
		default: 'obfuscate',
		description: "What becomes of the recipient's number in Twilio's log",
	},
	{
		displayName: 'Content Retention',
		name: 'contentRetention',
		type: 'options',
		options: [
			{ name: 'Discard', value: 'discard', description: 'Delete the text' },
			{ name: 'Retain', value: 'retain', description: 'Keep the text' },
		],
		default: 'discard',
		description: "What becomes of the text in Twilio's log once the message is sent",
	},
	{
		displayName: 'Media URLs',
		name: 'mediaUrls',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add URL' },
		default: [],
		placeholder: 'e.g. https://example.com/menu.jpg',
		description:
			'Public addresses of up to 10 pictures or other files to send along, as MMS or WhatsApp media',
	},
	parallelOption,
	{
		displayName: 'Persistent Actions',
		name: 'persistentAction',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Action' },
		default: [],
		placeholder: 'e.g. geo:37.787890,-122.391664|375 Beale St',
		description: 'Rich actions of channels other than SMS, such as a location on WhatsApp',
	},
	{
		displayName: 'Provide Feedback',
		name: 'provideFeedback',
		type: 'boolean',
		default: true,
		description:
			'Whether you are going to tell Twilio, by its Feedback API, that the recipient acted on the message',
	},
	{
		displayName: 'Risk Check',
		name: 'riskCheck',
		type: 'options',
		options: [
			{ name: 'Disable', value: 'disable', description: 'Send without the check' },
			{ name: 'Enable', value: 'enable', description: 'Check as set up in the account' },
		],
		default: 'disable',
		description: "Whether Twilio's SMS Pumping Protection looks at this message",
	},
	{
		displayName: 'Send as MMS',
		name: 'sendAsMms',
		type: 'boolean',
		default: true,
		description: 'Whether to send one MMS even without media, instead of several SMS',
	},
	{
		displayName: 'Smart Encoding',
		name: 'smartEncoded',
		type: 'boolean',
		default: true,
		description:
			'Whether to replace typographic characters, such as curly quotes, by plain ones that make the message shorter',
	},
	{
		displayName: 'Status Callback URL',
		name: 'statusCallback',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/...',
		description:
			'The address to which Twilio reports what becomes of the message, such as the URL of a Twilio SMS Trigger for message statuses',
	},
	{
		displayName: 'Validity Period (Seconds)',
		name: 'validityPeriod',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 36000 },
		default: 3600,
		description:
			'How long the message may wait at Twilio before it is dropped as too late, at most 36,000 seconds (10 hours)',
	},
];

/** Options of messages for which a sender is chosen. */
const SENDER: INodeProperties[] = [
	{
		displayName: 'Fallback Sender',
		name: 'fallbackFrom',
		type: 'string',
		default: '',
		placeholder: 'e.g. +14155550100',
		displayOptions: { show: { '/fromType': ['messagingService'] } },
		description:
			'The number to send an SMS from when the recipient cannot get the RCS message of the Messaging Service',
	},
	{
		displayName: 'Send At',
		name: 'sendAt',
		type: 'dateTime',
		default: '',
		description:
			'When Twilio is to send the message: more than 5 minutes and at most 35 days from now. Only with a Messaging Service as the sender.',
	},
	{
		displayName: 'Shorten URLs',
		name: 'shortenUrls',
		type: 'boolean',
		default: true,
		displayOptions: { show: { '/fromType': ['messagingService'] } },
		description:
			'Whether to shorten the links in the text, if Link Shortening is set up for the Messaging Service',
	},
];

export const replyOptions = collection(COMMON);

export const sendOptions = collection([...COMMON.map(hiddenForTemplates), ...SENDER]);

// Only one message goes out, at once, and the waiting has a callback of its own.
const NOT_WHEN_WAITING = ['parallel', 'provideFeedback', 'sendAt', 'statusCallback'];

export const waitingOptions = collection([
	...[...COMMON, ...SENDER].filter(({ name }) => !NOT_WHEN_WAITING.includes(name)),
	...responseFormOptions,
	limitWaitTimeOption,
]);

function collection(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...options].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)),
	};
}

// `localeCompare` would load the collation tables, at every start of n8n.
function sortKey({ displayName }: INodeProperties): string {
	return displayName.toLowerCase();
}

// A content template brings its own media.
function hiddenForTemplates(option: INodeProperties): INodeProperties {
	if (option.name !== 'mediaUrls') return option;
	return { ...option, displayOptions: { show: { '/messageType': ['text'] } } };
}
