import { rfc2822 } from '../date';
import type { IncomingPhoneNumber } from '../phoneNumber';
import { badRequest } from './exception';
import { isHttpUrl } from './url';

const INVALID_URL = 21402;
const INVALID_METHOD = 21403;

const URLS = {
	SmsUrl: 'sms_url',
	SmsFallbackUrl: 'sms_fallback_url',
	StatusCallback: 'status_callback',
	VoiceUrl: 'voice_url',
	VoiceFallbackUrl: 'voice_fallback_url',
} as const;

const METHODS = {
	SmsMethod: 'sms_method',
	SmsFallbackMethod: 'sms_fallback_method',
	StatusCallbackMethod: 'status_callback_method',
	VoiceMethod: 'voice_method',
	VoiceFallbackMethod: 'voice_fallback_method',
} as const;

const TEXTS = {
	FriendlyName: 'friendly_name',
	SmsApplicationSid: 'sms_application_sid',
	VoiceApplicationSid: 'voice_application_sid',
} as const;

/** Changes what the form names and nothing else; an empty value clears. All of it, or none. */
export function updatePhoneNumber(number: IncomingPhoneNumber, form: URLSearchParams): void {
	const changes: Partial<IncomingPhoneNumber> = {};
	for (const [parameter, field] of Object.entries(URLS)) {
		const url = form.get(parameter);
		if (url === null) continue;
		if (url !== '' && !isHttpUrl(url)) throw badRequest(INVALID_URL, `${parameter} is not valid`);
		changes[field] = url;
	}
	for (const [parameter, field] of Object.entries(METHODS)) {
		const method = form.get(parameter)?.toUpperCase() || undefined;
		if (method === undefined) continue;
		if (method !== 'GET' && method !== 'POST') {
			throw badRequest(INVALID_METHOD, `${parameter} is not valid`);
		}
		changes[field] = method;
	}
	for (const [parameter, field] of Object.entries(TEXTS)) {
		changes[field] = form.get(parameter) ?? number[field];
	}
	Object.assign(number, changes, { date_updated: rfc2822() });
}
