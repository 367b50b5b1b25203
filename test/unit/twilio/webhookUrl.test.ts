import fc from 'fast-check';

import { isFreeUrl, redactUrl, withoutFragment } from '../../../nodes/TwilioSms/twilio/webhookUrl';

const ID = '3f2a7c1e-8b7d-4f6a-9a51-0c2d6f1e7b90';
const PRODUCTION = `https://n8n.example.com/webhook/${ID}/webhook`;

describe('without its fragment', () => {
	it.each([
		[`${PRODUCTION}#rc=3&rp=ct,rt,5xx`, PRODUCTION],
		[`${PRODUCTION}#`, PRODUCTION],
		[`${PRODUCTION}#a#b`, PRODUCTION],
		[`${PRODUCTION}#a\nb`, PRODUCTION],
		[`${PRODUCTION}?x=%23#rc=2`, `${PRODUCTION}?x=%23`],
		[PRODUCTION, PRODUCTION],
		['', ''],
	])('%j is %j', (url, expected) => {
		expect(withoutFragment(url)).toBe(expected);
	});

	it('a URL says everything that goes over the wire', () => {
		fc.assert(
			fc.property(fc.webUrl({ withQueryParameters: true }), fc.webFragments(), (url, fragment) => {
				expect(withoutFragment(`${url}#${fragment}`)).toBe(url);
				expect(withoutFragment(url)).toBe(url);
			}),
		);
	});
});

describe('free to be replaced', () => {
	it.each([
		'',
		'https://demo.twilio.com/welcome/sms/reply',
		'https://demo.twilio.com/welcome/sms/reply/',
		'http://demo.twilio.com/welcome/sms/reply',
	])('is %j', (url) => {
		expect(isFreeUrl(url)).toBe(true);
	});

	it.each([
		'https://crm.example.com/sms',
		'https://crm.example.com/?like=https://demo.twilio.com/welcome/sms/reply',
		'https://demo.twilio.com/welcome/sms/reply/more',
		'https://demo.twilio.com/welcome/voice/',
		'https://demo-twilio.com/welcome/sms/reply',
	])('is not %j', (url) => {
		expect(isFreeUrl(url)).toBe(false);
	});
});

describe('fit for a text or a log', () => {
	it.each([
		['https://user:secret@crm.example.com/sms?token=secret#secret', 'https://crm.example.com/sms'],
		['https://secret@crm.example.com:8443/sms', 'https://crm.example.com:8443/sms'],
		['https://crm.example.com', 'https://crm.example.com'],
		['', ''],
	])('%j is %j', (url, redacted) => {
		expect(redactUrl(url)).toBe(redacted);
	});
});
