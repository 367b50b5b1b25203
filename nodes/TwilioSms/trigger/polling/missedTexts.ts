import type { IPollFunctions } from 'n8n-workflow';

import { toTwilioDate } from '../../shared/dates';
import type { Parameters } from '../../shared/parameters';
import type { TwilioClient } from '../../twilio/client';
import { asNodeError, isNotFound, isTemporary } from '../../twilio/errors';
import { withoutChannel } from '../../twilio/phoneNumber';
import type { TwilioAlert } from '../../twilio/types';
import type { Choice } from '../registration/choice';
import { findTarget } from '../registration/choice';
import { isOverridden, urlIn } from '../registration/target';
import type { FoundText } from './messageLog';
import { incomingMessages, toFoundText } from './messageLog';

// Twilio goes on trying for 15 seconds.
const STILL_TRYING_MS = 30_000;

/** Twilio could not call the webhook. After 12xxx it could, and did not like the answer. */
const NOT_DELIVERED = /^112\d\d$/;

const MESSAGE_SID = /^(?:SM|MM)[\da-f]{32}$/i;

// Credentials by which Twilio gives no alerts, of which the log tells once.
const withoutAlerts = new Set<string>();

/** Those of Twilio's alerts that are about texts which could not be delivered. */
interface Alerts {
	/** To this trigger, the oldest first. */
	ours: FoundText[];
	/** To other addresses, by the message's SID. */
	others: Set<string>;
}

/**
 * The texts that Twilio could not deliver to this trigger, the oldest first. Twilio's alerts have
 * what was posted and where; its log of messages tells of those of which there is no alert (yet), but
 * not whose webhook failed.
 *
 * @param choice what the trigger listens to, if the API can tell
 * @param since in milliseconds since 1970
 * @see https://www.twilio.com/docs/usage/monitor-alert
 */
export async function missedTexts(
	n8n: IPollFunctions,
	twilio: TwilioClient,
	parameters: Parameters,
	choice: Choice | undefined,
	since: number,
): Promise<FoundText[]> {
	const found = new Map<string, FoundText>();
	const { ours, others } = await readAlerts(n8n, twilio, choice, since);
	for (const text of ours) {
		if (!found.has(text.sid)) found.set(text.sid, text);
	}
	const isOurs = choice && (await isPointedHere(n8n, twilio, parameters, choice));
	for (const message of isOurs ? await incomingMessages(twilio, choice, since) : []) {
		const isMissed = NOT_DELIVERED.test(String(message.error_code ?? ''));
		if (isMissed && !found.has(message.sid) && !others.has(message.sid)) {
			found.set(message.sid, toFoundText(n8n.getNode(), twilio, message));
		}
	}
	const latest = Date.now() - STILL_TRYING_MS;
	return [...found.values()].filter(({ time }) => time <= latest).sort((a, b) => a.time - b.time);
}

async function readAlerts(
	n8n: IPollFunctions,
	twilio: TwilioClient,
	choice: Choice | undefined,
	since: number,
): Promise<Alerts> {
	const ours: FoundText[] = [];
	const others = new Set<string>();
	try {
		const filters = { LogLevel: 'error', StartDate: toTwilioDate(since) } as const;
		for await (const alert of twilio.alerts.list(filters)) {
			if (!isAboutText(alert)) continue;
			if (isOwnUrl(n8n, alert.request_url)) ours.push(toText(n8n, twilio, alert, choice));
			else others.add(String(alert.resource_sid));
		}
	} catch (error) {
		noteWithoutAlerts(n8n, asNodeError(n8n.getNode(), error));
	}
	return { ours: ours.reverse(), others };
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

function isAboutText({ error_code: code, resource_sid: sid }: TwilioAlert): boolean {
	return NOT_DELIVERED.test(code ?? '') && MESSAGE_SID.test(sid ?? '');
}

/** Whether what the trigger listens to points at it, at whatever address n8n had then. */
async function isPointedHere(
	n8n: IPollFunctions,
	twilio: TwilioClient,
	parameters: Parameters,
	choice: Choice,
): Promise<boolean> {
	const target = await findTarget(parameters, twilio, choice);
	if (!target || isOverridden(target.kind, target.settings)) return false;
	return isOwnUrl(n8n, urlIn(target.kind, target.settings));
}

function isOwnUrl(n8n: IPollFunctions, url: string | null): boolean {
	const { webhookId } = n8n.getNode();
	const path = (url ?? '').replace(/[?#].*$/s, '');
	// That of a test in the editor as well, to which the published workflow lends the number.
	return webhookId !== undefined && path.endsWith(`/${webhookId}/webhook`);
}

// A copy of this n8n has the same path, and may be published with another number.
function isFor({ kind, identity }: Choice, form: URLSearchParams): boolean {
	const service = form.get('MessagingServiceSid') ?? identity;
	return kind === 'phoneNumber'
		? withoutChannel(form.get('To') ?? '') === identity
		: service === identity;
}

function toText(
	n8n: IPollFunctions,
	twilio: TwilioClient,
	alert: TwilioAlert,
	choice: Choice | undefined,
): FoundText {
	const posted = async () => {
		const { request_variables: variables } = await twilio.alerts.fetch(alert.sid);
		const form = new URLSearchParams(variables ?? '');
		if (form.get('MessageSid') === alert.resource_sid) return form;
		const message = await twilio.messages.fetch(String(alert.resource_sid));
		return await toFoundText(n8n.getNode(), twilio, message).form();
	};
	return {
		sid: String(alert.resource_sid),
		time: Date.parse(alert.date_generated ?? '') || 0,
		async form() {
			try {
				const form = await posted();
				return form && (!choice || isFor(choice, form)) ? form : undefined;
			} catch (thrown) {
				const error = asNodeError(n8n.getNode(), thrown);
				// Somebody has deleted the message.
				if (isNotFound(error)) return undefined;
				throw error;
			}
		},
	};
}
