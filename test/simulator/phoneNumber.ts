import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { rfc2822 } from './date';
import { newSid } from './sid';
import type { HttpMethod } from './webhook/delivery';

export interface Capabilities {
	voice: boolean;
	sms: boolean;
	mms: boolean;
	fax: boolean;
}

export interface IncomingPhoneNumber {
	sid: string;
	account_sid: string;
	phone_number: string;
	friendly_name: string;
	origin: string;
	type: string;
	status: string;
	beta: boolean;
	capabilities: Capabilities;
	sms_url: string;
	sms_method: HttpMethod;
	sms_fallback_url: string;
	sms_fallback_method: HttpMethod;
	sms_application_sid: string;
	status_callback: string;
	status_callback_method: HttpMethod;
	voice_url: string;
	voice_method: HttpMethod;
	voice_fallback_url: string;
	voice_fallback_method: HttpMethod;
	voice_application_sid: string;
	voice_caller_id_lookup: boolean;
	voice_receive_mode: string;
	trunk_sid: string | null;
	address_requirements: string;
	address_sid: string | null;
	bundle_sid: string | null;
	identity_sid: string | null;
	emergency_status: string;
	emergency_address_sid: string | null;
	emergency_address_status: string;
	api_version: string;
	date_created: string;
	date_updated: string;
	uri: string;
}

export interface NewPhoneNumber {
	phoneNumber: string;
	friendlyName?: string;
	smsUrl?: string;
	smsMethod?: HttpMethod;
	smsFallbackUrl?: string;
	smsApplicationSid?: string;
	capabilities?: Partial<Capabilities>;
}

/** Where Twilio points every number that it sells, until its owner points it elsewhere. */
export const DEMO_SMS_URL = 'https://demo.twilio.com/welcome/sms/reply';

export function newPhoneNumber(accountSid: string, given: NewPhoneNumber): IncomingPhoneNumber {
	const sid = newSid('PN');
	const now = rfc2822();
	return {
		sid,
		account_sid: accountSid,
		phone_number: given.phoneNumber,
		friendly_name: given.friendlyName ?? nationalFormat(given.phoneNumber),
		origin: 'twilio',
		type: 'local',
		status: 'in-use',
		beta: false,
		capabilities: { voice: true, sms: true, mms: true, fax: false, ...given.capabilities },
		sms_url: given.smsUrl ?? DEMO_SMS_URL,
		sms_method: given.smsMethod ?? 'POST',
		sms_fallback_url: given.smsFallbackUrl ?? '',
		sms_fallback_method: 'POST',
		sms_application_sid: given.smsApplicationSid ?? '',
		status_callback: '',
		status_callback_method: 'POST',
		voice_url: '',
		voice_method: 'POST',
		voice_fallback_url: '',
		voice_fallback_method: 'POST',
		voice_application_sid: '',
		voice_caller_id_lookup: false,
		voice_receive_mode: 'voice',
		trunk_sid: null,
		address_requirements: 'none',
		address_sid: null,
		bundle_sid: null,
		identity_sid: null,
		emergency_status: 'Active',
		emergency_address_sid: null,
		emergency_address_status: 'unregistered',
		api_version: '2010-04-01',
		date_created: now,
		date_updated: now,
		uri: `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers/${sid}.json`,
	};
}

function nationalFormat(phoneNumber: string): string {
	return parsePhoneNumberFromString(phoneNumber)?.formatNational() ?? phoneNumber;
}
