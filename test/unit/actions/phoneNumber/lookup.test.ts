import type { TwilioLookup } from '../../../../nodes/TwilioSms/twilio/types';
import { simplifyLookup } from '../../../../nodes/TwilioSms/actions/phoneNumber/lookup';

// As printed in Twilio's documentation of Lookup v2.
const NUMBER: TwilioLookup & Record<string, unknown> = {
	calling_country_code: '1',
	country_code: 'US',
	phone_number: '+14159929960',
	national_format: '(415) 992-9960',
	valid: true,
	validation_errors: null,
	caller_name: null,
	sim_swap: null,
	call_forwarding: null,
	line_status: null,
	line_type_intelligence: {
		error_code: null,
		mobile_country_code: '240',
		mobile_network_code: '38',
		carrier_name: 'Twilio - SMS/MMS-SVR',
		type: 'nonFixedVoip',
	},
	identity_match: null,
	reassigned_number: null,
	sms_pumping_risk: null,
	phone_number_quality_score: null,
	pre_fill: null,
	url: 'https://lookups.twilio.com/v2/PhoneNumbers/+14159929960',
};

it('says what Twilio knows of a number', () => {
	expect(simplifyLookup(NUMBER)).toEqual({
		phoneNumber: '+14159929960',
		valid: true,
		validationErrors: null,
		nationalFormat: '(415) 992-9960',
		countryCode: 'US',
		callingCountryCode: '1',
		lineType: 'nonFixedVoip',
		carrierName: 'Twilio - SMS/MMS-SVR',
		mobileCountryCode: '240',
		mobileNetworkCode: '38',
	});
});

it('says null for what was not asked', () => {
	expect(simplifyLookup({ ...NUMBER, line_type_intelligence: null })).toMatchObject({
		lineType: null,
		carrierName: null,
		mobileCountryCode: null,
		mobileNetworkCode: null,
	});
});

it('says null for what Twilio could not find out', () => {
	const unknown = {
		...NUMBER.line_type_intelligence!,
		type: null,
		carrier_name: null,
		error_code: 60600,
	};
	expect(simplifyLookup({ ...NUMBER, line_type_intelligence: unknown })).toMatchObject({
		lineType: null,
		carrierName: null,
	});
});

it('says why a number is not valid', () => {
	expect(
		simplifyLookup({
			...NUMBER,
			calling_country_code: null,
			country_code: null,
			phone_number: '+141599299600',
			national_format: null,
			valid: false,
			validation_errors: ['TOO_LONG'],
			line_type_intelligence: null,
		}),
	).toEqual({
		phoneNumber: '+141599299600',
		valid: false,
		validationErrors: ['TOO_LONG'],
		nationalFormat: null,
		countryCode: null,
		callingCountryCode: null,
		lineType: null,
		carrierName: null,
		mobileCountryCode: null,
		mobileNetworkCode: null,
	});
});

it('takes an empty list of errors for none', () => {
	expect(simplifyLookup({ ...NUMBER, validation_errors: [] }).validationErrors).toBeNull();
});
