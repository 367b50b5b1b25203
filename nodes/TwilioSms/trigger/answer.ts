import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/**
 * Starts the workflow. n8n sends the answer when it has stored the execution, so that a text
 * Twilio was told of as taken is never lost.
 *
 * @param outputs the items for each of the node's outputs
 */
export function accept(
	this: IWebhookFunctions,
	outputs: INodeExecutionData[][],
	twiml: string,
): IWebhookResponseData {
	// Anything but TwiML is an error to Twilio (12300) or, as plain text, sent back to the sender.
	this.getResponseObject().setHeader('content-type', 'text/xml');
	return { webhookResponse: twiml, workflowData: outputs };
}

/** Answers what was taken before, without a second reply. */
export function acceptDuplicate(this: IWebhookFunctions): IWebhookResponseData {
	this.getResponseObject().status(200).type('text/xml').send('<Response/>');
	return { noWebhookResponse: true };
}

/** Starts nothing. Says no more than it has to, as the caller is a stranger. */
export function refuse(this: IWebhookFunctions): IWebhookResponseData {
	this.getResponseObject().status(403).type('text/plain').send('Not signed by Twilio');
	return { noWebhookResponse: true };
}
