import type { IDataObject } from 'n8n-workflow';

/**
 * What Twilio Lookup knows about a number. Packages that were not asked for are `null`.
 *
 * @see https://www.twilio.com/docs/lookup/v2-api#lookup-response-properties
 */
export interface TwilioLookup extends IDataObject {
	phone_number: string;
	valid: boolean;
	validation_errors: string[] | null;
	national_format: string | null;
	country_code: string | null;
	calling_country_code: string | null;
	line_type_intelligence: {
		type: string | null;
		carrier_name: string | null;
		mobile_country_code: string | null;
		mobile_network_code: string | null;
		error_code: number | null;
	} | null;
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
