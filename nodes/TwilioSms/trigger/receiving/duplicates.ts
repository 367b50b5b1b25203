import type { IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';
import { TakenRequests } from '../../shared/takenRequests';
import type { TriggerEvent } from '../fields';

// Longer than Twilio goes on trying, by far, and some megabytes at most.
const taken = new TakenRequests(10 * 60 * 1000, 20_000);

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
	// A message has one inbound event, but a status event for each of its statuses.
	const status = event === 'messageStatus' && form.get('MessageStatus');
	return !(await taken.claim(keyOf(n8n, form.get('MessageSid'), status), n8n));
}

/** Whether this process took the message from the webhook within the last minutes. */
export async function wasTaken(n8n: IPollFunctions, messageSid: string): Promise<boolean> {
	return await taken.has(keyOf(n8n, messageSid));
}

/**
 * Notes that the message starts the workflow without the webhook.
 *
 * @returns `false` when it was taken, or is being taken, another way
 */
export function noteTaken(n8n: IPollFunctions, messageSid: string): boolean {
	return taken.add(keyOf(n8n, messageSid));
}

function keyOf(
	n8n: IPollFunctions | IWebhookFunctions,
	messageSid: string | null,
	status: string | false | null = false,
): string {
	return JSON.stringify([n8n.getWorkflow().id, n8n.getNode().id, messageSid, status]);
}
