import type { INode } from 'n8n-workflow';

import type { TwilioClient } from '../twilio/client';
import { inputError } from '../twilio/errors';
import { readPhoneNumber } from '../twilio/phoneNumber';

/**
 * The credential's phone number in E.164.
 *
 * @throws NodeOperationError when there is none or it is not a phone number
 */
export async function ownNumber(node: INode, twilio: TwilioClient): Promise<string> {
	const { phoneNumber } = await twilio.credential();
	const { address, problem } = await readPhoneNumber(phoneNumber ?? '');
	if (address) return address;
	const isInternational = /^\s*(\+|00)/.test(phoneNumber);
	throw inputError(
		node,
		phoneNumber?.trim()
			? `The credential's phone number "${phoneNumber}" ${isInternational ? problem : 'does not begin with + and its country code'}`
			: 'The credential has no phone number',
		'Open the credential and enter your Twilio number in international form, for example +14155550100, or choose another number in the node.',
	);
}

/**
 * A typed phone number in E.164, read in the country of the credential's number.
 *
 * @param label what the user sees above the value, for the error
 * @throws NodeOperationError when it is not a phone number
 */
export async function requirePhoneNumber(
	node: INode,
	twilio: TwilioClient,
	typed: string,
	label: string,
): Promise<string> {
	const { phoneNumber } = await twilio.credential();
	const { address, problem } = await readPhoneNumber(typed, phoneNumber);
	if (address) return address;
	throw inputError(
		node,
		typed.trim() ? `"${typed}" ${problem} (field "${label}")` : `"${label}" is empty`,
		'Write the number in international form: +, country code, number, for example +14155550100.',
	);
}
