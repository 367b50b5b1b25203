import type { IWebhookFunctions } from 'n8n-workflow';

import type { FormParameters } from '../shared/signature';

// Longer than Twilio goes on trying, by far.
const REMEMBERED_MS = 10 * 60 * 1000;

// Some megabytes; beyond that the oldest are forgotten first.
const REMEMBERED_AT_MOST = 20_000;

interface Delivery {
	expiresAt: number;
	/** Whether n8n took it, which is known once n8n has answered. */
	isTaken: Promise<boolean>;
}

// In memory only: n8n gives webhooks no store that they share, and saves a workflow's static data
// after the answer.
const deliveries = new Map<string, Delivery>();

/**
 * Whether this delivery was taken before: Twilio delivers again when an answer was lost, and
 * sometimes without a reason. One that arrives while the first is still being taken waits for
 * that, and steps in if n8n fails. Otherwise it counts as taken from now on.
 */
export async function isDuplicate(
	this: IWebhookFunctions,
	parameters: FormParameters,
): Promise<boolean> {
	if (this.getMode() === 'manual') return false;
	if (!this.getNodeParameter('options.ignoreDuplicates', true)) return false;
	if (!new Map(parameters).get('MessageSid')) return false;
	const key = deliveryKey.call(this, parameters);
	for (;;) {
		const earlier = deliveries.get(key);
		if (!earlier || earlier.expiresAt < Date.now()) break;
		if (await earlier.isTaken) return true;
		if (deliveries.get(key) === earlier) deliveries.delete(key);
	}
	forgetOld();
	deliveries.delete(key);
	deliveries.set(key, {
		expiresAt: Date.now() + REMEMBERED_MS,
		isTaken: isAnsweredWell.call(this),
	});
	return false;
}

function deliveryKey(this: IWebhookFunctions, parameters: FormParameters): string {
	const twilio = new Map(parameters);
	// A message has one inbound event, but a status event for each of its statuses.
	const isStatus = this.getNodeParameter('event') === 'messageStatus';
	const event = [twilio.get('MessageSid'), isStatus && twilio.get('MessageStatus')];
	return JSON.stringify([this.getWorkflow().id, this.getNode().id, ...event]);
}

async function isAnsweredWell(this: IWebhookFunctions): Promise<boolean> {
	const response = this.getResponseObject();
	return await new Promise((resolve) => {
		response.once('finish', () => resolve(response.statusCode < 500));
		// Twilio hung up first: n8n is slow, and goes on with what it has.
		response.once('close', () => resolve(true));
	});
}

function forgetOld(): void {
	for (const [key, { expiresAt }] of deliveries) {
		if (expiresAt >= Date.now() && deliveries.size < REMEMBERED_AT_MOST) return;
		deliveries.delete(key);
	}
}
