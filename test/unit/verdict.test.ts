import type { TwilioPhoneNumber } from '../../nodes/TwilioSms/shared/types';
import { judge } from '../../nodes/TwilioSms/trigger/verdict';

const ID = '3f2a7c1e-8b7d-4f6a-9a51-0c2d6f1e7b90';
const OWN = `https://n8n.example.com/webhook/${ID}/webhook`;
const TWIN = `https://n8n.example.com/webhook-test/${ID}/webhook`;
const OLD = `https://old.example.com/webhook/${ID}/webhook`;
const APPLICATION = 'APaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

const judged = (number: Partial<TwilioPhoneNumber>, registeredUrl?: string) =>
	judge({ sms_application_sid: '', ...number } as TwilioPhoneNumber, {
		url: OWN,
		webhookId: ID,
		baseUrls: ['https://n8n.example.com', 'https://editor.example.com'],
		registeredUrl,
	});

describe('a number is free', () => {
	it.each([
		['without a URL', ''],
		['without a URL, as null', null],
		["with Twilio's demo", 'https://demo.twilio.com/welcome/sms/reply'],
		["with Twilio's demo and a slash", 'https://demo.twilio.com/welcome/sms/reply/'],
		["with Twilio's demo over http", 'http://demo.twilio.com/welcome/sms/reply/'],
	])('%s', (_, sms_url) => {
		expect(judged({ sms_url })).toBe('free');
		expect(judged({ sms_url, sms_application_sid: null })).toBe('free');
	});
});

describe('a number is ours', () => {
	it.each([
		["with this trigger's URL", OWN],
		['with connection overrides behind it', `${OWN}#rc=3&rp=ct,rt,5xx`],
		['with its test address', TWIN],
		['with its test address where the editor is', TWIN.replace('n8n.', 'editor.')],
		['with its test address and connection overrides', `${TWIN}#rc=3`],
	])('%s', (_, sms_url) => {
		expect(judged({ sms_url })).toBe('ours');
	});

	it('with the URL that was registered when n8n had another address', () => {
		expect(judged({ sms_url: OLD }, OLD)).toBe('ours');
		expect(judged({ sms_url: `${OLD}#rc=3` }, OLD)).toBe('ours');
	});
});

describe('a number is in other hands', () => {
	it.each([
		['with any other URL', 'https://example.com/sms'],
		["with another workflow's URL of this n8n", OWN.replace(ID, ID.replace('3', '4'))],
		["with this trigger's URL of another n8n", OLD],
		["with this trigger's URL and something behind it", `${OWN}/more`],
		["with this trigger's URL and a query", `${OWN}?a=1`],
		["with this trigger's URL in a query", `https://example.com/?u=${OWN}`],
		["with something else at Twilio's demo", 'https://demo.twilio.com/welcome/sms/reply/me'],
		["with something like Twilio's demo", 'https://demo.twilio.com.evil.example/welcome/sms/reply'],
		["with Twilio's demo in a query", 'https://h.com/?https://demo.twilio.com/welcome/sms/reply'],
		['with a TwiML Bin', 'https://handler.twilio.com/twiml/EHaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
	])('%s', (_, sms_url) => {
		expect(judged({ sms_url })).toBe('foreign');
		expect(judged({ sms_url }, 'https://older.example.com/')).toBe('foreign');
	});

	it.each(['', null, 'https://demo.twilio.com/welcome/sms/reply', OWN, TWIN, OLD])(
		'with an application, for which Twilio ignores the URL %j',
		(sms_url) => {
			expect(judged({ sms_url, sms_application_sid: APPLICATION }, OLD)).toBe('foreign');
		},
	);
});
