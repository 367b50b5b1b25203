import { toE164 } from './e164';
import { inputError } from './errors';
import type { TwilioContext } from './transport';
import { getCredential } from './transport';

/**
 * The credential's phone number in E.164.
 *
 * @throws NodeOperationError when there is none or it is not a phone number
 */
export async function ownNumber(this: TwilioContext): Promise<string> {
	const { phoneNumber } = await getCredential.call(this);
	const number = toE164(phoneNumber ?? '');
	if (number) return number;
	throw inputError(
		this.getNode(),
		phoneNumber
			? `The credential's phone number "${phoneNumber}" is not a phone number`
			: 'The credential has no phone number',
		'Open the credential and enter your Twilio number in international form, for example +14155550100, or choose another number in the node.',
	);
}

/**
 * A typed phone number in E.164, read as beside the account's own number.
 *
 * @param field what the user sees above the value, for the error
 * @throws NodeOperationError when it is not a phone number
 */
export async function requirePhoneNumber(
	this: TwilioContext,
	typed: string,
	field: string,
): Promise<string> {
	const { phoneNumber } = await getCredential.call(this);
	const number = toE164(typed, phoneNumber);
	if (number) return number;
	throw inputError(
		this.getNode(),
		typed.trim() ? `"${typed}" is not a phone number (field "${field}")` : `"${field}" is empty`,
		'Write the number in international form: +, country code, number, for example +14155550100.',
	);
}
