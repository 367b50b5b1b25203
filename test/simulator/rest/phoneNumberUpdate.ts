import type { Conditions } from '../conditions';
import { rfc2822 } from '../date';
import type { IncomingPhoneNumber } from '../phoneNumber';
import { badRequest } from './exception';
import type { Fields } from './formChanges';
import { changesOf, method, text, url } from './formChanges';
import { isCallable } from './url';

const INVALID_URL = 21402;
const INVALID_METHOD = 21403;

const FIELDS: Fields<IncomingPhoneNumber> = {
	FriendlyName: ['friendly_name', text],
	SmsUrl: ['sms_url', url(INVALID_URL, '')],
	SmsMethod: ['sms_method', method(INVALID_METHOD)],
	SmsFallbackUrl: ['sms_fallback_url', url(INVALID_URL, '')],
	SmsFallbackMethod: ['sms_fallback_method', method(INVALID_METHOD)],
	SmsApplicationSid: ['sms_application_sid', text],
	StatusCallback: ['status_callback', url(INVALID_URL, '')],
	StatusCallbackMethod: ['status_callback_method', method(INVALID_METHOD)],
	VoiceUrl: ['voice_url', url(INVALID_URL, '')],
	VoiceMethod: ['voice_method', method(INVALID_METHOD)],
	VoiceFallbackUrl: ['voice_fallback_url', url(INVALID_URL, '')],
	VoiceFallbackMethod: ['voice_fallback_method', method(INVALID_METHOD)],
	VoiceApplicationSid: ['voice_application_sid', text],
};

export function updatePhoneNumber(
	number: IncomingPhoneNumber,
	form: URLSearchParams,
	conditions: Conditions,
): void {
	for (const name of ['SmsUrl', 'SmsFallbackUrl', 'StatusCallback', 'VoiceUrl']) {
		const given = form.get(name);
		if (given && !isCallable(given, conditions)) {
			throw badRequest(INVALID_URL, `${name} is not valid`);
		}
	}
	Object.assign(number, changesOf(form, FIELDS), { date_updated: rfc2822() });
}
