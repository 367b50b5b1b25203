import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { simplifyField } from '../../shared/descriptions';
import { toE164 } from '../../shared/e164';
import { inputError } from '../../shared/errors';
import { getCredential, twilioRequest } from '../../shared/transport';
import type { OperationDescription } from '../../shared/types';
import type { TwilioLookup } from './simplifyLookup';
import { simplifyLookup } from './simplifyLookup';

export const description: OperationDescription = {
	option: {
		name: 'Lookup',
		value: 'lookup',
		action: 'Look up a phone number',
		description:
			'Check whether any phone number in the world is valid, and what country and kind of line it belongs to',
	},
	fields: [
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +14155550123',
			description:
				'The number to check, with its country code; or without it and with the option "Country Code". A number that does not exist is no error: the output says "valid": false.',
		},
		simplifyField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Country Code',
					name: 'countryCode',
					type: 'string',
					default: '',
					placeholder: 'e.g. GB',
					description:
						'Country of a number that is written without its country code: two letters, such as US, GB or DE',
				},
				{
					displayName: 'Line Type',
					name: 'lineType',
					type: 'boolean',
					default: true,
					description:
						'Whether to find out if the number is a mobile, a landline or VoIP, and its carrier. Twilio charges for each number looked up this way.',
				},
			],
		},
	],
};

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<IDataObject> {
	const options = this.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const countryCode = readCountryCode.call(this, options.countryCode);
	const typed = String(this.getNodeParameter('phoneNumber', itemIndex) ?? '');
	const number = await numberToLookUp.call(this, typed, countryCode);
	const lookup = (await twilioRequest.call(this, {
		method: 'GET',
		product: 'lookups',
		path: `/v2/PhoneNumbers/${encodeURIComponent(number)}`,
		query: {
			CountryCode: countryCode,
			Fields: options.lineType ? 'line_type_intelligence' : undefined,
		},
	})) as TwilioLookup;
	const simplify = this.getNodeParameter('simplify', itemIndex) as boolean;
	return simplify ? simplifyLookup(lookup) : lookup;
}

// What cannot be read as a number goes to Twilio as it is: to judge it is what Lookup is for.
async function numberToLookUp(
	this: IExecuteFunctions,
	typed: string,
	countryCode: string | undefined,
): Promise<string> {
	const { phoneNumber } = await getCredential.call(this);
	const isNational = countryCode !== undefined && !/^\s*(\+|00)/.test(typed);
	const number = isNational ? undefined : toE164(typed, phoneNumber);
	const plain = number ?? typed.replace(/[^\p{L}\p{N}+]/gu, '');
	if (plain) return plain;
	throw inputError(
		this.getNode(),
		typed.trim()
			? `"${typed}" is not a phone number (field "Phone Number")`
			: '"Phone Number" is empty',
		'Enter the number to look up, for example +14155550123.',
	);
}

function readCountryCode(this: IExecuteFunctions, value: unknown): string | undefined {
	const typed = String(value ?? '').trim();
	if (!typed) return undefined;
	if (/^[a-z]{2}$/i.test(typed)) return typed.toUpperCase();
	throw inputError(
		this.getNode(),
		`"${typed}" is not the code of a country (option "Country Code")`,
		'Enter the two letters of the country, for example US, GB or DE.',
	);
}
