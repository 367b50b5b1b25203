import type { CountryCode } from 'libphonenumber-js';
import { parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js';

export interface LookedUpNumber {
	calling_country_code: string | null;
	country_code: string | null;
	phone_number: string;
	national_format: string | null;
	valid: boolean;
	validation_errors: string[] | null;
}

/** What Twilio says of a number that may be none. Without a `+` it is read as of this country. */
export function lookUp(text: string, country: CountryCode): LookedUpNumber {
	const number = parsePhoneNumberFromString(text, country);
	if (number?.isValid()) {
		return {
			calling_country_code: number.countryCallingCode,
			country_code: number.country ?? null,
			phone_number: number.number,
			national_format: number.formatNational(),
			valid: true,
			validation_errors: null,
		};
	}
	const fault = validatePhoneNumberLength(text, country) ?? 'INVALID_BUT_POSSIBLE';
	return {
		calling_country_code: null,
		country_code: null,
		phone_number: number?.number ?? text,
		national_format: null,
		valid: false,
		validation_errors: [fault === 'INVALID_COUNTRY' ? 'INVALID_COUNTRY_CODE' : fault],
	};
}
