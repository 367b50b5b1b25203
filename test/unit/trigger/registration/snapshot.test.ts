import fc from 'fast-check';
import type { IDataObject, IHookFunctions } from 'n8n-workflow';

import type { Registration } from '../../../../nodes/TwilioSms/trigger/registration/snapshot';
import {
	clearRegistration,
	previousIn,
	readRegistration,
	snapshotToKeep,
	storeRegistration,
	withFragment,
} from '../../../../nodes/TwilioSms/trigger/registration/snapshot';
import type { SlotSettings, Target } from '../../../../nodes/TwilioSms/trigger/registration/target';

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

	it('is kept in an address that is just as long as Twilio takes', () => {
		const fragment = webhookFragment(true, PREVIOUS);
		const longest = `${URL_}?${'a'.repeat(4_000 - URL_.length - 1 - fragment.length)}`;
		expect(withFragment(longest, true, PREVIOUS)).toBe(longest + fragment);
		expect(withFragment(`${longest}a`, true, PREVIOUS)).toBe(`${longest}a${webhookFragment(true)}`);
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
		[
			'settings of which not all are texts',
			`${URL_}#n8nPrevious=${encoded({ SmsUrl: 'https://example.com', SmsMethod: null })}`,
		],
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

const REGISTRATION: Registration = {
	accountSid: 'AC',
	kind: 'phoneNumber',
	sid: 'PN1',
	name: '+14155550100',
	webhookUrl: URL_,
	snapshot: PREVIOUS,
};

it('a registration is kept where n8n keeps what is of the node', () => {
	const data: IDataObject = { other: 'of n8n' };
	const n8n = {
		getWorkflowStaticData: (type: string) => ({ node: data })[type],
	} as unknown as IHookFunctions;
	expect(readRegistration(n8n)).toBeUndefined();
	storeRegistration(n8n, REGISTRATION);
	expect(readRegistration(n8n)).toEqual(REGISTRATION);
	clearRegistration(n8n);
	expect(data).toEqual({ other: 'of n8n' });
});

describe('what is kept to be put back', () => {
	const ID = '3f2a7c1e-8b7d-4f6a-9a51-0c2d6f1e7b90';
	const HOST = 'https://n8n.example.com';
	const PRODUCTION = `${HOST}/webhook/${ID}/webhook`;
	const TEST = `${HOST}/webhook-test/${ID}/webhook`;
	const OTHER_TEST = TEST.replace(ID, ID.replace('3', '4'));
	const ELSEWHERE = 'https://crm.example.com/sms';
	const APPLICATION = 'AP00000000000000000000000000000001';

	const settings = (SmsUrl: string, more: Partial<Record<string, string>> = {}): SlotSettings => ({
		SmsUrl,
		SmsMethod: 'POST',
		SmsApplicationSid: '',
		...(more as SlotSettings),
	});
	const target = (of: SlotSettings): Target => ({
		kind: 'phoneNumber',
		sid: 'PN1',
		name: '+14155550100',
		settings: of,
	});
	const own = (url: string) => ({ url, webhookId: ID, baseUrls: [HOST] });

	interface Case {
		number: SlotSettings;
		kept: SlotSettings;
		older?: Partial<Registration>;
		/** The address of the trigger that is set up now. */
		url?: string;
	}

	const remembering = (url: string, previous: SlotSettings) => withFragment(url, true, previous);
	const EMPTY = settings('');

	it.each<[string, Case]>([
		['all of a number that nobody uses', { number: EMPTY, kept: EMPTY }],
		[
			"all of somebody else's",
			{
				number: settings(ELSEWHERE, { SmsMethod: 'GET' }),
				kept: settings(ELSEWHERE, { SmsMethod: 'GET' }),
				older: {},
			},
		],
		[
			"all of another workflow's, with what that has to put back",
			{
				number: settings(remembering(PRODUCTION.replace(ID, ID.replace('3', '4')), PREVIOUS)),
				kept: settings(remembering(PRODUCTION.replace(ID, ID.replace('3', '4')), PREVIOUS)),
			},
		],
		[
			'what our number remembers, before what n8n does',
			{
				number: settings(remembering(PRODUCTION, settings(ELSEWHERE))),
				kept: settings(ELSEWHERE),
				older: {},
			},
		],
		[
			'an application as well that was there before us',
			{
				number: settings(
					remembering(PRODUCTION, settings(ELSEWHERE, { SmsApplicationSid: APPLICATION })),
				),
				kept: settings(ELSEWHERE, { SmsApplicationSid: APPLICATION }),
			},
		],
		[
			'what n8n remembers where our number does not',
			{ number: settings(PRODUCTION), kept: PREVIOUS, older: {} },
		],
		[
			'nothing where n8n remembers another number',
			{ number: settings(PRODUCTION), kept: EMPTY, older: { sid: 'PN2' } },
		],
		[
			'nothing where n8n remembers a service',
			{ number: settings(PRODUCTION), kept: EMPTY, older: { kind: 'serviceInbound' } },
		],
		['nothing where nobody remembers', { number: settings(PRODUCTION), kept: EMPTY }],
		[
			'what was there before production, by way of a test listen that was left behind',
			{
				number: settings(remembering(TEST, settings(remembering(PRODUCTION, settings(ELSEWHERE))))),
				kept: settings(ELSEWHERE),
			},
		],
		[
			'production, for a test listen',
			{ number: settings(PRODUCTION), kept: settings(PRODUCTION), url: TEST, older: {} },
		],
		[
			'what was there before the test listen that is found again',
			{
				number: settings(remembering(TEST, settings(ELSEWHERE))),
				kept: settings(ELSEWHERE),
				url: TEST,
			},
		],
		[
			'production, for a second test listen that begins before the first has ended',
			{
				number: settings(remembering(TEST, settings(remembering(PRODUCTION, settings(ELSEWHERE))))),
				kept: settings(remembering(PRODUCTION, settings(ELSEWHERE))),
				url: TEST,
			},
		],
		[
			'production with the application that was put before it, for a test listen',
			{
				number: settings(remembering(PRODUCTION, settings(ELSEWHERE)), {
					SmsApplicationSid: APPLICATION,
				}),
				kept: settings(remembering(PRODUCTION, settings(ELSEWHERE)), {
					SmsApplicationSid: APPLICATION,
				}),
				url: TEST,
			},
		],
		[
			'an application that was put before us, with what was there before us',
			{
				number: settings(remembering(PRODUCTION, settings(ELSEWHERE)), {
					SmsApplicationSid: APPLICATION,
				}),
				kept: settings(ELSEWHERE, { SmsApplicationSid: APPLICATION }),
			},
		],
		[
			"an application that was put before somebody else's, as it is",
			{
				number: settings(ELSEWHERE, { SmsApplicationSid: APPLICATION }),
				kept: settings(ELSEWHERE, { SmsApplicationSid: APPLICATION }),
			},
		],
		[
			"what was there before another trigger's test listen, which has ended",
			{
				number: settings(remembering(OTHER_TEST, settings(ELSEWHERE))),
				kept: settings(ELSEWHERE),
			},
		],
		[
			"the address of another trigger's test listen where it remembers nothing",
			{ number: settings(OTHER_TEST), kept: settings(OTHER_TEST) },
		],
		[
			'an address that only mentions a test listen',
			{
				number: settings(`${ELSEWHERE}#n8nPrevious=e30&a=/webhook-test/`),
				kept: settings(`${ELSEWHERE}#n8nPrevious=e30&a=/webhook-test/`),
			},
		],
	])('is %s', (_, { number, kept, older, url = PRODUCTION }) => {
		const registration = older && { ...REGISTRATION, ...older };
		expect(snapshotToKeep(target(number), own(url), registration, url === TEST)).toEqual(kept);
	});
});
