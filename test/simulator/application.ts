import { rfc2822 } from './date';
import { newSid } from './sid';
import type { HttpMethod } from './webhook/delivery';

/** A TwiML App: a number that names one by its SID takes its URLs from there. */
export interface Application {
	sid: string;
	account_sid: string;
	api_version: string;
	date_created: string;
	date_updated: string;
	friendly_name: string | null;
	message_status_callback: string | null;
	sms_fallback_method: HttpMethod;
	sms_fallback_url: string | null;
	sms_method: HttpMethod;
	sms_status_callback: string | null;
	sms_url: string | null;
	status_callback: string | null;
	status_callback_method: HttpMethod;
	uri: string;
	voice_caller_id_lookup: boolean;
	voice_fallback_method: HttpMethod;
	voice_fallback_url: string | null;
	voice_method: HttpMethod;
	voice_url: string | null;
	public_application_connect_enabled: boolean;
}

export interface NewApplication {
	friendlyName?: string;
	smsUrl?: string;
	smsMethod?: HttpMethod;
	smsFallbackUrl?: string;
	messageStatusCallback?: string;
}

export function newApplication(accountSid: string, given: NewApplication): Application {
	const sid = newSid('AP');
	const now = rfc2822();
	return {
		sid,
		account_sid: accountSid,
		api_version: '2010-04-01',
		date_created: now,
		date_updated: now,
		friendly_name: given.friendlyName ?? null,
		message_status_callback: given.messageStatusCallback ?? null,
		sms_fallback_method: 'POST',
		sms_fallback_url: given.smsFallbackUrl ?? null,
		sms_method: given.smsMethod ?? 'POST',
		sms_status_callback: given.messageStatusCallback ?? null,
		sms_url: given.smsUrl ?? null,
		status_callback: null,
		status_callback_method: 'POST',
		uri: `/2010-04-01/Accounts/${accountSid}/Applications/${sid}.json`,
		voice_caller_id_lookup: false,
		voice_fallback_method: 'POST',
		voice_fallback_url: null,
		voice_method: 'POST',
		voice_url: null,
		public_application_connect_enabled: false,
	};
}
