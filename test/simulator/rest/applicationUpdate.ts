import type { Application } from '../application';
import { rfc2822 } from '../date';
import type { Fields } from './formChanges';
import { changesOf, method, text, url } from './formChanges';

const INVALID_URL = 21502;
const INVALID_METHOD = 21403;

const FIELDS: Fields<Application> = {
	FriendlyName: ['friendly_name', text],
	SmsUrl: ['sms_url', url(INVALID_URL, null)],
	SmsMethod: ['sms_method', method(INVALID_METHOD)],
	SmsFallbackUrl: ['sms_fallback_url', url(INVALID_URL, null)],
	SmsFallbackMethod: ['sms_fallback_method', method(INVALID_METHOD)],
	SmsStatusCallback: ['message_status_callback', url(INVALID_URL, null)],
	MessageStatusCallback: ['message_status_callback', url(INVALID_URL, null)],
	StatusCallback: ['status_callback', url(INVALID_URL, null)],
	StatusCallbackMethod: ['status_callback_method', method(INVALID_METHOD)],
	VoiceUrl: ['voice_url', url(INVALID_URL, null)],
	VoiceMethod: ['voice_method', method(INVALID_METHOD)],
	VoiceFallbackUrl: ['voice_fallback_url', url(INVALID_URL, null)],
	VoiceFallbackMethod: ['voice_fallback_method', method(INVALID_METHOD)],
};

export function updateApplication(application: Application, form: URLSearchParams): void {
	Object.assign(application, changesOf(form, FIELDS), { date_updated: rfc2822() });
	// One value under two names, the second of them deprecated.
	application.sms_status_callback = application.message_status_callback;
}
