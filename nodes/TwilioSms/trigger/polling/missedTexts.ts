import type { IPollFunctions } from 'n8n-workflow';

import { toTwilioDate } from '../../shared/dates';
import { asNodeError, isDenied, isTemporary } from '../../twilio/errors';
import { withoutChannel } from '../../twilio/phoneNumber';
import type { TwilioAlert } from '../../twilio/types';
import type { Choice } from '../registration/choice';
import { findTarget } from '../registration/choice';
import { isOverridden, urlIn } from '../registration/target';
import type { Found, FoundText, Look } from './messageLog';
import { incomingMessages, toFoundText } from './messageLog';

// Twilio goes on trying for 15 seconds.
const STILL_TRYING_MS = 30_000;

/** Twilio could not call the webhook. After 12xxx it could, and did not like the answer. */
const NOT_DELIVERED = /^112\d\d$/;

const MESSAGE_SID = /^(?:SM|MM)[\da-f]{32}$/i;

// Triggers, by workflow and node, whose alerts could not be read, so that the log says so once.
const withoutAlerts = new Set<string>();

/** Those of Twilio's alerts that are about texts which could not be delivered. */
interface Alerts {
	/** Whether Twilio gave them, or never will. */
	isComplete: boolean;
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
 * @param since in milliseconds since 1970
 * @see https://www.twilio.com/docs/usage/monitor-alert
 */
export async function missedTexts(look: Look, since: number): Promise<Found> {
	const { ours, others, isComplete } = await readAlerts(look, since);
	const found = new Map<string, FoundText>();
	for (const text of [...ours, ...(await failedInLog(look, since))]) {
		if (!found.has(text.sid) && !others.has(text.sid)) found.set(text.sid, text);
	}
	const latest = Date.now() - STILL_TRYING_MS;
	const texts = [...found.values()].filter(({ time }) => time <= latest);
	return { texts: texts.sort((a, b) => a.time - b.time), isComplete };
}

async function readAlerts(look: Look, since: number): Promise<Alerts> {
	const { n8n, twilio } = look;
	const ours: FoundText[] = [];
	const others = new Set<string>();
	let isComplete = true;
	try {
		const filters = { LogLevel: 'error', StartDate: toTwilioDate(since) } as const;
		for await (const alert of twilio.alerts.list(filters)) {
			if (!isAboutText(alert)) continue;
			if (isOwnUrl(n8n, alert.request_url)) ours.push(toText(look, alert));
			else others.add(String(alert.resource_sid));
		}
	} catch (thrown) {
		const error = asNodeError(n8n.getNode(), thrown);
		isComplete = !isTemporary(error);
		noteWithoutAlerts(n8n, error);
	}
	for (const { sid } of ours) others.delete(sid);
	return { ours: ours.reverse(), others, isComplete };
}

// An API key may not be allowed to read alerts, and services that speak Twilio's API may have none.
function noteWithoutAlerts(n8n: IPollFunctions, error: ReturnType<typeof asNodeError>): void {
	const key = `${n8n.getWorkflow().id} ${n8n.getNode().id}`;
	if (!isTemporary(error)) {
		if (withoutAlerts.has(key)) return;
		withoutAlerts.add(key);
	}
	n8n.logger.warn(
		`Twilio SMS Trigger: Twilio's alerts could not be read, so only its log of messages tells which texts were missed: ${error.message}`,
	);
}

function isAboutText({ error_code: code, resource_sid: sid }: TwilioAlert): boolean {
	return NOT_DELIVERED.test(code ?? '') && MESSAGE_SID.test(sid ?? '');
}

/** The texts with an error, if what the trigger listens to points at it. */
async function failedInLog(look: Look, since: number): Promise<FoundText[]> {
	const { n8n, twilio, choice } = look;
	if (!choice || !(await isPointedHere(look, choice))) return [];
	return (await incomingMessages(twilio, choice, since))
		.filter(({ error_code: code }) => NOT_DELIVERED.test(String(code ?? '')))
		.map((message) => toFoundText(n8n.getNode(), twilio, message));
}

/** Whether the number or service points at the trigger, at whatever address n8n had then. */
async function isPointedHere({ n8n, twilio, parameters }: Look, choice: Choice): Promise<boolean> {
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

function toText(look: Look, alert: TwilioAlert): FoundText {
	const sid = String(alert.resource_sid);
	const form = async () => {
		try {
			const form = await postedForm(look, alert, sid);
			return form && isFor(look, form) ? form : undefined;
		} catch (thrown) {
			const error = asNodeError(look.n8n.getNode(), thrown);
			// Somebody has deleted the message, or the API key may not read it.
			if (isDenied(error)) return undefined;
			throw error;
		}
	};
	return { sid, time: Date.parse(alert.date_generated ?? '') || 0, form };
}

async function postedForm(
	{ n8n, twilio }: Look,
	alert: TwilioAlert,
	messageSid: string,
): Promise<URLSearchParams | undefined> {
	const { request_variables: variables } = await twilio.alerts.fetch(alert.sid);
	const form = new URLSearchParams(variables ?? '');
	if (form.get('MessageSid') === messageSid) return form;
	const message = await twilio.messages.fetch(messageSid);
	return await toFoundText(n8n.getNode(), twilio, message).form();
}

// A copy of this n8n has the same path, and may be published with another number.
function isFor({ choice }: Look, form: URLSearchParams): boolean {
	if (!choice) return true;
	const service = form.get('MessagingServiceSid') ?? choice.identity;
	const number = withoutChannel(form.get('To') ?? '');
	return choice.identity === (choice.kind === 'phoneNumber' ? number : service);
}
