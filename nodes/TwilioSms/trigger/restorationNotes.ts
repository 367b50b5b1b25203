import type { IHookFunctions } from 'n8n-workflow';

import { isFreeUrl } from '../shared/webhookAddress';
import { howToPutBack } from './activationErrors';
import type { Registration } from './registrationStore';
import type { SlotKind } from './webhookSlot';
import { isOverridden, urlIn } from './webhookSlot';
import { isWebhookOn, ownBaseUrls, ownWebhookId, withoutFragment } from './webhookUrl';

/** For the log, when the snapshot was put back. */
export function restoredNote(
	this: IHookFunctions,
	kind: SlotKind,
	{ name, webhookUrl, snapshot }: Registration,
): string {
	const note = `the webhook of ${name} is as it was before`;
	const url = urlIn(kind, snapshot);
	const webhookId = ownWebhookId.call(this);
	const isOfThisN8n = isWebhookOn(ownBaseUrls.call(this, webhookUrl, webhookId), url);
	if (!isOfThisN8n || url.includes(`/${webhookId}/`)) return note;
	// n8n does not tell one workflow whether another is switched on.
	return `${note}, which is another workflow of this n8n: if that is switched off, nothing takes what Twilio sends there`;
}

/** For the log, when somebody else's webhook was left in place. */
export function leftNote(kind: SlotKind, registration: Registration): string {
	const { name, snapshot } = registration;
	const note = `the webhook of ${name} was changed since, so it is left as it is`;
	const isUsed = isOverridden(kind, snapshot) || !isFreeUrl(withoutFragment(urlIn(kind, snapshot)));
	// Whoever changed it knows of this trigger at best, not of what it replaced.
	return isUsed
		? `${note}. To have again what this workflow replaced: ${howToPutBack(kind, registration)}`
		: note;
}
