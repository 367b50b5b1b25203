import type { IDataObject } from 'n8n-workflow';

import { simplifyField } from '../../shared/fields';
import type { Parameters } from '../../shared/parameters';
import type { TwilioClient } from '../../twilio/client';
import { inputError } from '../../twilio/errors';
import { readPhoneNumber } from '../../twilio/phoneNumber';
import type { TwilioLookup } from '../../twilio/types';
import type { OperationDescription, OperationInput } from '../operation';

export const description: OperationDescription = {
	option: {
		name: 'Lookup',
		value: 'lookup',
		action: 'Look up phone number',
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
			placeholder: 'Add option',
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

export async function execute({ twilio, parameters }: OperationInput): Promise<IDataObject> {
	const options = parameters.collection('options');
	const CountryCode = countryCode(options);
	const number = await numberToLookUp(parameters, twilio, CountryCode);
	const lookup = await twilio.lookups.fetch(number, {
		CountryCode,
		Fields: options.flag('lineType') ? 'line_type_intelligence' : undefined,
	});
	return parameters.flag('simplify') ? simplifyLookup(lookup) : lookup;
}

// What cannot be read as a number goes to Twilio as it is: to judge it is what Lookup is for.
async function numberToLookUp(
	parameters: Parameters,
	twilio: TwilioClient,
	country: string | undefined,
): Promise<string> {
	const typed = parameters.text('phoneNumber', 'Phone Number');
	const { phoneNumber } = await twilio.credential();
	const isNational = country !== undefined && !/^\s*(\+|00)/.test(typed);
	const { address } = isNational ? {} : await readPhoneNumber(typed, phoneNumber);
	const plain = address ?? typed.replace(/[^\p{L}\p{N}+]/gu, '');
	if (plain) return plain;
	throw inputError(
		parameters.node,
		typed.trim()
			? `"${typed}" is not a phone number (field "Phone Number")`
			: '"Phone Number" is empty',
		'Enter the number to look up, for example +14155550123.',
	);
}

function countryCode(options: Parameters): string | undefined {
	const typed = options.text('countryCode', 'Country Code').trim();
	if (!typed) return undefined;
	if (/^[a-z]{2}$/i.test(typed)) return typed.toUpperCase();
	throw inputError(
		options.node,
		`"${typed}" is not the code of a country (option "Country Code")`,
		'Enter the two letters of the country, for example US, GB or DE.',
	);
}

/** A looked up number, flat; null for what is not known or was not asked. */
export function simplifyLookup(lookup: TwilioLookup): IDataObject {
	const line = lookup.line_type_intelligence;
	return {
		phoneNumber: lookup.phone_number,
		valid: lookup.valid,
		validationErrors: lookup.validation_errors?.length ? lookup.validation_errors : null,
		nationalFormat: lookup.national_format ?? null,
		countryCode: lookup.country_code ?? null,
		callingCountryCode: lookup.calling_country_code ?? null,
		lineType: line?.type ?? null,
		carrierName: line?.carrier_name ?? null,
		mobileCountryCode: line?.mobile_country_code ?? null,
		mobileNetworkCode: line?.mobile_network_code ?? null,
	};
}
