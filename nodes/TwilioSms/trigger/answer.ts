import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

// Anything but TwiML is an error to Twilio (12300) or, as plain text, sent back to the sender.
const NO_REPLY = '<Response/>';

/**
 * Starts the workflow. n8n sends the answer when it has stored the execution, so that a text
 * Twilio was told of as taken is never lost.
 *
 * @see https://www.twilio.com/docs/messaging/twiml
 */
export function accept(this: IWebhookFunctions, item: IDataObject): IWebhookResponseData {
	this.getResponseObject().setHeader('content-type', 'text/xml');
	return { webhookResponse: NO_REPLY, workflowData: [[{ json: item }]] };
}

/** Starts nothing. Says no more than it has to, as the caller is a stranger. */
export function refuse(this: IWebhookFunctions): IWebhookResponseData {
	this.getResponseObject().status(403).type('text/plain').send('Not signed by Twilio');
	return { noWebhookResponse: true };
}
