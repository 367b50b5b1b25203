import type { IHookFunctions } from 'n8n-workflow';

import { ownNumber, requirePhoneNumber } from '../shared/ownNumber';
import { findPhoneNumber } from '../shared/phoneNumbers';
import type { TwilioPhoneNumber } from '../shared/types';
import { notOwnedError } from './activationErrors';

/** The number the trigger is to listen to, in E.164. */
export async function chosenNumber(this: IHookFunctions): Promise<string> {
	if (this.getNodeParameter('listenOn') === 'credential') return await ownNumber.call(this);
	const typed = this.getNodeParameter('phoneNumber', '', { extractValue: true });
	return await requirePhoneNumber.call(this, String(typed ?? ''), 'Phone Number');
}

/** @throws NodeOperationError when the account has no such number */
export async function requireOwnedNumber(
	this: IHookFunctions,
	phoneNumber: string,
): Promise<TwilioPhoneNumber> {
	const number = await findPhoneNumber.call(this, phoneNumber);
	if (!number) throw notOwnedError(this.getNode(), phoneNumber);
	return number;
}
