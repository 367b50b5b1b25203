import type { IHookFunctions } from 'n8n-workflow';

import type { Owner } from '../../shared/ownership';
import type { Parameters } from '../../shared/parameters';
import { parametersOfWebhook } from '../../shared/parameters';
import type { TwilioClient } from '../../twilio/client';
import { twilioClient } from '../../twilio/client';
import { asNodeError, isRefused, isTemporary } from '../../twilio/errors';
import { redactUrl, withoutFragment } from '../../twilio/webhookUrl';
import { assertHandlers } from '../handlers/validate';
import { assertReply } from '../receiving/reply';
import { assertMayTake, assertNoServiceInFront, readChoice, requireTarget } from './choice';
import { missingAuthTokenError, wrongAuthTokenError } from './errors';
import { isSetElsewhere, restore } from './restore';
import type { Registration } from './snapshot';
import {
	clearRegistration,
	readRegistration,
	snapshotToKeep,
	storeRegistration,
	withFragment,
} from './snapshot';
import type { Target } from './target';
import {
	changesToPointAt,
	changeTarget,
	isOverridden,
	isPost,
	ownerOfTarget,
	readTarget,
	urlIn,
} from './target';
import { ownWebhook, ownWebhookUrl } from './webhookUrl';

/**
 * Whether Twilio still calls this trigger at the address it has now. n8n asks when a workflow is
 * published and each time it starts. Changes nothing at Twilio.
 *
 * @throws NodeApiError, NodeOperationError
 */
export async function isRegistered(n8n: IHookFunctions): Promise<boolean> {
	const registration = readRegistration(n8n);
	if (!registration) return false;
	const twilio = twilioClient(n8n);
	const url = await ownWebhookUrl(n8n, twilio);
	const choice = await readChoice(parametersOfWebhook(n8n), twilio);
	const { kind, sid, name, webhookUrl } = registration;
	if (webhookUrl !== url) return false;
	if (!choice) return kind === 'manual';
	if (kind !== choice.kind) return false;
	if (choice.identity !== (kind === 'phoneNumber' ? name : sid)) return false;
	try {
		const target = await readTarget(n8n.getNode(), twilio, { kind, sid });
		return target !== undefined && isPointedAt(target, url);
	} catch (error) {
		if (!isTemporary(error)) throw asNodeError(n8n.getNode(), error);
		// Failing would take the webhook out of service and lose the texts that still come in.
		n8n.logger.warn(
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
export async function register(n8n: IHookFunctions): Promise<void> {
	const twilio = twilioClient(n8n);
	const parameters = parametersOfWebhook(n8n);
	await assertCanVerify(n8n, twilio);
	await assertHandlers(n8n);
	assertReply(n8n);
	const own = await ownWebhook(n8n, twilio);
	const { accountSid } = await twilio.credential();
	const choice = await readChoice(parameters, twilio);
	if (!choice) {
		await restoreOrWarn(n8n, twilio);
		const nothing = { kind: 'manual', sid: '', name: '', snapshot: {} } as const;
		storeRegistration(n8n, { ...nothing, accountSid, webhookUrl: own.url });
		return;
	}
	const target = await requireTarget(parameters, twilio, choice);
	await assertNoServiceInFront(n8n, twilio, target);
	const owner = ownerOfTarget(target, own);
	if (owner !== 'free' && owner !== 'ours') await assertMayTake(parameters, twilio, target, own);
	const isTestListen = n8n.getMode() === 'manual';
	const snapshot = snapshotToKeep(target, own, readRegistration(n8n), isTestListen);
	await giveBackOther(n8n, twilio, target, owner);
	const { kind, sid, name } = target;
	const set = { accountSid, apiOrigin: redactUrl(await twilio.origin()), kind, sid, name };
	const registration = { ...set, webhookUrl: own.url, snapshot };
	await pointAtThisTrigger(n8n, twilio, parameters, target, registration);
}

// Twilio signs with the Auth Token, which beside an API key is used for nothing else: with a wrong
// one the first text would be rejected and lost.
async function assertCanVerify(n8n: IHookFunctions, twilio: TwilioClient): Promise<void> {
	const { authType, authToken } = await twilio.credential();
	if (!authToken?.trim()) throw missingAuthTokenError(n8n.getNode());
	if (authType === 'apiKey' && (await twilio.isAuthTokenWrong())) {
		throw wrongAuthTokenError(n8n.getNode());
	}
}

// The user chose something else, or another region, while the workflow was published.
async function giveBackOther(
	n8n: IHookFunctions,
	twilio: TwilioClient,
	{ kind, sid }: Target,
	owner: Owner,
): Promise<void> {
	const older = readRegistration(n8n);
	if (!older) return;
	const isLeft = owner !== 'ours' && (await isSetElsewhere(twilio, older));
	if (isLeft || older.kind !== kind || older.sid !== sid) await restoreOrWarn(n8n, twilio);
}

async function restoreOrWarn(n8n: IHookFunctions, twilio: TwilioClient): Promise<void> {
	const older = readRegistration(n8n);
	if (!older || !(await isSetElsewhere(twilio, older))) return await restore(n8n);
	try {
		await restore(n8n);
	} catch (error) {
		// That account or API may never be reachable again, which must not prevent the publication.
		const { message, description } = asNodeError(n8n.getNode(), error);
		n8n.logger.warn(`Twilio SMS Trigger: ${message}. ${description ?? ''}`);
		clearRegistration(n8n);
	}
}

async function pointAtThisTrigger(
	n8n: IHookFunctions,
	twilio: TwilioClient,
	parameters: Parameters,
	target: Target,
	registration: Registration,
): Promise<void> {
	const { webhookUrl: url, snapshot } = registration;
	const isRetried = parameters.flag('options.retryDelivery', true);
	const point = async (previous?: Registration['snapshot']) => {
		const changes = changesToPointAt(withFragment(url, isRetried, previous), target);
		return await changeTarget(twilio, target, changes);
	};
	try {
		const changed = await point(snapshot).catch(async (error) => {
			// Twilio may not take an address with so much behind it, and n8n remembers as well.
			if (isRefused(error)) return await point();
			throw asNodeError(n8n.getNode(), error);
		});
		// Signatures are over the URL as Twilio keeps it.
		const webhookUrl = withoutFragment(urlIn(target.kind, changed.settings)) || url;
		storeRegistration(n8n, { ...registration, webhookUrl });
	} catch (error) {
		// Twilio may have agreed although its answer was lost. n8n cleans up after a failed
		// activation, and finds here what there may be to put back.
		if (isTemporary(error)) {
			const webhookUrl = readRegistration(n8n)?.webhookUrl ?? url;
			storeRegistration(n8n, { ...registration, webhookUrl, attemptedUrl: url });
		}
		throw asNodeError(n8n.getNode(), error);
	}
}

function isPointedAt({ kind, settings }: Target, url: string): boolean {
	return (
		!isOverridden(kind, settings) &&
		isPost(kind, settings) &&
		withoutFragment(urlIn(kind, settings)) === url
	);
}
