import fc from 'fast-check';
import type { INode } from 'n8n-workflow';

import type {
	SlotKind,
	SlotSettings,
	Target,
} from '../../../../nodes/TwilioSms/trigger/registration/target';
import {
	changesToPointAt,
	changesToRestore,
	changeTarget,
	emptySettings,
	isOverridden,
	isPost,
	ownerOfTarget,
	readTarget,
	toNumberTarget,
	toServiceTarget,
	urlIn,
} from '../../../../nodes/TwilioSms/trigger/registration/target';
import type { TwilioClient } from '../../../../nodes/TwilioSms/twilio/client';
import { refusedError } from '../../../../nodes/TwilioSms/twilio/errors';
import type {
	TwilioMessagingService,
	TwilioPhoneNumber,
} from '../../../../nodes/TwilioSms/twilio/types';

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

const OWN = 'https://n8n.example.com/webhook/1/webhook#rc=3&rp=ct,rt,5xx';
const APPLICATION = 'APaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

const slot = (kind: SlotKind, settings: SlotSettings) => ({ kind, settings, sid: '', name: '' });

/** What Twilio does with an update: it changes what is named and nothing else. */
const update = (settings: SlotSettings, changes: SlotSettings) => ({ ...settings, ...changes });

const url = fc.oneof(
	fc.constant(''),
	fc.webUrl({ withQueryParameters: true, withFragments: true }),
);
const method = fc.constantFrom('GET', 'POST');
const application = fc.constantFrom('', APPLICATION, APPLICATION.replaceAll('a', 'b'));

/** Every state in which Twilio can hold a slot. */
const STATES: Record<SlotKind, fc.Arbitrary<SlotSettings>> = {
	phoneNumber: fc.record({ SmsUrl: url, SmsMethod: method, SmsApplicationSid: application }),
	serviceInbound: fc.record({
		InboundRequestUrl: url,
		InboundMethod: method,
		UseInboundWebhookOnNumber: fc.constantFrom('true', 'false'),
	}),
	serviceStatus: fc.record({ StatusCallback: url }),
};

const anySlot = fc
	.constantFrom<SlotKind>('phoneNumber', 'serviceInbound', 'serviceStatus')
	.chain((kind) => fc.tuple(fc.constant(kind), STATES[kind]));

describe('the settings of', () => {
	it('a number are its URL, its method and its application', () => {
		const settings = {
			SmsUrl: 'https://example.com/sms#rc=2',
			SmsMethod: 'POST',
			SmsApplicationSid: '',
		};
		expect(urlIn('phoneNumber', settings)).toBe('https://example.com/sms#rc=2');
		expect(isPost('phoneNumber', settings)).toBe(true);
		expect(isPost('phoneNumber', { ...settings, SmsMethod: 'GET' })).toBe(false);
		expect(isOverridden('phoneNumber', settings)).toBe(false);
		expect(isOverridden('phoneNumber', { ...settings, SmsApplicationSid: APPLICATION })).toBe(true);
	});

	it('a service are its inbound URL, its method and whether it defers to its numbers', () => {
		const settings = {
			InboundRequestUrl: 'https://example.com/sms',
			InboundMethod: 'POST',
			UseInboundWebhookOnNumber: 'false',
		};
		expect(urlIn('serviceInbound', settings)).toBe('https://example.com/sms');
		expect(isPost('serviceInbound', settings)).toBe(true);
		expect(isPost('serviceInbound', { ...settings, InboundMethod: 'GET' })).toBe(false);
		expect(isOverridden('serviceInbound', settings)).toBe(false);
		expect(isOverridden('serviceInbound', { ...settings, UseInboundWebhookOnNumber: 'true' })).toBe(
			true,
		);
	});

	it('the status updates of a service are its callback alone, which is always called by POST', () => {
		const settings = { StatusCallback: 'https://example.com/status' };
		expect(urlIn('serviceStatus', settings)).toBe('https://example.com/status');
		expect(isPost('serviceStatus', settings)).toBe(true);
		expect(isOverridden('serviceStatus', settings)).toBe(false);
	});

	it.each<[SlotKind, SlotSettings]>([
		['phoneNumber', { SmsUrl: '', SmsMethod: 'POST', SmsApplicationSid: '' }],
		[
			'serviceInbound',
			{ InboundRequestUrl: '', InboundMethod: 'POST', UseInboundWebhookOnNumber: 'false' },
		],
		['serviceStatus', { StatusCallback: '' }],
	])('a slot that nobody uses are all unset: %s', (kind, settings) => {
		expect(emptySettings(kind)).toEqual(settings);
	});
});

describe('pointing a slot at this n8n', () => {
	it('sets URL and method, and names an application only to clear it', () => {
		const free = { SmsUrl: '', SmsMethod: 'GET', SmsApplicationSid: '' };
		expect(changesToPointAt(OWN, slot('phoneNumber', free))).toEqual({
			SmsUrl: OWN,
			SmsMethod: 'POST',
		});
		expect(
			changesToPointAt(OWN, slot('phoneNumber', { ...free, SmsApplicationSid: APPLICATION })),
		).toEqual({ SmsUrl: OWN, SmsMethod: 'POST', SmsApplicationSid: '' });
	});

	it('has a service stop deferring to its numbers, if it does', () => {
		const free = { InboundRequestUrl: '', InboundMethod: 'POST' };
		expect(
			changesToPointAt(
				OWN,
				slot('serviceInbound', { ...free, UseInboundWebhookOnNumber: 'false' }),
			),
		).toEqual({ InboundRequestUrl: OWN, InboundMethod: 'POST' });
		expect(
			changesToPointAt(OWN, slot('serviceInbound', { ...free, UseInboundWebhookOnNumber: 'true' })),
		).toEqual({
			InboundRequestUrl: OWN,
			InboundMethod: 'POST',
			UseInboundWebhookOnNumber: 'false',
		});
	});

	it('sets nothing but the callback for status updates', () => {
		expect(changesToPointAt(OWN, slot('serviceStatus', { StatusCallback: '' }))).toEqual({
			StatusCallback: OWN,
		});
	});

	it('has Twilio call it by POST, whatever was there before', () => {
		fc.assert(
			fc.property(anySlot, ([kind, before]) => {
				const after = update(before, changesToPointAt(OWN, slot(kind, before)));
				expect(urlIn(kind, after)).toBe(OWN);
				expect(after).toEqual(update(emptySettings(kind), { [urlName(kind)]: OWN }));
			}),
		);
	});
});

it.each(['phoneNumber', 'serviceInbound', 'serviceStatus'] as const)(
	'settings without an address have none: %s',
	(kind) => expect(urlIn(kind, {})).toBe(''),
);

describe('putting a slot back', () => {
	it('has it called by POST where it is not known how it was', () => {
		const before = { SmsUrl: 'https://example.com/sms' };
		expect(changesToRestore(before, slot('phoneNumber', before))).toEqual({
			...before,
			SmsMethod: 'POST',
		});
	});

	it('restores exactly what was there, whatever it was', () => {
		fc.assert(
			fc.property(anySlot, ([kind, before]) => {
				const taken = update(before, changesToPointAt(OWN, slot(kind, before)));
				expect(update(taken, changesToRestore(before, slot(kind, taken)))).toEqual(before);
			}),
		);
	});

	it('restores exactly what was there through a test listen, which borrows it in between', () => {
		fc.assert(
			fc.property(anySlot, fc.webUrl(), ([kind, before], testUrl) => {
				const taken = update(before, changesToPointAt(OWN, slot(kind, before)));
				const lent = update(taken, changesToPointAt(testUrl, slot(kind, taken)));
				const returned = update(lent, changesToRestore(taken, slot(kind, lent)));
				expect(returned).toEqual(taken);
				expect(update(returned, changesToRestore(before, slot(kind, returned)))).toEqual(before);
			}),
		);
	});

	it('restores exactly what was there although it was done before', () => {
		fc.assert(
			fc.property(anySlot, ([kind, before]) => {
				expect(update(before, changesToRestore(before, slot(kind, before)))).toEqual(before);
			}),
		);
	});

	it('keeps an application that somebody set since, for which Twilio ignores the URL', () => {
		const other = APPLICATION.replaceAll('a', 'c');
		fc.assert(
			fc.property(STATES.phoneNumber, (before) => {
				const taken = update(before, changesToPointAt(OWN, slot('phoneNumber', before)));
				const current = update(taken, { SmsApplicationSid: other });
				const restored = update(current, changesToRestore(before, slot('phoneNumber', current)));
				expect(restored).toEqual({ ...before, SmsApplicationSid: other });
			}),
		);
	});

	it('keeps that a service defers to its numbers when somebody said so since', () => {
		fc.assert(
			fc.property(STATES.serviceInbound, (before) => {
				const taken = update(before, changesToPointAt(OWN, slot('serviceInbound', before)));
				const current = update(taken, { UseInboundWebhookOnNumber: 'true' });
				const restored = update(current, changesToRestore(before, slot('serviceInbound', current)));
				expect(restored).toEqual({ ...before, UseInboundWebhookOnNumber: 'true' });
			}),
		);
	});

	it('names no setting that is none of the slot', () => {
		fc.assert(
			fc.property(anySlot, anySlot, ([kind, before], [, other]) => {
				const current = update(other, changesToPointAt(OWN, slot(kind, before)));
				const names = Object.keys(emptySettings(kind));
				expect(names).toEqual(
					expect.arrayContaining(Object.keys(changesToRestore(before, slot(kind, current)))),
				);
			}),
		);
	});
});

function urlName(kind: SlotKind): string {
	return {
		phoneNumber: 'SmsUrl',
		serviceInbound: 'InboundRequestUrl',
		serviceStatus: 'StatusCallback',
	}[kind];
}

const ID = '3f2a7c1e-8b7d-4f6a-9a51-0c2d6f1e7b90';
const OUR_URL = `https://n8n.example.com/webhook/${ID}/webhook`;
const TWIN = `https://n8n.example.com/webhook-test/${ID}/webhook`;
const OLD = `https://old.example.com/webhook/${ID}/webhook`;

const judged = (target: Pick<Target, 'kind' | 'settings'>, registeredUrl?: string) =>
	ownerOfTarget(
		{ sid: '', name: '', ...target },
		{
			url: OUR_URL,
			webhookId: ID,
			baseUrls: ['https://n8n.example.com', 'https://editor.example.com'],
			registeredUrl,
		},
	);

const number = (SmsUrl: string, SmsApplicationSid = '') =>
	({ kind: 'phoneNumber', settings: { SmsUrl, SmsMethod: 'POST', SmsApplicationSid } }) as const;

const service = (InboundRequestUrl: string, UseInboundWebhookOnNumber = 'false') =>
	({
		kind: 'serviceInbound',
		settings: { InboundRequestUrl, InboundMethod: 'POST', UseInboundWebhookOnNumber },
	}) as const;

const statusUpdates = (StatusCallback: string) =>
	({ kind: 'serviceStatus', settings: { StatusCallback } }) as const;

/** The same address in each of the places where Twilio can keep one. */
const everywhere = (url: string) => [number(url), service(url), statusUpdates(url)];

describe('a number or service is free', () => {
	it.each([
		['without a URL', ''],
		["with Twilio's demo", 'https://demo.twilio.com/welcome/sms/reply'],
		["with Twilio's demo and a slash", 'https://demo.twilio.com/welcome/sms/reply/'],
		["with Twilio's demo over http", 'http://demo.twilio.com/welcome/sms/reply/'],
		[
			"with Twilio's demo and connection overrides",
			'https://demo.twilio.com/welcome/sms/reply#rc=2',
		],
		['with connection overrides alone', '#rc=2'],
	])('%s', (_, url) => {
		for (const target of everywhere(url)) expect(judged(target)).toBe('free');
	});

	it('without a URL although it is asked for by GET', () => {
		const { kind, settings } = number('');
		expect(judged({ kind, settings: { ...settings, SmsMethod: 'GET' } })).toBe('free');
	});
});

describe('a number or service is ours', () => {
	it.each([
		["with this trigger's URL", OUR_URL],
		['with connection overrides behind it', `${OUR_URL}#rc=3&rp=ct,rt,5xx`],
		['with its test address', TWIN],
		['with its test address where the editor is', TWIN.replace('n8n.', 'editor.')],
		['with its test address and connection overrides', `${TWIN}#rc=3`],
		['with what a test listen left behind', `${TWIN}#rc=3&n8nPrevious=e30`],
	])('%s', (_, url) => {
		for (const target of everywhere(url)) expect(judged(target)).toBe('ours');
	});

	it('with the URL that was registered when n8n had another address', () => {
		for (const target of [...everywhere(OLD), ...everywhere(`${OLD}#rc=3`)]) {
			expect(judged(target, OLD)).toBe('ours');
		}
	});

	it('with the right URL although somebody changed the method', () => {
		const { kind, settings } = number(OUR_URL);
		expect(judged({ kind, settings: { ...settings, SmsMethod: 'GET' } })).toBe('ours');
	});
});

describe('a number or service is in other hands', () => {
	it.each([
		['with any other URL', 'https://example.com/sms'],
		["with this trigger's URL of another n8n", OLD],
		["with this trigger's URL and something behind it", `${OUR_URL}/more`],
		["with this trigger's URL and a query", `${OUR_URL}?a=1`],
		["with this trigger's URL in a query", `https://example.com/?u=${OUR_URL}`],
		["with this trigger's URL in a fragment", `https://example.com/#${OUR_URL}`],
		["with something else at Twilio's demo", 'https://demo.twilio.com/welcome/sms/reply/me'],
		["with something like Twilio's demo", 'https://demo.twilio.com.evil.example/welcome/sms/reply'],
		["with Twilio's demo in a query", 'https://h.com/?https://demo.twilio.com/welcome/sms/reply'],
		['with a TwiML Bin', 'https://handler.twilio.com/twiml/EHaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
	])('%s', (_, url) => {
		for (const target of everywhere(url)) {
			expect(judged(target)).toBe('foreign');
			expect(judged(target, 'https://older.example.com/')).toBe('foreign');
		}
	});

	it("with another workflow's URL of this n8n, which is known as such", () => {
		const other = OUR_URL.replace(ID, ID.replace('3', '4'));
		for (const target of everywhere(other)) expect(judged(target)).toBe('otherWorkflow');
	});

	it.each(['', 'https://demo.twilio.com/welcome/sms/reply', OUR_URL, TWIN, OLD])(
		'with an application, for which Twilio ignores the URL %j',
		(url) => {
			expect(judged(number(url, APPLICATION), OLD)).toBe('foreign');
		},
	);

	it.each(['', OUR_URL, TWIN, OLD, 'https://example.com/sms'])(
		'when it defers to its numbers, for which Twilio ignores the URL %j',
		(url) => {
			expect(judged(service(url, 'true'), OLD)).toBe('foreign');
		},
	);
});

describe('at Twilio', () => {
	const NODE: INode = {
		id: '1',
		name: 'Twilio SMS Trigger',
		type: 't',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const KINDS: SlotKind[] = ['phoneNumber', 'serviceInbound', 'serviceStatus'];

	const twilio = (error?: Error) => {
		const give = (value: object) =>
			jest.fn(async () => (error ? await Promise.reject(error) : value));
		const [numbers, services] = [NUMBER, SERVICE].map((value) => ({
			fetch: give(value),
			update: give(value),
		}));
		const client = { phoneNumbers: numbers, messagingServices: services };
		return { numbers, services, client: client as unknown as TwilioClient };
	};

	it.each(KINDS)('a slot is read where it is: %s', async (kind) => {
		const { client, numbers, services } = twilio();
		expect(await readTarget(NODE, client, { kind, sid: 'X1' })).toEqual(
			kind === 'phoneNumber' ? toNumberTarget(NUMBER) : toServiceTarget(kind, SERVICE),
		);
		const [asked, other] = kind === 'phoneNumber' ? [numbers, services] : [services, numbers];
		expect(asked.fetch.mock.calls).toEqual([['X1']]);
		expect(other.fetch).not.toHaveBeenCalled();
	});

	it.each(KINDS)('a slot is changed where it is, and told as it is then: %s', async (kind) => {
		const { client, numbers, services } = twilio();
		const changes = { SmsUrl: '' };
		expect(await changeTarget(client, { kind, sid: 'X1' }, changes)).toEqual(
			kind === 'phoneNumber' ? toNumberTarget(NUMBER) : toServiceTarget(kind, SERVICE),
		);
		const [asked, other] = kind === 'phoneNumber' ? [numbers, services] : [services, numbers];
		expect(asked.update.mock.calls).toEqual([['X1', changes]]);
		expect(other.update).not.toHaveBeenCalled();
	});

	it('a slot that was deleted is none', async () => {
		const { client } = twilio(refusedError(NODE, 404, { code: 20404 }));
		expect(await readTarget(NODE, client, { kind: 'phoneNumber', sid: 'X1' })).toBeUndefined();
	});

	it('a slot is not taken for deleted by any other error', async () => {
		const error = refusedError(NODE, 401, { code: 20003 });
		const { client } = twilio(error);
		await expect(readTarget(NODE, client, { kind: 'phoneNumber', sid: 'X1' })).rejects.toBe(error);
	});
});
