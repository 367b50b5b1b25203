import { randomUUID } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { TriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { startTriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { OUR_NUMBER, PERSON } from '../support/twilioAccount';

let twilio: TriggerOnTwilio;
let trigger: TriggerOnTwilio['trigger'];

beforeEach(async () => {
	twilio = await startTriggerOnTwilio();
	({ trigger } = twilio);
	await trigger.activate();
});

afterEach(async () => await twilio.close());

const receive = (body: string) => twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body });

interface Forgery {
	token?: string;
	url?: string;
	sent?: Record<string, string>;
	signed?: Record<string, string>;
	headers?: Record<string, string>;
	body?: string;
}

const TEXT = { MessageSid: '', From: PERSON, To: OUR_NUMBER, Body: 'Hello' };

beforeEach(() => {
	TEXT.MessageSid = `SM${randomUUID().replaceAll('-', '')}`;
});

/** Posts to the webhook by hand, signed as told. */
async function post({ token, url, sent = TEXT, signed = sent, headers, body }: Forgery) {
	const signature = getExpectedTwilioSignature(
		token ?? twilio.account.authToken,
		url ?? trigger.url,
		signed,
	);
	return await fetch(trigger.route(new URL(trigger.url)), {
		method: 'POST',
		headers: {
			'content-type': 'application/x-www-form-urlencoded',
			'x-twilio-signature': signature,
			...headers,
		},
		body: body ?? new URLSearchParams(sent).toString(),
	});
}

describe('a text that Twilio signed', () => {
	it('starts the workflow and is answered with empty TwiML, so that nothing is texted back', async () => {
		const delivery = await receive('Hello');
		expect(delivery).toMatchObject({ status: 200, body: '<Response/>' });
		expect(delivery?.contentType).toMatch(/^text\/xml/);
		expect(delivery?.errorCode).toBeUndefined();
		expect(trigger.started).toHaveLength(1);
		expect(twilio.account.messages).toHaveLength(1);
	});

	it.each([
		['accents', 'Crème brûlée à 5 €'],
		['emoji', '👍🏽 👨‍👩‍👧'],
		['other scripts', 'Привет, 你好, مرحبا'],
		['leading and trailing spaces', '  two before, one after '],
		['characters of the encoding itself', 'a+b=c&d=%20#e;f'],
		['line breaks', 'one\ntwo\r\nthree'],
		['markup', '<Response><Message>hi</Message></Response>'],
		['no text at all', ''],
		['nothing but a space', ' '],
	])('arrives unharmed with %s', async (_, body) => {
		expect(await receive(body)).toMatchObject({ status: 200 });
		expect(trigger.started).toMatchObject([[{ json: { body } }]]);
	});

	it('arrives although it holds media and no text', async () => {
		const media = [{ contentType: 'image/png', content: Buffer.from('png') }];
		await twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: '', media });
		expect(trigger.started).toMatchObject([
			[{ json: { body: '', numMedia: 1, media: [{ contentType: 'image/png' }] } }],
		]);
	});

	it('is verified against the registered URL, whatever host and path a proxy makes of it', async () => {
		const headers = { 'x-forwarded-host': 'evil.example.com', 'x-forwarded-proto': 'http' };
		expect((await post({ headers })).status).toBe(200);
		expect(trigger.started).toHaveLength(1);
	});

	it('may be signed with the default port in the URL, as parts of Twilio do', async () => {
		const url = trigger.url.replace('.com/', '.com:443/');
		expect((await post({ url })).status).toBe(200);
	});

	it('keeps fields that nobody knows yet when not simplified', async () => {
		trigger.parameters = { simplify: false };
		await post({ sent: { ...TEXT, NewField: 'é', Empty: '' } });
		expect(trigger.started).toEqual([[{ json: { ...TEXT, NewField: 'é', Empty: '' } }]]);
	});
});

describe('any other request', () => {
	afterEach(() => {
		expect(trigger.started).toEqual([]);
	});

	it.each<[string, () => Forgery]>([
		['with the signature of another account', () => ({ token: 'f'.repeat(32) })],
		['with an empty Auth Token', () => ({ token: '' })],
		['with the signature of an API key secret', () => ({ token: twilio.account.apiKey.secret })],
		['whose text was changed', () => ({ sent: { ...TEXT, Body: 'Goodbye' }, signed: TEXT })],
		['with a field added', () => ({ sent: { ...TEXT, NumMedia: '1' }, signed: TEXT })],
		['with a field removed', () => ({ sent: { Body: 'Hello' }, signed: TEXT })],
		['signed for another workflow', () => ({ url: 'https://n8n.example.com/webhook/0/webhook' })],
		['signed for the test address', () => ({ url: trigger.testUrl })],
		['without a signature', () => ({ headers: { 'x-twilio-signature': '' } })],
		['with a signature that is none', () => ({ headers: { 'x-twilio-signature': 'AAAA' } })],
		['with JSON', () => ({ headers: { 'content-type': 'application/json' } })],
		['without a body', () => ({ sent: {}, body: '' })],
		['with a body larger than any of Twilio', () => ({ sent: { Body: 'a'.repeat(300_000) } })],
	])('is rejected with 403 and one line in the log: %s', async (_, forgery) => {
		trigger.log.length = 0;
		const response = await post(forgery());
		expect(response.status).toBe(403);
		expect(trigger.log).toHaveLength(1);
		expect(trigger.log.join()).not.toContain(twilio.account.authToken);
	});

	it('is rejected with the URL that was expected in the log', async () => {
		await post({ token: 'wrong' });
		expect(trigger.log).toContainEqual(expect.stringContaining(trigger.url));
	});

	it('is rejected when the credential has lost its Auth Token', async () => {
		trigger.credential = { ...twilio.credential, authToken: '' };
		expect(await receive('Hello')).toMatchObject({ status: 403 });
	});

	it('is rejected when it is signed for another address, also when n8n has lost which it was', async () => {
		delete trigger.stored.registration;
		const other = trigger.url.replace('n8n.', 'old.');
		expect((await post({ url: other })).status).toBe(403);
		expect((await post({ url: trigger.testUrl })).status).toBe(403);
		expect(trigger.started).toEqual([]);
	});

	it('is rejected when the credential is gone', async () => {
		trigger.credential = undefined;
		expect((await post({ token: 'f'.repeat(32) })).status).toBe(403);
		expect(trigger.log.join()).toMatch(/credential/);
		expect(trigger.started).toEqual([]);
	});

	it('is taken with a new Auth Token at once, which takes the place of the one before', async () => {
		const before = twilio.account.authToken;
		expect((await post({})).status).toBe(200);
		trigger.credential = { ...twilio.credential, authToken: 'a'.repeat(32) };
		TEXT.MessageSid = `SM${'1'.repeat(32)}`;
		expect((await post({ token: 'a'.repeat(32) })).status).toBe(200);
		TEXT.MessageSid = `SM${'2'.repeat(32)}`;
		expect((await post({ token: before })).status).toBe(403);
		expect(trigger.started).toHaveLength(2);
		trigger.started.length = 0;
	});

	it('is rejected at the test address while nobody listens', async () => {
		const url = trigger.testUrl;
		const response = await fetch(trigger.route(new URL(url)), { method: 'POST' });
		expect(response.status).toBe(403);
	});
});

describe('a signed request of another kind than the trigger is for', () => {
	const STATUS = { From: OUR_NUMBER, To: PERSON, MessageStatus: 'delivered' };
	const CALL = { CallSid: 'CA0123456789abcdef0123456789abcdef', From: PERSON, To: OUR_NUMBER };

	it.each([
		['a message status', 'incomingMessage', { ...STATUS, MessageSid: 'SM1' }],
		['a call', 'incomingMessage', CALL],
		['a text', 'messageStatus', { MessageSid: 'SM1', From: PERSON, To: OUR_NUMBER, Body: 'Hi' }],
		['a call', 'messageStatus', CALL],
	])('starts nothing and says so in the log: %s for %s', async (_, event, parameters) => {
		trigger.parameters = { event };
		trigger.log.length = 0;
		const response = await trigger.deliver(parameters);
		expect(response.status).toBe(200);
		expect(await response.text()).toBe('<Response/>');
		expect(trigger.started).toEqual([]);
		expect(trigger.log.join()).toMatch(/which started nothing/);
	});
});
