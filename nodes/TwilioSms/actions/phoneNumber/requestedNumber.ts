import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { phoneNumberLocator } from '../../shared/descriptions';
import { ownNumber, requirePhoneNumber } from '../../shared/ownNumber';
import { findPhoneNumber } from '../../shared/phoneNumbers';
import type { TwilioPhoneNumber } from '../../shared/types';

export const requestedNumberField: INodeProperties = {
	...phoneNumberLocator,
	description: "The number to look at. Leave it empty for the credential's number.",
};

/** @throws NodeOperationError when the account does not own the number */
export async function requestedNumber(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<TwilioPhoneNumber> {
	const value = this.getNodeParameter('phoneNumber', itemIndex, '', { extractValue: true });
	const typed = String(value ?? '');
	const phoneNumber = typed.trim()
		? await requirePhoneNumber.call(this, typed, 'Phone Number')
		: await ownNumber.call(this);
	const number = await findPhoneNumber.call(this, phoneNumber);
	if (number) return number;
	throw new NodeOperationError(
		this.getNode(),
		`${phoneNumber} is not a number of this Twilio account`,
		{
			description:
				'Choose a number from the list, or use the credential of the account that owns it.',
		},
	);
}
