import type { IWebhookFunctions } from 'n8n-workflow';

const NO_REPLY = '<Response/>';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

// XML has no way to write these.
const NOT_IN_XML = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\p{Surrogate}/gu;

/** The answer to Twilio that the parameters ask for. */
export function replyTwiml(this: IWebhookFunctions): string {
	const isText =
		this.getNodeParameter('event') === 'incomingMessage' &&
		this.getNodeParameter('respond') === 'text';
	if (!isText) return NO_REPLY;
	try {
		return toTwiml(String(this.getNodeParameter('replyText') ?? ''));
	} catch (error) {
		// An expression that does not work out must not cost the message.
		this.logger.warn(`Twilio SMS Trigger: no reply was sent: ${(error as Error).message}`);
		return NO_REPLY;
	}
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
