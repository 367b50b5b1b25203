import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { cronNodeOptions } from 'n8n-workflow';

import { messagingServiceLocator, phoneNumberLocator, simplifyField } from '../shared/fields';
import { handlersField, handlersNotice } from './handlers/fields';

/** What starts the workflow. */
export type TriggerEvent = 'incomingMessage' | 'messageStatus';

const numberOptions = [
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
];

const messagingServiceOption = {
	name: 'Messaging Service',
	value: 'messagingService',
	description: 'A Messaging Service with all its numbers',
};

const manualOption = {
	name: 'Set Up by Hand',
	value: 'manual',
	description: 'Change nothing at Twilio; you enter the webhook address there yourself',
};

const webhookOnly = { receiveBy: ['webhook'] };

const pollTimes: INodeProperties = {
	displayName: 'Poll Times',
	name: 'pollTimes',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add poll time' },
	default: { item: [{ mode: 'everyMinute' }] },
	description: 'When to ask Twilio for new texts',
	placeholder: 'Add poll time',
	options: cronNodeOptions,
	displayOptions: { show: { event: ['incomingMessage'], receiveBy: ['polling'] } },
};

/** n8n polls every node that can, so it has to know when, whether the user polls or not. */
const hiddenPollTimes: INodeProperties = {
	...pollTimes,
	type: 'hidden',
	default: { item: [{ mode: 'everyX', value: 5, unit: 'minutes' }] },
};

/** The fields of the trigger, in the order of the editor. */
export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Incoming Message',
				value: 'incomingMessage',
				description: 'A text, picture or WhatsApp message arrives',
				action: 'On incoming message',
			},
			{
				name: 'Message Status',
				value: 'messageStatus',
				description: 'A message that was sent is delivered, fails or is read',
				action: 'On message status update',
			},
		],
		default: 'incomingMessage',
	},
	{
		displayName: 'Receive By',
		name: 'receiveBy',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { event: ['incomingMessage'] } },
		options: [
			{
				name: 'Polling',
				value: 'polling',
				description:
					'Without a public address: n8n asks Twilio for new texts every minute, and changes nothing there',
			},
			{
				name: 'Webhook',
				value: 'webhook',
				description: 'Twilio calls n8n as soon as a text arrives, at its public address',
			},
		],
		default: 'webhook',
	},
	pollTimes,
	{ ...hiddenPollTimes, displayOptions: { show: { event: ['incomingMessage'], ...webhookOnly } } },
	{ ...hiddenPollTimes, displayOptions: { show: { event: ['messageStatus'] } } },
	{
		displayName: 'Listen On',
		name: 'listenOn',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { event: ['incomingMessage'], ...webhookOnly } },
		options: [...numberOptions, messagingServiceOption, manualOption],
		default: 'credential',
	},
	{
		displayName: 'Listen On',
		name: 'listenOn',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { event: ['incomingMessage'], receiveBy: ['polling'] } },
		options: [...numberOptions, messagingServiceOption],
		default: 'credential',
	},
	{
		displayName: 'Listen On',
		name: 'listenOn',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { event: ['messageStatus'] } },
		options: [messagingServiceOption, manualOption],
		default: 'messagingService',
	},
	{
		...phoneNumberLocator,
		required: true,
		displayOptions: { show: { event: ['incomingMessage'], listenOn: ['number'] } },
		description: 'The number of your Twilio account whose incoming texts start the workflow',
	},
	{
		...messagingServiceLocator,
		required: true,
		displayOptions: { show: { listenOn: ['messagingService'] } },
	},
	{
		displayName:
			'Nothing is changed at Twilio. Publish this workflow, open "Webhook URLs" above and copy the Production URL. Then, in the Twilio Console > Phone Numbers > Active Numbers, open your number and paste it under "A message comes in" (Webhook, HTTP POST). To undo it, remove it there. For a test in this editor, paste the Test URL instead.',
		name: 'manualMessageNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: { event: ['incomingMessage'], ...webhookOnly, listenOn: ['manual'] },
		},
	},
	{
		displayName:
			'Nothing is changed at Twilio. Publish this workflow, open "Webhook URLs" above and copy the Production URL. Then paste it into the option "Status Callback URL" of the Twilio SMS node that sends. To undo it, remove it there. For a test in this editor, paste the Test URL instead.',
		name: 'manualStatusNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { event: ['messageStatus'], listenOn: ['manual'] } },
	},
	{
		displayName:
			"Publishing sends this number's incoming texts here. Voice calls stay as they are. Unpublishing puts the number back as it was.",
		name: 'numberNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: { event: ['incomingMessage'], ...webhookOnly, listenOn: ['credential', 'number'] },
		},
	},
	{
		displayName:
			'Publishing sends the texts to all numbers of this service here. Unpublishing puts the service back as it was.',
		name: 'serviceNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: { event: ['incomingMessage'], ...webhookOnly, listenOn: ['messagingService'] },
		},
	},
	{
		displayName:
			"Publishing sends the status updates of this service's messages here. Unpublishing puts the service back as it was.",
		name: 'statusNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { event: ['messageStatus'], listenOn: ['messagingService'] } },
	},
	{
		displayName:
			'n8n asks Twilio for new texts, and nothing is changed there. Texts that came while n8n was off start the workflow when it is back, up to a day later. A test in this editor gets the last text.',
		name: 'pollingNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { event: ['incomingMessage'], receiveBy: ['polling'] } },
	},
	{
		displayName: 'If the Number or Service Is in Use',
		name: 'onExistingWebhook',
		type: 'options',
		noDataExpression: true,
		displayOptions: { hide: { listenOn: ['manual'], receiveBy: ['polling'] } },
		options: [
			{
				name: 'Refuse',
				value: 'refuse',
				description: 'Leave it as it is and say what uses it',
			},
			{
				name: 'Replace',
				value: 'replace',
				description: 'Take it over, and put it back when you unpublish the workflow',
			},
		],
		default: 'refuse',
		description:
			'What to do when the number or service already sends its texts to something else. It can have one webhook only.',
	},
	{
		displayName: 'Reply',
		name: 'respond',
		type: 'options',
		displayOptions: { show: { event: ['incomingMessage'], ...webhookOnly } },
		options: [
			{
				name: 'No Reply',
				value: 'noReply',
				description: 'Text nothing back; a later node can',
			},
			{
				name: 'Text',
				value: 'text',
				description: 'Text something back at once',
			},
		],
		default: 'noReply',
	},
	{
		displayName: 'Reply Text',
		name: 'replyText',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		required: true,
		displayOptions: { show: { event: ['incomingMessage'], respond: ['text'], ...webhookOnly } },
		placeholder: 'e.g. Thank you! You wrote: {{ $json.body.Body }}',
		description:
			'What to text back. In an expression, the fields of Twilio are in "body": Body is the text that came in, From who sent it.',
	},
	simplifyField,
	handlersField,
	handlersNotice,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Catch Up',
				name: 'catchUp',
				type: 'boolean',
				default: true,
				displayOptions: {
					show: { '/event': ['incomingMessage'], '/receiveBy': ['webhook'] },
				},
				description:
					'Whether texts that Twilio could not deliver, for instance while n8n was off, start the workflow when it is back, up to a day later. They are marked with "caughtUp". n8n asks Twilio for them at its start and every five minutes.',
			},
			{
				displayName: 'Download Media',
				name: 'downloadMedia',
				type: 'boolean',
				default: false,
				displayOptions: { show: { '/event': ['incomingMessage'] } },
				description:
					'Whether to download pictures and other files of a message and put them out as binary data (media_0, media_1, …)',
			},
			{
				displayName: 'Ignore Duplicates',
				name: 'ignoreDuplicates',
				type: 'boolean',
				default: true,
				displayOptions: { hide: { '/receiveBy': ['polling'] } },
				description:
					'Whether to start the workflow once only when Twilio delivers the same message again within ten minutes',
			},
			{
				displayName: 'Pass On Answers',
				name: 'passOnAnswers',
				type: 'boolean',
				default: true,
				displayOptions: { show: { '/event': ['incomingMessage'] } },
				description:
					'Whether a text that answers a question of "Send and Wait" goes there instead of starting this workflow. To find out, n8n asks Twilio once for each text. Switch it off if nobody answers questions by text.',
			},
			{
				displayName: 'Public URL',
				name: 'publicUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://n8n.example.com',
				displayOptions: { hide: { '/receiveBy': ['polling'] } },
				description:
					'The address at which the internet reaches this n8n, when it is not the one n8n knows itself by (WEBHOOK_URL), for instance that of a tunnel',
			},
			{
				displayName: 'Retry Delivery',
				name: 'retryDelivery',
				type: 'boolean',
				default: true,
				displayOptions: { hide: { '/listenOn': ['manual'], '/receiveBy': ['polling'] } },
				description:
					'Whether Twilio is to try again, up to three times within 15 seconds, when n8n does not answer, for instance while it restarts',
			},
		],
	},
];

const EXECUTIONS =
	'Those executions show up in the <a data-key="executions">executions list</a>, but not in the editor.';

const WHILE_BUILDING =
	"<b>While building your workflow</b>, click 'execute step', then text your Twilio number, or send a message if you wait for its status. What arrives shows up in this editor. If you receive by polling, text first and click then: the test gets the last text.";

/** What the editor says beside the trigger before there is an event. */
export const triggerPanel: INodeTypeDescription['triggerPanel'] = {
	header: 'Receive texts and statuses from Twilio',
	executionsHelp: {
		inactive: `${WHILE_BUILDING}<br /><br /><b>Once you're happy with your workflow</b>, publish it. Then each text or status starts it. ${EXECUTIONS}`,
		active: `${WHILE_BUILDING}<br /><br /><b>Your workflow also runs by itself</b>, since it is published. ${EXECUTIONS}`,
	},
	activationHint: {
		inactive: 'Once the workflow is published, each text or status starts it.',
		active:
			'The published workflow keeps running. A test by webhook borrows the number or service for the next text, and then gives it back.',
	},
};
