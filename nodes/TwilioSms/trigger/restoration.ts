import type { IHookFunctions } from 'n8n-workflow';

import { getCredential } from '../shared/transport';
import { otherAccountError, otherApiError, restoreFailedError } from './activationErrors';
import { credentialOrigin } from './credentialOrigin';
import type { Registration } from './registrationStore';
import { clearRegistration, readRegistration } from './registrationStore';
import { leftNote, restoredNote } from './restorationNotes';
import type { Target } from './target';
import { changeTarget, readTarget } from './target';
import { previousIn } from './webhookFragment';
import { changesToRestore, urlIn } from './webhookSlot';
import { withoutFragment } from './webhookUrl';

/**
 * Puts the number or service back as it was before this trigger was switched on, unless somebody
 * changed it since. Goes by what was stored, whatever the parameters say today; with nothing
 * stored it does nothing.
 *
 * @throws NodeApiError, NodeOperationError that say what remains to be done; n8n then tries again
 */
export async function restore(this: IHookFunctions): Promise<void> {
	const registration = readRegistration.call(this);
	if (!registration) return;
	try {
		const outcome = await putBack.call(this, registration);
		if (outcome) this.logger.info(`Twilio SMS Trigger: ${outcome}`);
	} catch (error) {
		throw restoreFailedError(this.getNode(), registration, error);
	}
	clearRegistration.call(this);
}

/** Whether the credential is for another account, or another API, than when this was set. */
export async function isSetElsewhere(
	this: IHookFunctions,
	{ accountSid, apiOrigin }: Registration,
): Promise<boolean> {
	if ((await getCredential.call(this)).accountSid !== accountSid) return true;
	return apiOrigin !== undefined && apiOrigin !== (await credentialOrigin.call(this));
}

async function putBack(
	this: IHookFunctions,
	registration: Registration,
): Promise<string | undefined> {
	const { kind, sid, name, snapshot } = registration;
	if (kind === 'manual') return undefined;
	const { accountSid } = await getCredential.call(this);
	// Another account does not know the number, which says nothing about the number.
	if (accountSid !== registration.accountSid) throw otherAccountError(this.getNode(), registration);
	const target = await readTarget.call(this, kind, sid);
	if (target && isHeld(target, registration)) {
		await changeTarget.call(this, target, changesToRestore(snapshot, kind, target.settings));
		return restoredNote.call(this, kind, registration);
	}
	// Nor does another region or base URL know what is set at the first.
	if (await isSetElsewhere.call(this, registration)) {
		throw otherApiError(this.getNode(), registration);
	}
	if (!target) return `${name} is gone, so there is nothing to restore`;
	return leftNote(kind, registration);
}

// A test listen that goes on, or that n8n did not live to end, holds the slot for this trigger and
// says so in its URL.
function isHeld({ kind, settings }: Target, { webhookUrl, attemptedUrl }: Registration): boolean {
	const url = urlIn(kind, settings);
	const previous = previousIn(url);
	return [url, previous && urlIn(kind, previous)]
		.map((held) => withoutFragment(held ?? ''))
		.some((held) => held !== '' && (held === webhookUrl || held === attemptedUrl));
}
