import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { toIsoDate } from '../../shared/dates';
import { phoneNumberLocator } from '../../shared/fields';
import { ownNumber, requirePhoneNumber } from '../../shared/ownNumber';
import type { Parameters } from '../../shared/parameters';
import { inputError } from '../../twilio/errors';
import type { TwilioPhoneNumber } from '../../twilio/types';
import type { OperationInput } from '../operation';

export const requestedNumberField: INodeProperties = {
	...phoneNumberLocator,
	description: "The number to look at. Leave it empty for the credential's number.",
};

/** @throws NodeOperationError when the account does not own the number */
export async function requestedNumber(input: OperationInput): Promise<TwilioPhoneNumber> {
	const { twilio, parameters } = input;
	const { node } = parameters;
	const typed = parameters.locator('phoneNumber', 'Phone Number');
	const phoneNumber = typed
		? await requirePhoneNumber(node, twilio, typed, 'Phone Number')
		: await ownNumber(node, twilio);
	const number = await twilio.phoneNumbers.find(phoneNumber);
	if (number) return number;
	throw inputError(
		node,
		`${phoneNumber} is not a number of this Twilio account`,
		'Choose a number from the list, or use the credential of the account that owns it.',
	);
}

/** A phone number as the field "Simplify" wants it. */
export function numberOutput(number: TwilioPhoneNumber, parameters: Parameters): IDataObject {
	return parameters.flag('simplify') ? simplifyPhoneNumber(number) : number;
}

/** A phone number with what it can do and where its texts go; null for what is not set. */
export function simplifyPhoneNumber(number: TwilioPhoneNumber): IDataObject {
	return {
		phoneNumberSid: number.sid,
		phoneNumber: number.phone_number,
		friendlyName: number.friendly_name,
		capabilities: number.capabilities,
		smsUrl: number.sms_url || null,
		smsMethod: number.sms_method || null,
		smsFallbackUrl: number.sms_fallback_url || null,
		smsApplicationSid: number.sms_application_sid || null,
		dateCreated: toIsoDate(number.date_created),
	};
}
