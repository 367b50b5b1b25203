import { simplifyPhoneNumber } from '../../../../nodes/TwilioSms/actions/phoneNumber/number';
import type { TwilioPhoneNumber } from '../../../../nodes/TwilioSms/twilio/types';

// The example of Twilio's OpenAPI document.
const NUMBER: TwilioPhoneNumber & Record<string, unknown> = {
	sid: 'PNaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	account_sid: 'ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	phone_number: '+18089255327',
	friendly_name: '(808) 925-5327',
	origin: 'twilio',
	type: 'local',
	status: 'in-use',
	beta: false,
	capabilities: { voice: true, sms: true, mms: true, fax: false },
	sms_url: 'https://demo.twilio.com/welcome/sms/reply',
	sms_method: 'POST',
	sms_fallback_url: '',
	sms_fallback_method: 'POST',
	sms_application_sid: '',
	status_callback: '',
	status_callback_method: 'POST',
	voice_url: null,
	trunk_sid: null,
	api_version: '2010-04-01',
	date_created: 'Thu, 30 Jul 2015 23:19:04 +0000',
	date_updated: 'Fri, 31 Jul 2015 00:00:00 +0000',
	uri: '/2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/IncomingPhoneNumbers/PNaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.json',
};

it('says what a number is, what it can do and where its texts go, and nothing else', () => {
	expect(simplifyPhoneNumber(NUMBER)).toEqual({
		phoneNumberSid: 'PNaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
		phoneNumber: '+18089255327',
		friendlyName: '(808) 925-5327',
		capabilities: { voice: true, sms: true, mms: true, fax: false },
		smsUrl: 'https://demo.twilio.com/welcome/sms/reply',
		smsMethod: 'POST',
		smsFallbackUrl: null,
		smsApplicationSid: null,
		dateCreated: '2015-07-30T23:19:04.000Z',
	});
});

it('shows the fallback and the application that are set', () => {
	const busy = {
		...NUMBER,
		sms_method: 'GET',
		sms_fallback_url: 'https://example.com/fallback',
		sms_fallback_method: 'GET',
		sms_application_sid: 'APaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	};
	expect(simplifyPhoneNumber(busy)).toMatchObject({
		smsMethod: 'GET',
		smsFallbackUrl: 'https://example.com/fallback',
		smsApplicationSid: 'APaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	});
});

it.each(['', null])('has null for what is not set, however Twilio writes that: %j', (unset) => {
	const bare = {
		...NUMBER,
		sms_url: unset,
		sms_method: unset,
		sms_fallback_url: unset,
		sms_fallback_method: unset,
		sms_application_sid: unset,
		date_created: unset,
		date_updated: unset,
	};
	expect(simplifyPhoneNumber(bare)).toMatchObject({
		smsUrl: null,
		smsMethod: null,
		smsFallbackUrl: null,
		smsApplicationSid: null,
		dateCreated: null,
	});
});
