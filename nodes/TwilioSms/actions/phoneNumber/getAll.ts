import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { simplifyField } from '../../shared/descriptions';
import { inputError } from '../../shared/errors';
import { LARGEST_PAGE, listFields, take, wantedCount } from '../../shared/listFields';
import { listPhoneNumbers } from '../../shared/phoneNumbers';
import type { OperationDescription } from '../../shared/types';
import { simplifyPhoneNumber } from './simplifyPhoneNumber';

export const description: OperationDescription = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many phone numbers',
		description: 'List the numbers of the account and where their texts go',
	},
	fields: [
		...listFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Friendly Name',
					name: 'friendlyName',
					type: 'string',
					default: '',
					placeholder: 'e.g. The Shop',
					description: 'Only numbers with exactly this name in the Twilio Console',
				},
				{
					displayName: 'Only SMS-Capable',
					name: 'onlySmsCapable',
					type: 'boolean',
					default: true,
					description: 'Whether to leave out numbers that cannot send and receive texts',
				},
				{
					displayName: 'Phone Number',
					name: 'phoneNumber',
					type: 'string',
					default: '',
					placeholder: 'e.g. +1415',
					description:
						'Only numbers that contain these digits. An asterisk (*) stands for any one digit.',
				},
			],
		},
		simplifyField,
	],
};

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<IDataObject[]> {
	const filters = this.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const count = wantedCount.call(this, itemIndex);
	const query = {
		FriendlyName: String(filters.friendlyName ?? '').trim() || undefined,
		PhoneNumber: numberPart.call(this, filters.phoneNumber),
		PageSize: filters.onlySmsCapable ? LARGEST_PAGE : Math.min(LARGEST_PAGE, count),
	};
	const numbers = await take(
		listPhoneNumbers.call(this, query),
		count,
		({ capabilities }) => !filters.onlySmsCapable || capabilities.sms,
	);
	const simplify = this.getNodeParameter('simplify', itemIndex) as boolean;
	return simplify ? numbers.map(simplifyPhoneNumber) : numbers;
}

// What is not a digit says nothing to Twilio. A filter of such signs alone would find everything.
function numberPart(this: IExecuteFunctions, value: unknown): string | undefined {
	const typed = String(value ?? '').trim();
	if (!typed) return undefined;
	const part = typed.replace(/[^\d+*]/g, '');
	if (part) return part;
	throw inputError(
		this.getNode(),
		`"${typed}" is not part of a phone number (filter "Phone Number")`,
		'Enter the digits that the numbers have in common, for example +1415.',
	);
}
