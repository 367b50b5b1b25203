import type { IHookFunctions } from 'n8n-workflow';

import { asNodeError, isNotFound } from '../shared/errors';
import { getPhoneNumber, updatePhoneNumber } from '../shared/phoneNumbers';
import { getCredential } from '../shared/transport';
import type { TwilioPhoneNumber } from '../shared/types';
import { otherAccountError, restoreFailedError } from './activationErrors';
import type { Registration } from './registrationStore';
import { clearRegistration, readRegistration } from './registrationStore';
import { withoutFragment } from './webhookUrl';

/**
 * Puts the number back as it was before this trigger was switched on, unless somebody changed it
 * since. Goes by what was stored, whatever the parameters say today; with nothing stored it does
 * nothing.
 *
 * @throws NodeApiError, NodeOperationError that say what remains to be done; n8n then tries again
 */
export async function restore(this: IHookFunctions): Promise<void> {
	const registration = readRegistration.call(this);
	if (!registration) return;
	try {
		await putBack.call(this, registration);
	} catch (error) {
		throw restoreFailedError(this.getNode(), registration, error);
	}
	clearRegistration.call(this);
}

async function putBack(this: IHookFunctions, registration: Registration): Promise<void> {
	const { phoneNumber, snapshot } = registration;
	const number = await currentNumber.call(this, registration);
	if (!number) {
		this.logger.info(`Twilio SMS Trigger: ${phoneNumber} is gone, so there is nothing to restore`);
		return;
	}
	if (withoutFragment(number.sms_url ?? '') !== registration.webhookUrl) {
		this.logger.info(
			`Twilio SMS Trigger: the webhook of ${phoneNumber} was changed since, so it is left as it is`,
		);
		return;
	}
	const isApplicationOurs = !number.sms_application_sid && snapshot.smsApplicationSid;
	await updatePhoneNumber.call(this, number.sid, {
		SmsUrl: snapshot.smsUrl,
		SmsMethod: snapshot.smsMethod,
		...(isApplicationOurs && { SmsApplicationSid: snapshot.smsApplicationSid }),
	});
	this.logger.info(`Twilio SMS Trigger: the webhook of ${phoneNumber} is as it was before`);
}

async function currentNumber(
	this: IHookFunctions,
	registration: Registration,
): Promise<TwilioPhoneNumber | undefined> {
	const { accountSid } = await getCredential.call(this);
	// Another account does not know the number, which says nothing about the number.
	if (accountSid !== registration.accountSid) throw otherAccountError(this.getNode(), registration);
	try {
		return await getPhoneNumber.call(this, registration.phoneNumberSid);
	} catch (error) {
		if (isNotFound(error)) return undefined;
		throw asNodeError(this.getNode(), error);
	}
}
