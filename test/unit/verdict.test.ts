import type { Target } from '../../nodes/TwilioSms/trigger/target';
import { judge } from '../../nodes/TwilioSms/trigger/verdict';

const ID = '3f2a7c1e-8b7d-4f6a-9a51-0c2d6f1e7b90';
const OWN = `https://n8n.example.com/webhook/${ID}/webhook`;
const TWIN = `https://n8n.example.com/webhook-test/${ID}/webhook`;
const OLD = `https://old.example.com/webhook/${ID}/webhook`;
const APPLICATION = 'APaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

const judged = (target: Pick<Target, 'kind' | 'settings'>, registeredUrl?: string) =>
	judge(
		{ sid: '', name: '', ...target },
		{
			url: OWN,
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
		["with this trigger's URL", OWN],
		['with connection overrides behind it', `${OWN}#rc=3&rp=ct,rt,5xx`],
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
		const { kind, settings } = number(OWN);
		expect(judged({ kind, settings: { ...settings, SmsMethod: 'GET' } })).toBe('ours');
	});
});

describe('a number or service is in other hands', () => {
	it.each([
		['with any other URL', 'https://example.com/sms'],
		["with another workflow's URL of this n8n", OWN.replace(ID, ID.replace('3', '4'))],
		["with this trigger's URL of another n8n", OLD],
		["with this trigger's URL and something behind it", `${OWN}/more`],
		["with this trigger's URL and a query", `${OWN}?a=1`],
		["with this trigger's URL in a query", `https://example.com/?u=${OWN}`],
		["with this trigger's URL in a fragment", `https://example.com/#${OWN}`],
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

	it.each(['', 'https://demo.twilio.com/welcome/sms/reply', OWN, TWIN, OLD])(
		'with an application, for which Twilio ignores the URL %j',
		(url) => {
			expect(judged(number(url, APPLICATION), OLD)).toBe('foreign');
		},
	);

	it.each(['', OWN, TWIN, OLD, 'https://example.com/sms'])(
		'when it defers to its numbers, for which Twilio ignores the URL %j',
		(url) => {
			expect(judged(service(url, 'true'), OLD)).toBe('foreign');
		},
	);
});
