import fc from 'fast-check';

import { previousIn, webhookFragment } from '../../nodes/TwilioSms/trigger/webhookFragment';

const URL_ = 'https://n8n.example.com/webhook-test/1/webhook';
const PREVIOUS = {
	SmsUrl: 'https://user:pass@crm.example.com/sms?a=1&n8nPrevious=x#rc=2&rp=all',
	SmsMethod: 'GET',
	SmsApplicationSid: '',
};

/** A fragment as Twilio takes it apart. */
const overrides = (fragment: string) =>
	Object.fromEntries(
		fragment
			.slice(1)
			.split('&')
			.map((part) => part.split('=')),
	);

const anySettings = fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: 'binary' }));
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the fragment of a webhook URL', () => {
	it('has Twilio try three times more after failures that pass', () => {
		expect(webhookFragment(true)).toBe('#rc=3&rp=ct,rt,5xx');
	});

	it('is none without retries, for which Twilio has its own default', () => {
		expect(webhookFragment(false)).toBe('');
	});

	it('asks for no more than Twilio allows, and never for what n8n refused for good', () => {
		const { rc, rp, ...others } = overrides(webhookFragment(true));
		expect(Number(rc)).toBeLessThanOrEqual(5);
		expect(['4xx', '5xx', 'ct', 'rt', 'all']).toEqual(expect.arrayContaining(rp.split(',')));
		expect(rp).not.toMatch(/4xx|all/);
		expect(others).toEqual({});
	});

	it('keeps the overrides apart from what a test listen adds', () => {
		expect(overrides(webhookFragment(true, PREVIOUS))).toEqual({
			rc: '3',
			rp: 'ct,rt,5xx',
			n8nPrevious: expect.stringMatching(/^[\w-]+$/),
		});
		expect(overrides(webhookFragment(false, PREVIOUS))).toEqual({
			n8nPrevious: expect.stringMatching(/^[\w-]+$/),
		});
	});

	it('makes a URL that is one, whatever was there before', () => {
		fc.assert(
			fc.property(fc.boolean(), anySettings, (isRetried, previous) => {
				const url = URL_ + webhookFragment(isRetried, previous);
				expect(new URL(url).href).toBe(url);
				expect(url).toMatch(/^[\x21-\x7e]+$/);
			}),
		);
	});
});

describe('what was there before a test listen', () => {
	it('is found in the URL that it left behind', () => {
		expect(previousIn(URL_ + webhookFragment(true, PREVIOUS))).toEqual(PREVIOUS);
	});

	it('is found whole, whatever it was, with retries and without', () => {
		fc.assert(
			fc.property(fc.boolean(), anySettings, (isRetried, previous) => {
				expect(previousIn(URL_ + webhookFragment(isRetried, previous))).toEqual(previous);
			}),
		);
	});

	it('is found although it is itself what a test listen left behind', () => {
		const inner = { ...PREVIOUS, SmsUrl: URL_ + webhookFragment(true, PREVIOUS) };
		expect(previousIn(URL_ + webhookFragment(true, inner))).toEqual(inner);
	});

	it.each([
		['a URL without a fragment', URL_],
		['no URL', ''],
		['connection overrides alone', `${URL_}#rc=3&rp=ct,rt,5xx`],
		['an empty value', `${URL_}#n8nPrevious=`],
		['something that is not base64', `${URL_}#n8nPrevious=***`],
		['something that is not JSON', `${URL_}#n8nPrevious=${Buffer.from('{').toString('base64url')}`],
		['another name', `${URL_}#xn8nPrevious=${encoded(PREVIOUS)}`],
		['a path of that name', `https://h.example.com/n8nPrevious=${encoded(PREVIOUS)}`],
		['a text', `${URL_}#n8nPrevious=${encoded('https://example.com')}`],
		['a number', `${URL_}#n8nPrevious=${encoded(7)}`],
		['nothing', `${URL_}#n8nPrevious=${encoded(null)}`],
		['a list', `${URL_}#n8nPrevious=${encoded(['https://example.com'])}`],
		['settings that are not texts', `${URL_}#n8nPrevious=${encoded({ SmsUrl: null })}`],
		['settings within settings', `${URL_}#n8nPrevious=${encoded({ SmsUrl: { a: 'b' } })}`],
	])('is not taken from %s', (_, url) => {
		expect(previousIn(url)).toBeUndefined();
	});

	it('is never taken for something else in a URL cut off anywhere', () => {
		const url = URL_ + webhookFragment(true, PREVIOUS);
		for (let length = 0; length < url.length; length++) {
			expect(previousIn(url.slice(0, length))).toBeUndefined();
		}
	});
});
