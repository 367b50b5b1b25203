import type { IHookFunctions } from 'n8n-workflow';

import { baseUrlsOf, isWebhookOn, ownerOf } from '../../shared/ownership';
import { parametersOfWebhook } from '../../shared/parameters';
import type { TwilioClient } from '../../twilio/client';
import { twilioClient } from '../../twilio/client';
import { isFreeUrl, redactUrl, withoutFragment } from '../../twilio/webhookUrl';
import { readChoice, findTarget } from './choice';
import { howToPutBack, otherAccountError, otherApiError, restoreFailedError } from './errors';
import type { Registration } from './snapshot';
import {
	beforeOurs,
	clearRegistration,
	isTestAddress,
	previousIn,
	readRegistration,
} from './snapshot';
import type { SlotKind, Target } from './target';
import { changesToRestore, changeTarget, isOverridden, readTarget, urlIn } from './target';
import { ownWebhook, ownWebhookId } from './webhookUrl';

/**
 * Puts the number or service back as it was before this trigger was published, unless somebody
 * changed it since. Goes by what was stored and by what the number remembers, whatever the
 * parameters say today.
 *
 * @throws NodeApiError, NodeOperationError that say what remains to be done; n8n then tries again
 */
export async function restore(n8n: IHookFunctions): Promise<void> {
	const twilio = twilioClient(n8n);
	const registration = readRegistration(n8n);
	if (registration) {
		try {
			const outcome = await putBack(n8n, twilio, registration);
			if (outcome) n8n.logger.info(`Twilio SMS Trigger: ${outcome}`);
		} catch (error) {
			throw restoreFailedError(n8n.getNode(), registration, error);
		}
		clearRegistration(n8n);
	}
	await putBackUnstored(n8n, twilio, registration);
}

/** Whether the credential is for another account, or another API, than when this was set. */
export async function isSetElsewhere(
	twilio: TwilioClient,
	{ accountSid, apiOrigin }: Registration,
): Promise<boolean> {
	if ((await twilio.credential()).accountSid !== accountSid) return true;
	return apiOrigin !== undefined && apiOrigin !== redactUrl(await twilio.origin());
}

async function putBack(
	n8n: IHookFunctions,
	twilio: TwilioClient,
	registration: Registration,
): Promise<string | undefined> {
	const { kind, sid, name } = registration;
	if (kind === 'manual') return undefined;
	const { accountSid } = await twilio.credential();
	// Another account does not know the number, which says nothing about the number.
	if (accountSid !== registration.accountSid) {
		throw otherAccountError(n8n.getNode(), registration);
	}
	const target = await readTarget(n8n.getNode(), twilio, { kind, sid });
	if (target && isStillOurs(n8n, target, registration)) {
		const { webhookUrl: url, attemptedUrl: registeredUrl } = registration;
		const snapshot = beforeOurs(target, { baseUrls: [], url, registeredUrl }, registration, false);
		await changeTarget(twilio, target, changesToRestore(snapshot, target));
		return restoredNote(n8n, kind, { ...registration, snapshot });
	}
	// Nor does another region or base URL know what is set at the first.
	if (await isSetElsewhere(twilio, registration)) throw otherApiError(n8n.getNode(), registration);
	if (!target) return `${name} is gone, so there is nothing to restore`;
	return leftNote(kind, registration);
}

/**
 * Whether the URL in the slot, or the one that it remembers under a test listen of this trigger, is what
 * this trigger set. A trigger that has replaced this one owns the slot from then on.
 */
function isStillOurs(
	n8n: IHookFunctions,
	{ kind, settings }: Target,
	{ webhookUrl, attemptedUrl: registeredUrl }: Registration,
): boolean {
	const webhookId = ownWebhookId(n8n);
	const baseUrls = baseUrlsOf(n8n, webhookUrl, webhookId);
	const holder = urlIn(kind, settings);
	if (ownerOf(holder, { baseUrls, url: webhookUrl, webhookId, registeredUrl }) !== 'ours') {
		return false;
	}
	return [holder, urlIn(kind, previousIn(holder) ?? {})]
		.map(withoutFragment)
		.some((held) => held === webhookUrl || held === registeredUrl);
}

/**
 * Puts back what n8n has forgotten, or has stored something out of date for: what the parameters
 * choose today, if it points at exactly this trigger and remembers what it is to be put back to.
 */
async function putBackUnstored(
	n8n: IHookFunctions,
	twilio: TwilioClient,
	stored: Registration | undefined,
): Promise<void> {
	try {
		const parameters = parametersOfWebhook(n8n);
		const choice = await readChoice(parameters, twilio);
		if (!choice || isAbout(stored, choice.kind, choice.identity)) return;
		const own = await ownWebhook(n8n, twilio);
		const target = await findTarget(parameters, twilio, choice);
		if (!target || isOverridden(target.kind, target.settings)) return;
		const url = urlIn(target.kind, target.settings);
		if (withoutFragment(url) !== own.url || !previousIn(url)) return;
		// Nothing but the address tells whether this is the end of a test listen.
		const snapshot = beforeOurs(target, own, undefined, isTestAddress(own.url));
		await changeTarget(twilio, target, changesToRestore(snapshot, target));
		n8n.logger.info(`Twilio SMS Trigger: the webhook of ${target.name} is as it was before`);
	} catch (error) {
		// Nothing is known to be left behind: this also runs after a publication that failed.
		n8n.logger.debug(`Twilio SMS Trigger: nothing was put back: ${(error as Error).message}`);
	}
}

function isAbout(stored: Registration | undefined, kind: SlotKind, identity: string): boolean {
	return stored?.kind === kind && [stored.name, stored.sid].includes(identity);
}

/** For the log, when the snapshot was put back. */
function restoredNote(
	n8n: IHookFunctions,
	kind: SlotKind,
	{ name, webhookUrl, snapshot }: Registration,
): string {
	const note = `the webhook of ${name} is as it was before`;
	const url = urlIn(kind, snapshot);
	const webhookId = ownWebhookId(n8n);
	const isOfThisN8n = isWebhookOn(baseUrlsOf(n8n, webhookUrl, webhookId), url);
	if (!isOfThisN8n || url.includes(`/${webhookId}/`)) return note;
	// n8n does not tell one workflow whether another is published.
	return `${note}, which is another workflow of this n8n: if that is not published, nothing takes what Twilio sends there`;
}

/** For the log, when somebody else's webhook was left in place. */
function leftNote(kind: SlotKind, registration: Registration): string {
	const { name, snapshot } = registration;
	const note = `the webhook of ${name} was changed since, so it is left as it is`;
	const isUsed = isOverridden(kind, snapshot) || !isFreeUrl(withoutFragment(urlIn(kind, snapshot)));
	// The person who changed it cannot know what this trigger had replaced.
	return isUsed
		? `${note}. To have again what this workflow replaced: ${howToPutBack(kind, registration)}`
		: note;
}
