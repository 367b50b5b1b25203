import type { INodeParameters, INodeProperties, NodeHint } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';
import { inputError } from '../../twilio/errors';
import type { MessageParameters } from '../../twilio/types';

/** Twilio's parameters that say what a message holds, media aside. */
export type Content = Pick<MessageParameters, 'Body' | 'ContentSid' | 'ContentVariables'>;

export const messageField: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. Your table is ready.',
	description:
		'The text to send, at most 1,600 characters. Longer than 160 (or 70 with emoji or letters outside of the SMS alphabet, such as á, ł or curly quotes), it counts and costs as several messages.',
};

/**
 * Whether a text goes out as several messages. n8n evaluates it as an expression, so it must not use
 * anything from outside.
 *
 * @see https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding
 */
const takesSeveral = ({ operation, messageType, message }: INodeParameters): boolean => {
	if (operation === 'sendAndWait' || messageType === 'template') return false;
	// The Greek letters and € by number: V8 keeps a whole file with two bytes for each letter if one of
	// them is not in Latin-1.
	const isPlain =
		/^[\n\r -_a-~£¥èéùìòÇØøÅå\u0394\u03a6\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039eÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\u20ac]*$/.test(
			String(message),
		);
	if (typeof message !== 'string') return false;
	if (!isPlain) return message.length > 70;
	// Those of the alphabet's extension count twice.
	return message.replace(/[\^{}\\[~\]|\u20ac]/g, '$&$&').length > 160;
};

/** What the editor says beside the output before there is one. */
export const lengthHints: NodeHint[] = [
	{
		message:
			'This text is longer than one SMS (160 characters, or 70 with emoji or letters outside of the SMS alphabet). It counts and costs as several.',
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'beforeExecution',
		displayCondition: `={{ (${takesSeveral.toString()})($parameter) }}`,
	},
];

/** What the message holds. */
export const contentFields: INodeProperties[] = [
	{
		displayName: 'Message Type',
		name: 'messageType',
		type: 'options',
		options: [
			{
				name: 'Content Template',
				value: 'template',
				description:
					'A template made in Twilio, as WhatsApp demands to begin a conversation with somebody',
			},
			{
				name: 'Text',
				value: 'text',
				description: 'A text of your own, with pictures if you like',
			},
		],
		default: 'text',
	},
	{
		...messageField,
		displayOptions: { show: { messageType: ['text'] } },
	},
	{
		displayName: 'Content Template',
		name: 'contentSid',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions: { show: { messageType: ['template'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a content template...',
				typeOptions: { searchListMethod: 'searchContents', searchable: true },
			},
			{
				displayName: 'SID',
				name: 'sid',
				type: 'string',
				placeholder: 'e.g. HXxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
			},
		],
		description:
			'One of the templates in the Twilio Console > Messaging > Content Template Builder',
	},
	{
		displayName: 'Content Variables',
		name: 'contentVariables',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"1": "Anna", "2": "7 pm"}',
		displayOptions: { show: { messageType: ['template'] } },
		description: "A JSON object with the values for the template's placeholders",
	},
];

const CONTENT_SID = /^HX[0-9a-f]{32}$/i;

// As many as Twilio takes in one message.
const MOST_FILES = 10;

/** @throws NodeOperationError when it cannot be right */
export function content(parameters: Parameters): Content {
	if (parameters.choice('messageType', 'text') === 'text') return { Body: messageText(parameters) };
	const ContentSid = parameters.locator('contentSid', 'Content Template');
	if (!CONTENT_SID.test(ContentSid)) {
		throw inputError(
			parameters.node,
			ContentSid
				? `"${ContentSid}" is not the SID of a content template`
				: '"Content Template" is empty',
			'Choose a content template from the list, or enter its SID: HX and 32 characters of 0-9 and a-f (Twilio Console > Messaging > Content Template Builder).',
		);
	}
	try {
		const ContentVariables = toContentVariables(parameters.value('contentVariables', '{}'));
		return { ContentSid, ContentVariables };
	} catch (error) {
		throw inputError(
			parameters.node,
			(error as Error).message,
			'Enter a JSON object with a text for each placeholder of the template, for example {"1": "Anna"}. With values from the workflow, use one expression for all of it: {{ { "1": $json.name } }}.',
		);
	}
}

/** The field "Message"; it may stay empty when there are pictures. */
export function messageText(parameters: Parameters): string | undefined {
	const body = parameters.text('message', 'Message');
	return body.trim() ? body : undefined;
}

/** @throws NodeOperationError when the message would hold nothing */
export function requireContent(
	{ node }: Parameters,
	message: Pick<MessageParameters, 'Body' | 'ContentSid' | 'MediaUrl'>,
): void {
	if (message.Body || message.ContentSid || message.MediaUrl?.length) return;
	throw inputError(
		node,
		'The message is empty',
		'Enter the text to send in the field "Message". It may stay empty only when the option "Media URLs" or "Attachment Field Names" has a picture or another file.',
	);
}

/**
 * The option "Media URLs", and the addresses of the files that come from the workflow.
 *
 * @throws NodeOperationError when there are too many, or one of them is no web address
 */
export function mediaUrls(options: Parameters, attachments: string[]): string[] {
	try {
		return toMediaUrls([options.value('mediaUrls'), attachments].flat());
	} catch (error) {
		throw inputError(
			options.node,
			(error as Error).message,
			'Enter addresses that start with https:// (or http://) and can be opened by everybody, one in each field, at most 10 of them.',
		);
	}
}

/**
 * The addresses of the files to send along.
 *
 * @param value a list, or one text with addresses separated by commas, semicolons or line breaks
 * @throws Error when there are too many, or one of them is no web address
 */
export function toMediaUrls(value: unknown): string[] {
	const urls = [value].flat().flatMap(splitUrls);
	const wrong = urls.find((url) => !isWebAddress(url));
	if (wrong !== undefined) throw new Error(`"${wrong}" is not a web address (option "Media URLs")`);
	if (urls.length > MOST_FILES) {
		throw new Error(
			`A message can carry ${MOST_FILES} files at most, and these are ${urls.length}`,
		);
	}
	return urls.map(inAscii);
}

/** An address as Twilio takes it (RFC 3986): `https://café.example/ä` has letters that it refuses. */
export function inAscii(url: string): string {
	return /^[!-~]*$/.test(url) || !URL.canParse(url) ? url : new URL(url).href;
}

// A web address may have a comma or a semicolon in it, so they separate only in front of a space or
// of the next address.
function splitUrls(value: unknown): string[] {
	if (typeof value === 'object' && value !== null) {
		throw new Error('An object is not a web address (option "Media URLs")');
	}
	return String(value ?? '')
		.split(/[,;]*\s+|[,;]+(?=https?:\/\/)|[,;]+$/i)
		.filter(Boolean);
}

function isWebAddress(text: string): boolean {
	return /^https?:\/\/[^/?#]/i.test(text) && URL.canParse(text);
}

/**
 * The values for a template's placeholders as Twilio takes them, a JSON object of texts, or
 * `undefined` when there are none.
 *
 * @param value JSON, or what an expression made of it
 * @throws Error when it is no object, or a value is one that Twilio refuses (error 21656)
 * @see https://www.twilio.com/docs/api/errors/21656
 */
export function toContentVariables(value: unknown): string | undefined {
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	if (parsed === undefined || parsed === null) return undefined;
	if (typeof parsed !== 'object' || Array.isArray(parsed)) {
		throw new Error('"Content Variables" is not a JSON object');
	}
	const entries = Object.entries(parsed).map(([name, one]) => [name, toVariable(name, one)]);
	return entries.length > 0 ? JSON.stringify(Object.fromEntries(entries)) : undefined;
}

function parseJson(text: string): unknown {
	return text.trim()
		? jsonParse(text, { errorMessage: '"Content Variables" is not valid JSON' })
		: undefined;
}

function toVariable(name: string, value: unknown): string {
	const variable = `The content variable "${name}"`;
	if (!['string', 'number', 'boolean'].includes(typeof value)) {
		throw new Error(`${variable} has no text as its value`);
	}
	const text = String(value);
	if (!text.trim()) throw new Error(`${variable} is empty, which Twilio refuses`);
	if (/[\r\n\t]/.test(text)) {
		throw new Error(`${variable} holds a line break or a tab, which Twilio refuses`);
	}
	if (/ {5}/.test(text)) {
		throw new Error(`${variable} holds more than four spaces in a row, which Twilio refuses`);
	}
	return text;
}
