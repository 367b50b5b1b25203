import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { HttpMethod } from './delivery';

/** A text that the answer asks for. Without `to` and `from` it goes back where it came from. */
export interface Reply {
	body: string;
	mediaUrls: string[];
	to?: string;
	from?: string;
	statusCallback?: string;
}

export interface Answer {
	replies: Reply[];
	redirect?: { url: string; method: HttpMethod };
	errorCode?: number;
	/** Twilio notes a warning and carries on; an error makes it turn to the fallback URL. */
	isWarning?: boolean;
}

const PARSE_FAILURE = 12100;
const ROOT_NOT_RESPONSE = 12102;
const SCHEMA_WARNING = 12200;
const INVALID_MESSAGE_BODY = 14103;
const REPLY_LIMIT_EXCEEDED = 14109;
const INVALID_VERB_FOR_SMS = 14110;

const MAX_REPLIES = 10;
const MAX_BODY_LENGTH = 1600;
const MAX_MEDIA = 10;
const VOICE_VERBS = [
	...['Connect', 'Dial', 'Enqueue', 'Gather', 'Hangup', 'Leave', 'Pause', 'Pay', 'Play', 'Prompt'],
	...['Queue', 'Record', 'Refer', 'Reject', 'Say', 'Sms', 'Start', 'Stop'],
];

interface Attributes {
	[name: string]: string | undefined;
}

/** The parser's ordered form: an element is its only key but `:@`, which holds the attributes. */
interface XmlNode {
	[name: string]: XmlNode[] | string | Attributes | undefined;
	':@'?: Attributes;
	'#text'?: string;
}

const parser = new XMLParser({
	preserveOrder: true,
	ignoreAttributes: false,
	ignoreDeclaration: true,
	ignorePiTags: true,
	attributeNamePrefix: '',
	parseTagValue: false,
	parseAttributeValue: false,
	trimValues: false,
	htmlEntities: true,
});

/** Reads a TwiML document the way Twilio reads the answer to an inbound message. */
export function evaluateTwiml(document: string): Answer {
	if (XMLValidator.validate(document) !== true) return failure(PARSE_FAILURE);
	const [root, ...others] = elements(parser.parse(document) as XmlNode[]);
	if (root === undefined || others.length > 0) return failure(PARSE_FAILURE);
	if (nameOf(root) !== 'Response') return failure(ROOT_NOT_RESPONSE);

	const answer: Answer = { replies: [] };
	const warn = (code: number) => Object.assign(answer, { errorCode: code, isWarning: true });
	for (const verb of elements(childrenOf(root))) {
		const attributes = verb[':@'] ?? {};
		if (nameOf(verb) === 'Redirect') {
			answer.redirect = { url: textOf(verb).trim(), method: methodOf(attributes) };
			return answer;
		}
		if (nameOf(verb) !== 'Message') {
			warn(VOICE_VERBS.includes(nameOf(verb)) ? INVALID_VERB_FOR_SMS : SCHEMA_WARNING);
			continue;
		}
		const reply = replyOf(verb);
		if (!isContent(reply)) {
			warn(INVALID_MESSAGE_BODY);
		} else if (answer.replies.length === MAX_REPLIES) {
			warn(REPLY_LIMIT_EXCEEDED);
		} else {
			answer.replies.push(reply);
		}
		// The conversation goes on at the action's URL, so nothing after it is reached.
		if (attributes.action !== undefined) return answer;
	}
	return answer;
}

export function evaluateText(text: string): Answer {
	const reply: Reply = { body: text, mediaUrls: [] };
	return isContent(reply) ? { replies: [reply] } : failure(INVALID_MESSAGE_BODY);
}

export function failure(errorCode: number): Answer {
	return { replies: [], errorCode };
}

function replyOf(verb: XmlNode): Reply {
	const { to, from, action, statusCallback } = verb[':@'] ?? {};
	const parts = elements(childrenOf(verb));
	const bodies = parts.filter((part) => nameOf(part) === 'Body').map(textOf);
	const media = parts.filter((part) => nameOf(part) === 'Media').map((part) => textOf(part).trim());
	return {
		body: bodies.length > 0 || media.length > 0 ? bodies.join('') : textOf(verb),
		mediaUrls: media,
		to,
		from,
		statusCallback: action ?? statusCallback,
	};
}

function isContent({ body, mediaUrls }: Reply): boolean {
	const isEmpty = body.trim() === '' && mediaUrls.length === 0;
	return !isEmpty && body.length <= MAX_BODY_LENGTH && mediaUrls.length <= MAX_MEDIA;
}

function elements(nodes: XmlNode[]): XmlNode[] {
	return nodes.filter((node) => node['#text'] === undefined);
}

function nameOf(node: XmlNode): string {
	return Object.keys(node).find((key) => key !== ':@') ?? '';
}

function childrenOf(node: XmlNode): XmlNode[] {
	return node[nameOf(node)] as XmlNode[];
}

function textOf(node: XmlNode): string {
	return childrenOf(node)
		.map((child) => child['#text'] ?? '')
		.join('');
}

function methodOf({ method }: Attributes): HttpMethod {
	return method?.toUpperCase() === 'GET' ? 'GET' : 'POST';
}
