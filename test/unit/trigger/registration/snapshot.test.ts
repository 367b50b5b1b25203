import fc from 'fast-check';

import {
	previousIn,
	withFragment,
} from '../../../../nodes/TwilioSms/trigger/registration/snapshot';

const URL_ = 'https://n8n.example.com/webhook-test/1/webhook';
const PREVIOUS = {
	SmsUrl: 'https://user:pass@crm.example.com/sms?a=1&n8nPrevious=x#rc=2&rp=all',
	SmsMethod: 'GET',
	SmsApplicationSid: '',
};

const webhookFragment = (isRetried: boolean, previous?: Record<string, string>) =>
	withFragment('', isRetried, previous);

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
	it('has Twilio try three times more after any failure', () => {
		expect(webhookFragment(true)).toBe('#rc=3&rp=ct,rt,4xx,5xx');
	});

	it('is none without retries, for which Twilio has its own default', () => {
		expect(webhookFragment(false)).toBe('');
	});

	it('asks for no more than Twilio allows, and also while n8n has no such webhook', () => {
		const { rc, rp, ...others } = overrides(webhookFragment(true));
		expect(Number(rc)).toBeLessThanOrEqual(5);
		expect(['4xx', '5xx', 'ct', 'rt', 'all']).toEqual(expect.arrayContaining(rp.split(',')));
		expect(rp.split(',')).toContain('4xx');
		expect(others).toEqual({});
	});

	it('keeps the overrides apart from what was there before', () => {
		expect(overrides(webhookFragment(true, PREVIOUS))).toEqual({
			rc: '3',
			rp: 'ct,rt,4xx,5xx',
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

describe('what was there before', () => {
	it('is found in the URL that it left behind', () => {
		expect(previousIn(URL_ + webhookFragment(true, PREVIOUS))).toEqual(PREVIOUS);
	});

	it('is found whole, whatever it was, with retries and without', () => {
		fc.assert(
			fc.property(fc.boolean(), anySettings, (isRetried, previous) => {
				fc.pre(encoded(previous).length < 3_900);
				expect(previousIn(URL_ + webhookFragment(isRetried, previous))).toEqual(previous);
			}),
		);
	});

	it('is left out of an address that would be longer than Twilio takes', () => {
		const previous = { SmsUrl: `https://example.com/${'a'.repeat(3_000)}` };
		expect(withFragment(URL_, true, previous)).toBe(URL_ + webhookFragment(true));
		expect(withFragment(URL_, false, previous)).toBe(URL_);
	});

	it('is found although it is itself what a test listen left behind', () => {
		const inner = { ...PREVIOUS, SmsUrl: URL_ + webhookFragment(true, PREVIOUS) };
		expect(previousIn(URL_ + webhookFragment(true, inner))).toEqual(inner);
	});

	it.each([
		['a URL without a fragment', URL_],
		['no URL', ''],
		['connection overrides alone', `${URL_}#rc=3&rp=ct,rt,4xx,5xx`],
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
