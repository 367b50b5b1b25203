import type { IHookFunctions } from 'n8n-workflow';

import { asNodeError, isTemporary } from '../shared/errors';
import { getCredential } from '../shared/transport';
import { missingAuthTokenError } from './activationErrors';
import { assertHandlers } from './assertHandlers';
import { assertNoServiceInFront, chosenTarget, requireTarget } from './chosenTarget';
import { credentialOrigin } from './credentialOrigin';
import { assertMayTake } from './otherUse';
import type { Registration } from './registrationStore';
import { clearRegistration, readRegistration, storeRegistration } from './registrationStore';
import { isSetElsewhere, restore } from './restoration';
import { snapshotToKeep } from './snapshot';
import type { Target } from './target';
import { changeTarget, readTarget } from './target';
import type { OwnWebhook, Verdict } from './verdict';
import { judge } from './verdict';
import { webhookFragment } from './webhookFragment';
import { changesToPointAt, isOverridden, isPost, urlIn } from './webhookSlot';
import { ownBaseUrls, ownWebhookId, ownWebhookUrl, withoutFragment } from './webhookUrl';

/**
 * Whether Twilio still calls this trigger at the address it has now. n8n asks when a workflow is
 * switched on and each time it starts. Changes nothing at Twilio.
 *
 * @throws NodeApiError, NodeOperationError
 */
export async function isRegistered(this: IHookFunctions): Promise<boolean> {
	const registration = readRegistration.call(this);
	if (!registration) return false;
	const url = await ownWebhookUrl.call(this);
	const choice = await chosenTarget.call(this);
	if (registration.webhookUrl !== url || registration.kind !== (choice?.kind ?? 'manual')) {
		return false;
	}
	if (!choice || registration.kind === 'manual') return true;
	const { kind, sid, name } = registration;
	if (choice.identity !== (kind === 'phoneNumber' ? name : sid)) return false;
	try {
		const target = await readTarget.call(this, kind, sid);
		return target !== undefined && isPointedAt(target, url);
	} catch (error) {
		if (!isTemporary(error)) throw asNodeError(this.getNode(), error);
		// Failing would take the webhook out of service and lose the texts that still come in.
		this.logger.warn(
			`Twilio SMS Trigger: could not check ${name}, so it is taken to be set up as before`,
		);
		return true;
	}
}

/**
 * Points what the user chose at this trigger and remembers what was there before.
 *
 * @throws NodeOperationError when it is in use elsewhere and must not be taken
 */
export async function register(this: IHookFunctions): Promise<void> {
	const { accountSid, authToken } = await getCredential.call(this);
	if (!authToken.trim()) throw missingAuthTokenError(this.getNode());
	assertHandlers.call(this);
	const own = await ownWebhook.call(this);
	const choice = await chosenTarget.call(this);
	if (!choice) {
		await giveBack.call(this);
		const nothing = { kind: 'manual', sid: '', name: '', snapshot: {} } as const;
		storeRegistration.call(this, { ...nothing, accountSid, webhookUrl: own.url });
		return;
	}
	const target = await requireTarget.call(this, choice);
	await assertNoServiceInFront.call(this, target);
	const verdict = judge(target, own);
	if (verdict === 'foreign') await assertMayTake.call(this, target, own);
	const { kind, sid, name } = target;
	const snapshot = snapshotToKeep.call(this, target, verdict, own);
	await giveBackOther.call(this, target, verdict);
	const set = { accountSid, apiOrigin: await credentialOrigin.call(this), kind, sid, name };
	const registration = { ...set, webhookUrl: own.url, snapshot };
	await pointAtThisTrigger.call(this, target, registration);
}

async function ownWebhook(this: IHookFunctions): Promise<OwnWebhook> {
	const url = await ownWebhookUrl.call(this);
	const webhookId = ownWebhookId.call(this);
	return {
		url,
		webhookId,
		baseUrls: ownBaseUrls.call(this, url, webhookId),
		registeredUrl: readRegistration.call(this)?.webhookUrl,
	};
}

// The user chose something else, or another region, while the workflow was active.
async function giveBackOther(
	this: IHookFunctions,
	{ kind, sid }: Target,
	verdict: Verdict,
): Promise<void> {
	const older = readRegistration.call(this);
	if (!older) return;
	const isLeft = verdict !== 'ours' && (await isSetElsewhere.call(this, older));
	if (isLeft || older.kind !== kind || older.sid !== sid) await giveBack.call(this);
}

async function giveBack(this: IHookFunctions): Promise<void> {
	const older = readRegistration.call(this);
	if (!older || !(await isSetElsewhere.call(this, older))) return await restore.call(this);
	try {
		await restore.call(this);
	} catch (error) {
		// That account or API may never be seen again, and must not keep the trigger off for ever.
		const { message, description } = asNodeError(this.getNode(), error);
		this.logger.warn(`Twilio SMS Trigger: ${message}. ${description ?? ''}`);
		clearRegistration.call(this);
	}
}

async function pointAtThisTrigger(
	this: IHookFunctions,
	target: Target,
	registration: Registration,
): Promise<void> {
	const { kind, settings } = target;
	const isRetried = this.getNodeParameter('options.retryDelivery', true) as boolean;
	const isTestListen = this.getMode() === 'manual';
	const fragment = webhookFragment(isRetried, isTestListen ? registration.snapshot : undefined);
	const changes = changesToPointAt(registration.webhookUrl + fragment, kind, settings);
	try {
		const changed = await changeTarget.call(this, target, changes);
		// Signatures are over the URL as Twilio keeps it.
		const webhookUrl = withoutFragment(urlIn(kind, changed.settings)) || registration.webhookUrl;
		storeRegistration.call(this, { ...registration, webhookUrl });
	} catch (error) {
		// Twilio may have agreed although its answer was lost. n8n cleans up after a failed
		// activation, and finds here what there may be to put back.
		if (isTemporary(error)) {
			const { webhookUrl: attemptedUrl } = registration;
			const webhookUrl = readRegistration.call(this)?.webhookUrl ?? attemptedUrl;
			storeRegistration.call(this, { ...registration, webhookUrl, attemptedUrl });
		}
		throw asNodeError(this.getNode(), error);
	}
}

function isPointedAt({ kind, settings }: Target, url: string): boolean {
	return (
		!isOverridden(kind, settings) &&
		isPost(kind, settings) &&
		withoutFragment(urlIn(kind, settings)) === url
	);
}
