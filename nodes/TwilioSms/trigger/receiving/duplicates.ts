import type { IWebhookFunctions } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';
import { TakenRequests } from '../../shared/takenRequests';
import type { TriggerEvent } from '../fields';

// Longer than Twilio goes on trying, by far, and some megabytes at most.
const deliveries = new TakenRequests(10 * 60 * 1000, 20_000);

/**
 * Whether this delivery was taken before: Twilio delivers again when an answer was lost, and
 * sometimes without a reason.
 */
export async function isDuplicate(
	n8n: IWebhookFunctions,
	parameters: Parameters,
	event: TriggerEvent,
	form: URLSearchParams,
): Promise<boolean> {
	if (n8n.getMode() === 'manual' || !form.get('MessageSid')) return false;
	if (!parameters.flag('options.ignoreDuplicates', true)) return false;
	return await deliveries.isTaken(deliveryKey(n8n, event, form), n8n);
}

// A message has one inbound event, but a status event for each of its statuses.
function deliveryKey(n8n: IWebhookFunctions, event: TriggerEvent, form: URLSearchParams): string {
	const status = event === 'messageStatus' && form.get('MessageStatus');
	return JSON.stringify([n8n.getWorkflow().id, n8n.getNode().id, form.get('MessageSid'), status]);
}
