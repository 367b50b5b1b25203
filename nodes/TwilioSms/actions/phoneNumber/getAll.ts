import type { IDataObject } from 'n8n-workflow';

import { simplifyField } from '../../shared/fields';
import type { Parameters } from '../../shared/parameters';
import { LARGEST_PAGE } from '../../twilio/client';
import { inputError } from '../../twilio/errors';
import { listFields, take, wantedCount } from '../listFields';
import type { OperationDescription, OperationInput } from '../operation';
import { numberOutput } from './number';

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
			placeholder: 'Add filter',
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

export async function execute(input: OperationInput): Promise<IDataObject[]> {
	const { twilio, parameters } = input;
	const filters = parameters.collection('filters');
	const onlySmsCapable = filters.flag('onlySmsCapable');
	const count = wantedCount(parameters);
	const list = twilio.phoneNumbers.list({
		FriendlyName: filters.text('friendlyName', 'Friendly Name').trim() || undefined,
		PhoneNumber: numberPart(filters),
		PageSize: onlySmsCapable ? LARGEST_PAGE : Math.min(LARGEST_PAGE, count),
	});
	const numbers = await take(
		list,
		count,
		({ capabilities }) => !onlySmsCapable || capabilities.sms,
	);
	return numbers.map((number) => numberOutput(number, parameters));
}

// What is not a digit says nothing to Twilio. A filter of such signs alone would find everything.
function numberPart(filters: Parameters): string | undefined {
	const typed = filters.text('phoneNumber', 'Phone Number').trim();
	if (!typed) return undefined;
	const part = typed.replace(/[^\d+*]/g, '');
	if (part) return part;
	throw inputError(
		filters.node,
		`"${typed}" is not part of a phone number (filter "Phone Number")`,
		'Enter the digits that the numbers have in common, for example +1415.',
	);
}
