import type { TwilioMessagingService, TwilioPhoneNumber } from '../../nodes/TwilioSms/shared/types';
import { toNumberTarget, toServiceTarget } from '../../nodes/TwilioSms/trigger/target';

const NUMBER = {
	sid: 'PNaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	account_sid: 'ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	phone_number: '+18089255327',
	friendly_name: '(808) 925-5327',
	sms_url: 'https://demo.twilio.com/welcome/sms/reply',
	sms_method: 'POST',
	sms_fallback_url: 'https://fallback.example.com/sms',
	sms_fallback_method: 'GET',
	sms_application_sid: '',
	status_callback: 'https://example.com/calls',
} as unknown as TwilioPhoneNumber;

const SERVICE = {
	sid: 'MGaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	account_sid: 'ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	friendly_name: 'Front desk',
	inbound_request_url: 'https://www.example.com/#rc=2',
	inbound_method: 'GET',
	fallback_url: 'https://fallback.example.com/sms',
	fallback_method: 'GET',
	use_inbound_webhook_on_number: false,
	status_callback: 'https://www.example.com/status',
} as unknown as TwilioMessagingService;

describe('a number', () => {
	it('is known by its E.164 form, with the settings that decide where texts go', () => {
		expect(toNumberTarget(NUMBER)).toEqual({
			kind: 'phoneNumber',
			sid: 'PNaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
			name: '+18089255327',
			settings: {
				SmsUrl: 'https://demo.twilio.com/welcome/sms/reply',
				SmsMethod: 'POST',
				SmsApplicationSid: '',
			},
		});
	});

	it('has the URL, its fragment included, the method and the application as Twilio has them', () => {
		const settings = {
			SmsUrl: 'https://user:pass@example.com/sms?a=1#rc=2',
			SmsMethod: 'GET',
			SmsApplicationSid: 'APaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
		};
		expect(
			toNumberTarget({
				...NUMBER,
				sms_url: settings.SmsUrl,
				sms_method: settings.SmsMethod,
				sms_application_sid: settings.SmsApplicationSid,
			}).settings,
		).toEqual(settings);
	});

	it.each(['', null])('has nothing set as Twilio writes it in either way: %j', (unset) => {
		expect(
			toNumberTarget({ ...NUMBER, sms_url: unset, sms_method: unset, sms_application_sid: unset })
				.settings,
		).toEqual({ SmsUrl: '', SmsMethod: 'POST', SmsApplicationSid: '' });
	});
});

describe('a Messaging Service', () => {
	it('is known by its name, with the settings that decide where texts to its numbers go', () => {
		expect(toServiceTarget('serviceInbound', SERVICE)).toEqual({
			kind: 'serviceInbound',
			sid: 'MGaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
			name: 'Front desk',
			settings: {
				InboundRequestUrl: 'https://www.example.com/#rc=2',
				InboundMethod: 'GET',
				UseInboundWebhookOnNumber: 'false',
			},
		});
	});

	it('says as a parameter that it defers to its numbers', () => {
		const { settings } = toServiceTarget('serviceInbound', {
			...SERVICE,
			use_inbound_webhook_on_number: true,
		});
		expect(settings.UseInboundWebhookOnNumber).toBe('true');
	});

	it.each(['', null])('has nothing set as Twilio writes it in either way: %j', (unset) => {
		const { settings } = toServiceTarget('serviceInbound', {
			...SERVICE,
			inbound_request_url: unset,
			inbound_method: unset,
		});
		expect(settings).toMatchObject({ InboundRequestUrl: '', InboundMethod: 'POST' });
	});

	it('has its status callback alone where status updates are meant', () => {
		const target = toServiceTarget('serviceStatus', SERVICE);
		expect(target).toEqual({
			kind: 'serviceStatus',
			sid: 'MGaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
			name: 'Front desk',
			settings: { StatusCallback: 'https://www.example.com/status' },
		});
		for (const unset of ['', null]) {
			const { settings } = toServiceTarget('serviceStatus', { ...SERVICE, status_callback: unset });
			expect(settings).toEqual({ StatusCallback: '' });
		}
	});
});
