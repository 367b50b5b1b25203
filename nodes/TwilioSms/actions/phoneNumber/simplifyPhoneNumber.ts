import type { IDataObject } from 'n8n-workflow';

import type { TwilioPhoneNumber } from '../../shared/types';
import { toIsoDate } from '../../shared/values';

/** A phone number with what it can do and where its texts go; null for what is not set. */
export function simplifyPhoneNumber(number: TwilioPhoneNumber): IDataObject {
	return {
		phoneNumberSid: number.sid,
		phoneNumber: number.phone_number,
		friendlyName: number.friendly_name,
		capabilities: number.capabilities,
		smsUrl: number.sms_url || null,
		smsMethod: number.sms_method || null,
		smsFallbackUrl: number.sms_fallback_url || null,
		smsFallbackMethod: number.sms_fallback_method || null,
		smsApplicationSid: number.sms_application_sid || null,
		accountSid: number.account_sid,
		dateCreated: toIsoDate(number.date_created),
		dateUpdated: toIsoDate(number.date_updated),
	};
}
