import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { cutText, LONGEST_TEXT } from '../../shared/messageLength';
import type { Parameters } from '../../shared/parameters';
import { inputError } from '../../twilio/errors';
import type { InboundMessage } from './item';

/** TwiML that does nothing. */
export const NO_REPLY = '<Response/>';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

// XML has no way to write these.
const NOT_IN_XML = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\p{Surrogate}/gu;

/**
 * Makes sure that a reply without expressions can be sent.
 *
 * @throws NodeOperationError
 */
export function assertReply(n8n: IHookFunctions): void {
	const raw = { rawExpressions: true };
	const text = String(n8n.getNodeParameter('replyText', '', raw) ?? '');
	const isSent = n8n.getNodeParameter('respond', 'noReply', raw) === 'text';
	if (!isSent || text.startsWith('=') || text.length <= LONGEST_TEXT) return;
	throw inputError(
		n8n.getNode(),
		`The reply has ${text.length.toLocaleString('en')} characters, and a text message can have 1,600`,
		'Shorten the field "Reply Text".',
	);
}

/** The answer to Twilio that the parameters ask for. */
export function replyTwiml(
	n8n: IWebhookFunctions,
	parameters: Parameters,
	{ optOut }: Pick<InboundMessage, 'optOut'>,
): string {
	if (parameters.choice('respond', 'noReply') !== 'text') return NO_REPLY;
	// Twilio confirms the word itself, and refuses any other text to this person (error 21610).
	if (optOut === 'STOP') return NO_REPLY;
	const text = replyText(n8n, parameters);
	if (text.length <= LONGEST_TEXT) return toTwiml(text);
	n8n.logger.warn(`Twilio SMS Trigger: a reply of ${text.length} characters was cut to 1,600`);
	return toTwiml(cutText(text, LONGEST_TEXT));
}

function replyText(n8n: IWebhookFunctions, parameters: Parameters): string {
	try {
		const raw = n8n.getNodeParameter('replyText', '', { rawExpressions: true });
		const isRead = typeof raw !== 'string' || !raw.startsWith('=') || seesRequest(n8n);
		return isRead
			? parameters.text('replyText', 'Reply Text')
			: String(n8n.evaluateExpression(withRequest(n8n, raw.slice(1))) ?? '');
	} catch (error) {
		// An expression that does not work out must not cost the message.
		n8n.logger.warn(`Twilio SMS Trigger: no reply was sent: ${(error as Error).message}`);
		return '';
	}
}

// n8n 1.x gives expressions of a webhook no `$json`, where n8n 2.x gives them the request.
function seesRequest(n8n: IWebhookFunctions): boolean {
	try {
		return n8n.evaluateExpression('{{ typeof $json.body }}') === 'object';
	} catch {
		return false;
	}
}

// The text that came in becomes part of an expression, so braces, which could end it, are escaped.
// Within a JSON text everything else is data.
function withRequest(n8n: IWebhookFunctions, expression: string): string {
	const request = { body: n8n.getBodyData(), headers: n8n.getHeaderData() };
	const json = JSON.stringify(JSON.stringify(request)).replace(/[{}]/g, escapeCharacter);
	return expression.replace(/\$json\b/g, () => `(JSON.parse(${json}))`);
}

function escapeCharacter(character: string): string {
	return `\\u00${character.charCodeAt(0).toString(16)}`;
}

/**
 * TwiML that texts something back, or with an empty text does nothing.
 *
 * @see https://www.twilio.com/docs/messaging/twiml
 */
export function toTwiml(text: string): string {
	const escaped = text.replace(NOT_IN_XML, '').replace(/[&<>]/g, (sign) => ESCAPES[sign]);
	return escaped.trim() ? `<Response><Message>${escaped}</Message></Response>` : NO_REPLY;
}
