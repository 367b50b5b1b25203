import type { IPollFunctions } from 'n8n-workflow';

import { toTwilioDate } from '../../shared/dates';
import type { TwilioClient } from '../../twilio/client';
import { asNodeError, isTemporary } from '../../twilio/errors';
import type { TwilioAlert } from '../../twilio/types';
import type { Choice } from '../registration/choice';
import type { FoundText } from './messageLog';
import { incomingMessages, toFoundText } from './messageLog';

// Twilio goes on trying for 15 seconds.
const STILL_TRYING_MS = 30_000;

/** Twilio could not call the webhook. After 12xxx it could, and did not like the answer. */
const NOT_DELIVERED = /^112\d\d$/;

const MESSAGE_SID = /^(?:SM|MM)[\da-f]{32}$/i;

// Credentials by which Twilio gives no alerts, of which the log tells once.
const withoutAlerts = new Set<string>();

/**
 * The texts that Twilio could not deliver to this trigger, the oldest first. Twilio's alerts have
 * what was posted; its log of messages tells of those of which there is no alert (yet).
 *
 * @param choice what the trigger listens to, if the API can tell
 * @param since in milliseconds since 1970
 * @see https://www.twilio.com/docs/usage/monitor-alert
 */
export async function missedTexts(
	n8n: IPollFunctions,
	twilio: TwilioClient,
	choice: Choice | undefined,
	since: number,
): Promise<FoundText[]> {
	const found = new Map<string, FoundText>();
	for (const text of await ofAlerts(n8n, twilio, since)) {
		if (!found.has(text.sid)) found.set(text.sid, text);
	}
	for (const message of choice ? await incomingMessages(twilio, choice, since) : []) {
		const isMissed = NOT_DELIVERED.test(String(message.error_code ?? ''));
		if (isMissed && !found.has(message.sid)) {
			found.set(message.sid, toFoundText(twilio, message));
		}
	}
	const latest = Date.now() - STILL_TRYING_MS;
	return [...found.values()].filter(({ time }) => time <= latest).sort((a, b) => a.time - b.time);
}

/** Oldest first. */
async function ofAlerts(
	n8n: IPollFunctions,
	twilio: TwilioClient,
	since: number,
): Promise<FoundText[]> {
	const found: FoundText[] = [];
	try {
		const filters = { LogLevel: 'error', StartDate: toTwilioDate(since) } as const;
		for await (const alert of twilio.alerts.list(filters)) {
			if (isOfThisTrigger(n8n, alert)) found.push(toText(twilio, alert));
		}
	} catch (error) {
		noteWithoutAlerts(n8n, asNodeError(n8n.getNode(), error));
	}
	return found.reverse();
}

// An API key may not be allowed to read alerts, and services that speak Twilio's API may have none.
function noteWithoutAlerts(n8n: IPollFunctions, error: ReturnType<typeof asNodeError>): void {
	const key = `${n8n.getWorkflow().id} ${n8n.getNode().id}`;
	if (!isTemporary(error) && withoutAlerts.has(key)) return;
	if (!isTemporary(error)) withoutAlerts.add(key);
	n8n.logger.warn(
		`Twilio SMS Trigger: Twilio's alerts could not be read, so only its log of messages tells which texts were missed: ${error.message}`,
	);
}

function isOfThisTrigger(n8n: IPollFunctions, alert: TwilioAlert): boolean {
	const { webhookId } = n8n.getNode();
	const path = (alert.request_url ?? '').replace(/[?#].*$/s, '');
	return (
		NOT_DELIVERED.test(alert.error_code ?? '') &&
		MESSAGE_SID.test(alert.resource_sid ?? '') &&
		webhookId !== undefined &&
		path.endsWith(`/${webhookId}/webhook`) &&
		!path.includes('/webhook-test/')
	);
}

function toText(twilio: TwilioClient, alert: TwilioAlert): FoundText {
	return {
		sid: String(alert.resource_sid),
		time: Date.parse(alert.date_generated ?? '') || 0,
		async form() {
			const { request_variables: variables } = await twilio.alerts.fetch(alert.sid);
			const form = new URLSearchParams(variables ?? '');
			if (form.get('MessageSid') === alert.resource_sid) return form;
			const message = await twilio.messages.fetch(String(alert.resource_sid));
			return await toFoundText(twilio, message).form();
		},
	};
}
