import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { signedForm } from '../../shared/signedForm';
import { toDelivery } from './delivery';
import { isRoundOpen, roundOf } from './round';

/**
 * Goes on with the workflow when Twilio reports the end of the message; Twilio reports what comes
 * before as well, more than once and in any order, and in a loop on earlier messages.
 */
export async function takeDeliveryReport(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const url = this.getSignedResumeUrl(roundOf.call(this));
	const { parameters, rejected } = await signedForm.call(this, url);
	if (!parameters) return reject.call(this, rejected);
	const twilio = new Map(parameters);
	const errorCode = twilio.get('ErrorCode');
	const delivery = toDelivery(
		twilio.get('MessageSid') ?? '',
		twilio.get('MessageStatus') ?? '',
		errorCode ? Number(errorCode) : null,
	);
	this.getResponseObject().status(200).type('text/xml');
	if (!delivery || !isRoundOpen.call(this)) return { webhookResponse: '<Response/>' };
	const data = { ...delivery, respondedAt: new Date().toISOString() };
	// n8n answers when it has stored that the workflow goes on.
	return { webhookResponse: '<Response/>', workflowData: [[{ json: { data } }]] };
}

function reject(this: IWebhookFunctions, reason: string): IWebhookResponseData {
	this.logger.warn(`Twilio SMS: a delivery report was rejected because ${reason}`);
	this.getResponseObject().status(403).type('text/plain').send('Not signed by Twilio');
	return { noWebhookResponse: true };
}
