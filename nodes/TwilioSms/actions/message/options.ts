import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';
import { inputError } from '../../twilio/errors';
import type { Channel } from '../../twilio/phoneNumber';
import { channelOf, readSender } from '../../twilio/phoneNumber';
import type { MessageParameters } from '../../twilio/types';
import type { OperationInput } from '../operation';
import { responseFormOptions } from '../sendAndWait/fields';
import { textReplyOptions } from '../sendAndWait/textReply';
import { limitWaitTimeOption } from '../sendAndWait/waitUntil';
import { attachmentsField, attachmentUrls } from './attachments';
import { inAscii, mediaUrls } from './content';
import { schedule } from './schedule';
import type { Sender } from './sender';

/** An option of a message, and the parameter of Twilio's that it sets as it is. */
interface MessageOption {
	field: INodeProperties;
	parameter?: PlainParameter;
}

type PlainParameter =
	| 'AddressRetention'
	| 'ContentRetention'
	| 'ProvideFeedback'
	| 'RiskCheck'
	| 'SendAsMms'
	| 'ShortenUrls'
	| 'SmartEncoded'
	| 'StatusCallback'
	| 'ValidityPeriod';

const DEFAULT_AT_ONCE = 20;
const MOST_AT_ONCE = 50;

const BUSY_TIMEOUT_SECONDS = 120;

/** Options of every message that is written here. */
const COMMON: MessageOption[] = [
	{
		parameter: 'AddressRetention',
		field: {
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
	},
	{
		parameter: 'ContentRetention',
		field: {
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
	},
	{
		field: {
			displayName: 'Busy Timeout (Seconds)',
			name: 'busyTimeout',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 3600 },
			default: BUSY_TIMEOUT_SECONDS,
			description:
				'How long to go on trying when Twilio says that there are too many requests at once. Nothing is sent twice.',
		},
	},
	{ field: attachmentsField },
	{
		field: {
			displayName: 'Media URLs',
			name: 'mediaUrls',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add URL' },
			default: [],
			placeholder: 'e.g. https://example.com/menu.jpg',
			description:
				'Public addresses of up to 10 pictures or other files to send along, as MMS or WhatsApp media',
		},
	},
	{
		field: {
			displayName: 'Messages at Once',
			name: 'parallel',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MOST_AT_ONCE },
			default: DEFAULT_AT_ONCE,
			description:
				'How many messages to hand to Twilio at the same time when there are many. The node slows down by itself when Twilio asks it to, and keeps the order of messages to the same person.',
		},
	},
	{
		field: {
			displayName: 'Persistent Actions',
			name: 'persistentAction',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add action' },
			default: [],
			placeholder: 'e.g. geo:37.787890,-122.391664|375 Beale St',
			description: 'Rich actions of channels other than SMS, such as a location on WhatsApp',
		},
	},
	{
		parameter: 'ProvideFeedback',
		field: {
			displayName: 'Provide Feedback',
			name: 'provideFeedback',
			type: 'boolean',
			default: true,
			description:
				'Whether you are going to tell Twilio, with the operation Send Feedback, that the recipient acted on the message',
		},
	},
	{
		parameter: 'RiskCheck',
		field: {
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
	},
	{
		parameter: 'SendAsMms',
		field: {
			displayName: 'Send as MMS',
			name: 'sendAsMms',
			type: 'boolean',
			default: true,
			description: 'Whether to send one MMS even without media, instead of several SMS',
		},
	},
	{
		parameter: 'SmartEncoded',
		field: {
			displayName: 'Smart Encoding',
			name: 'smartEncoded',
			type: 'boolean',
			default: true,
			description:
				'Whether to replace typographic characters, such as curly quotes, by plain ones that make the message shorter',
		},
	},
	{
		parameter: 'StatusCallback',
		field: {
			displayName: 'Status Callback URL',
			name: 'statusCallback',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/...',
			description:
				'The address to which Twilio reports what becomes of the message, such as the URL of a Twilio SMS Trigger for message statuses',
		},
	},
	{
		parameter: 'ValidityPeriod',
		field: {
			displayName: 'Validity Period (Seconds)',
			name: 'validityPeriod',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 36000 },
			default: 3600,
			description:
				'How long the message may wait at Twilio before it is dropped as too late, at most 36,000 seconds (10 hours)',
		},
	},
];

/** Options of messages for which a sender is chosen. */
const SENDER: MessageOption[] = [
	{
		field: {
			displayName: 'Fallback Sender',
			name: 'fallbackFrom',
			type: 'string',
			default: '',
			placeholder: 'e.g. +14155550100',
			displayOptions: { show: { '/fromType': ['messagingService'] } },
			description:
				'The number to send an SMS from when the recipient cannot get the RCS message of the Messaging Service',
		},
	},
	{
		field: {
			displayName: 'Send At',
			name: 'sendAt',
			type: 'dateTime',
			default: '',
			description:
				'When Twilio is to send the message: more than 5 minutes and at most 35 days from now. Only with a Messaging Service as the sender.',
		},
	},
	{
		field: {
			displayName: 'Sender in Service',
			name: 'senderInService',
			type: 'string',
			default: '',
			placeholder: 'e.g. +14155550100',
			displayOptions: { show: { '/fromType': ['messagingService'] } },
			description:
				'The number, short code or sender ID of the Messaging Service that sends the message, in place of one that Twilio picks',
		},
	},
	{
		parameter: 'ShortenUrls',
		field: {
			displayName: 'Shorten URLs',
			name: 'shortenUrls',
			type: 'boolean',
			default: true,
			displayOptions: { show: { '/fromType': ['messagingService'] } },
			description:
				'Whether to shorten the links in the text, if Link Shortening is set up for the Messaging Service',
		},
	},
];

export const replyOptions = collection(fieldsOf(COMMON));

export const sendOptions = collection(fieldsOf([...COMMON, ...SENDER]).map(hiddenForTemplates));

// Only one message goes out, at once, and the waiting has a callback of its own.
const NOT_WHEN_WAITING = ['parallel', 'provideFeedback', 'sendAt', 'statusCallback'];

export const waitingOptions = collection([
	...fieldsOf([...COMMON, ...SENDER]).filter(({ name }) => !NOT_WHEN_WAITING.includes(name)),
	...responseFormOptions,
	limitWaitTimeOption,
	...textReplyOptions,
]);

function fieldsOf(options: MessageOption[]): INodeProperties[] {
	return options.map(({ field }) => field);
}

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
	if (!['binaryProperties', 'mediaUrls'].includes(option.name)) return option;
	return { ...option, displayOptions: { show: { '/messageType': ['text'] } } };
}

/** How many milliseconds to wait, for the node as a whole, when Twilio takes no more requests. */
export function busyTimeoutMs(n8n: IExecuteFunctions): number {
	const entered = Number(n8n.getNodeParameter('options.busyTimeout', 0, BUSY_TIMEOUT_SECONDS));
	return 1000 * (entered >= 0 ? entered : BUSY_TIMEOUT_SECONDS);
}

/** How many messages to have under way, for the node as a whole. */
export function messagesAtOnce(n8n: IExecuteFunctions): number {
	const entered = Number(n8n.getNodeParameter('options.parallel', 0, DEFAULT_AT_ONCE));
	if (!Number.isFinite(entered)) return DEFAULT_AT_ONCE;
	return Math.min(MOST_AT_ONCE, Math.max(1, Math.floor(entered)));
}

/**
 * Twilio's parameters for what is chosen in "Options".
 *
 * @throws NodeOperationError when something cannot be right
 */
export async function optionParameters(
	input: OperationInput,
	sender: Sender & Pick<MessageParameters, 'To'>,
): Promise<Partial<MessageParameters>> {
	const { n8n, twilio, parameters } = input;
	const options = parameters.collection('options');
	const { phoneNumber } = await twilio.credential();
	const plain: Partial<Record<PlainParameter, string>> = {};
	for (const { field, parameter } of [...COMMON, ...SENDER]) {
		if (parameter)
			plain[parameter] = options.text(field.name, field.displayName).trim() || undefined;
	}
	return {
		...plain,
		StatusCallback: plain.StatusCallback && inAscii(plain.StatusCallback),
		MediaUrl: mediaUrls(options, await attachmentUrls(input, options, sender.To)),
		PersistentAction: options.texts('persistentAction', 'Persistent Actions'),
		FallbackFrom: await typedSender(options, FALLBACK, 'sms', phoneNumber),
		...(await pinnedSender(options, sender, phoneNumber)),
		...schedule(options, sender, n8n.getTimezone()),
	};
}

async function pinnedSender(
	options: Parameters,
	{ MessagingServiceSid, To }: Sender & Pick<MessageParameters, 'To'>,
	reference: string,
): Promise<Pick<MessageParameters, 'From'>> {
	if (!MessagingServiceSid) return {};
	const channel = channelOf(To) === 'whatsapp' ? 'whatsapp' : 'sms';
	const From = await typedSender(options, PINNED, channel, reference);
	return From ? { From } : {};
}

const FALLBACK = {
	name: 'fallbackFrom',
	label: 'Fallback Sender',
	wanted: 'a phone number in international form (+, country code, number) or a short code',
};
const PINNED = {
	name: 'senderInService',
	label: 'Sender in Service',
	wanted: `${FALLBACK.wanted} of the Messaging Service, or a sender ID`,
};

async function typedSender(
	options: Parameters,
	{ name, label, wanted }: typeof FALLBACK,
	channel: Channel,
	reference: string,
): Promise<string | undefined> {
	const typed = options.text(name, label).trim();
	if (!typed) return undefined;
	const { address, problem } = await readSender(typed, channel, reference);
	if (address) return address;
	throw inputError(options.node, `"${typed}" ${problem} (option "${label}")`, `Enter ${wanted}.`);
}
