import type { IHookFunctions } from 'n8n-workflow';

import { asNodeError, isTemporary } from '../shared/errors';
import { updatePhoneNumber } from '../shared/phoneNumbers';
import { getCredential } from '../shared/transport';
import type { TwilioPhoneNumber } from '../shared/types';
import { foreignWebhookError, missingAuthTokenError } from './activationErrors';
import { chosenNumber, requireOwnedNumber } from './chosenNumber';
import type { Registration, Snapshot } from './registrationStore';
import { readRegistration, storeRegistration } from './registrationStore';
import { restore } from './restoration';
import type { OwnWebhook, Verdict } from './verdict';
import { judge } from './verdict';
import { ownBaseUrls, ownWebhookUrl, withoutFragment } from './webhookUrl';

const NOTHING_SET: Snapshot = { smsUrl: '', smsMethod: 'POST', smsApplicationSid: '' };

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
	const phoneNumber = await chosenNumber.call(this);
	if (registration.webhookUrl !== url || registration.phoneNumber !== phoneNumber) return false;
	try {
		const number = await requireOwnedNumber.call(this, phoneNumber);
		return number.sid === registration.phoneNumberSid && isPointedAt(number, url);
	} catch (error) {
		if (!isTemporary(error)) throw asNodeError(this.getNode(), error);
		// Failing would take the webhook out of service and lose the texts that still come in.
		this.logger.warn(
			`Twilio SMS Trigger: could not check ${phoneNumber}, so it is taken to be set up as before`,
		);
		return true;
	}
}

/**
 * Points the number's incoming texts at this trigger and remembers what was there before.
 *
 * @throws NodeOperationError when the number is in use elsewhere and must not be taken
 */
export async function register(this: IHookFunctions): Promise<void> {
	const { accountSid, authToken } = await getCredential.call(this);
	if (!authToken) throw missingAuthTokenError(this.getNode());
	const own = await ownWebhook.call(this);
	const number = await requireOwnedNumber.call(this, await chosenNumber.call(this));
	const verdict = judge(number, own);
	if (verdict === 'foreign' && this.getNodeParameter('onExistingWebhook') !== 'replace') {
		throw foreignWebhookError(this.getNode(), number);
	}
	const registration = {
		accountSid,
		phoneNumberSid: number.sid,
		phoneNumber: number.phone_number,
		webhookUrl: own.url,
		snapshot: snapshotToKeep.call(this, number, verdict, own),
	};
	await giveBackOtherNumber.call(this, number);
	await pointAtThisTrigger.call(this, number, registration);
}

async function ownWebhook(this: IHookFunctions): Promise<OwnWebhook> {
	const url = await ownWebhookUrl.call(this);
	const webhookId = this.getNode().webhookId ?? String(this.getWorkflow().id);
	return {
		url,
		webhookId,
		baseUrls: ownBaseUrls.call(this, url, webhookId),
		registeredUrl: readRegistration.call(this)?.webhookUrl,
	};
}

function snapshotToKeep(
	this: IHookFunctions,
	number: TwilioPhoneNumber,
	verdict: Verdict,
	own: OwnWebhook,
): Snapshot {
	const current: Snapshot = {
		smsUrl: number.sms_url ?? '',
		smsMethod: number.sms_method || 'POST',
		smsApplicationSid: number.sms_application_sid ?? '',
	};
	if (verdict !== 'ours') return current;
	// A test listen borrows the number from production and gives it back to it.
	const isProductions = withoutFragment(current.smsUrl) !== own.url;
	if (this.getMode() === 'manual' && isProductions) return current;
	// Otherwise the URL is one that this trigger left behind, which is nothing to go back to.
	const older = readRegistration.call(this);
	return older?.phoneNumberSid === number.sid ? older.snapshot : NOTHING_SET;
}

// The user chose another number while the workflow was active.
async function giveBackOtherNumber(this: IHookFunctions, number: TwilioPhoneNumber) {
	const older = readRegistration.call(this);
	if (older && older.phoneNumberSid !== number.sid) await restore.call(this);
}

async function pointAtThisTrigger(
	this: IHookFunctions,
	number: TwilioPhoneNumber,
	registration: Registration,
) {
	try {
		const updated = await updatePhoneNumber.call(this, number.sid, {
			SmsUrl: registration.webhookUrl,
			SmsMethod: 'POST',
			...(number.sms_application_sid && { SmsApplicationSid: '' }),
		});
		// Signatures are over the URL as Twilio keeps it.
		const webhookUrl = withoutFragment(updated.sms_url || registration.webhookUrl);
		storeRegistration.call(this, { ...registration, webhookUrl });
	} catch (error) {
		// Twilio may have agreed although its answer was lost. n8n cleans up after a failed
		// activation, and finds here what there may be to put back.
		if (isTemporary(error)) storeRegistration.call(this, registration);
		throw asNodeError(this.getNode(), error);
	}
}

function isPointedAt(number: TwilioPhoneNumber, url: string): boolean {
	return (
		!number.sms_application_sid &&
		number.sms_method === 'POST' &&
		withoutFragment(number.sms_url ?? '') === url
	);
}
