import fc from 'fast-check';

import type { SlotKind, SlotSettings } from '../../nodes/TwilioSms/trigger/webhookSlot';
import {
	changesToPointAt,
	changesToRestore,
	emptySettings,
	isOverridden,
	isPost,
	urlIn,
} from '../../nodes/TwilioSms/trigger/webhookSlot';

const OWN = 'https://n8n.example.com/webhook/1/webhook#rc=3&rp=ct,rt,5xx';
const APPLICATION = 'APaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

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
		expect(changesToPointAt(OWN, 'phoneNumber', free)).toEqual({ SmsUrl: OWN, SmsMethod: 'POST' });
		expect(
			changesToPointAt(OWN, 'phoneNumber', { ...free, SmsApplicationSid: APPLICATION }),
		).toEqual({ SmsUrl: OWN, SmsMethod: 'POST', SmsApplicationSid: '' });
	});

	it('has a service stop deferring to its numbers, if it does', () => {
		const free = { InboundRequestUrl: '', InboundMethod: 'POST' };
		expect(
			changesToPointAt(OWN, 'serviceInbound', { ...free, UseInboundWebhookOnNumber: 'false' }),
		).toEqual({ InboundRequestUrl: OWN, InboundMethod: 'POST' });
		expect(
			changesToPointAt(OWN, 'serviceInbound', { ...free, UseInboundWebhookOnNumber: 'true' }),
		).toEqual({
			InboundRequestUrl: OWN,
			InboundMethod: 'POST',
			UseInboundWebhookOnNumber: 'false',
		});
	});

	it('sets nothing but the callback for status updates', () => {
		expect(changesToPointAt(OWN, 'serviceStatus', { StatusCallback: '' })).toEqual({
			StatusCallback: OWN,
		});
	});

	it('has Twilio call it by POST, whatever was there before', () => {
		fc.assert(
			fc.property(anySlot, ([kind, before]) => {
				const after = update(before, changesToPointAt(OWN, kind, before));
				expect(urlIn(kind, after)).toBe(OWN);
				expect(after).toEqual(update(emptySettings(kind), { [urlName(kind)]: OWN }));
			}),
		);
	});
});

describe('putting a slot back', () => {
	it('restores exactly what was there, whatever it was', () => {
		fc.assert(
			fc.property(anySlot, ([kind, before]) => {
				const taken = update(before, changesToPointAt(OWN, kind, before));
				expect(update(taken, changesToRestore(before, kind, taken))).toEqual(before);
			}),
		);
	});

	it('restores exactly what was there through a test listen, which borrows it in between', () => {
		fc.assert(
			fc.property(anySlot, fc.webUrl(), ([kind, before], testUrl) => {
				const taken = update(before, changesToPointAt(OWN, kind, before));
				const lent = update(taken, changesToPointAt(testUrl, kind, taken));
				const returned = update(lent, changesToRestore(taken, kind, lent));
				expect(returned).toEqual(taken);
				expect(update(returned, changesToRestore(before, kind, returned))).toEqual(before);
			}),
		);
	});

	it('restores exactly what was there although it was done before', () => {
		fc.assert(
			fc.property(anySlot, ([kind, before]) => {
				expect(update(before, changesToRestore(before, kind, before))).toEqual(before);
			}),
		);
	});

	it('keeps an application that somebody set since, for which Twilio ignores the URL', () => {
		const other = APPLICATION.replaceAll('a', 'c');
		fc.assert(
			fc.property(STATES.phoneNumber, (before) => {
				const taken = update(before, changesToPointAt(OWN, 'phoneNumber', before));
				const current = update(taken, { SmsApplicationSid: other });
				const restored = update(current, changesToRestore(before, 'phoneNumber', current));
				expect(restored).toEqual({ ...before, SmsApplicationSid: other });
			}),
		);
	});

	it('keeps that a service defers to its numbers when somebody said so since', () => {
		fc.assert(
			fc.property(STATES.serviceInbound, (before) => {
				const taken = update(before, changesToPointAt(OWN, 'serviceInbound', before));
				const current = update(taken, { UseInboundWebhookOnNumber: 'true' });
				const restored = update(current, changesToRestore(before, 'serviceInbound', current));
				expect(restored).toEqual({ ...before, UseInboundWebhookOnNumber: 'true' });
			}),
		);
	});

	it('names no setting that is none of the slot', () => {
		fc.assert(
			fc.property(anySlot, anySlot, ([kind, before], [, other]) => {
				const current = update(other, changesToPointAt(OWN, kind, before));
				const names = Object.keys(emptySettings(kind));
				expect(names).toEqual(
					expect.arrayContaining(Object.keys(changesToRestore(before, kind, current))),
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
