import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';

import { phoneNumberLocator, simplifyField } from '../../shared/descriptions';
import { ownNumber, requirePhoneNumber } from '../../shared/ownNumber';
import { findPhoneNumber } from '../../shared/phoneNumbers';
import { simplifyPhoneNumber } from './simplifyPhoneNumber';

export const option: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get a phone number',
	description: 'Look at a number of the account and where its texts go',
};

export const description: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['phoneNumber'], operation: ['get'] } },
	[
		{
			...phoneNumberLocator,
			description: "The number to look at. Leave it empty for the credential's number.",
		},
		simplifyField,
	],
);

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<IDataObject> {
	const value = this.getNodeParameter('phoneNumber', itemIndex, '', { extractValue: true });
	const typed = String(value ?? '');
	const phoneNumber = typed.trim()
		? await requirePhoneNumber.call(this, typed, 'Phone Number')
		: await ownNumber.call(this);
	const number = await findPhoneNumber.call(this, phoneNumber);
	if (!number) {
		throw new NodeOperationError(
			this.getNode(),
			`${phoneNumber} is not a number of this Twilio account`,
			{
				description:
					'Choose a number from the list, or use the credential of the account that owns it.',
			},
		);
	}
	const simplify = this.getNodeParameter('simplify', itemIndex) as boolean;
	return simplify ? simplifyPhoneNumber(number) : number;
}
