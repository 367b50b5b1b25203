import { runTwilioSms } from '../support/engine';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';

let twilio: TwilioAccount;

beforeEach(async () => {
	twilio = await startTwilioAccount({ statusDelay: 60_000 });
});

afterEach(async () => await twilio.simulator.close());

const SEND = { resource: 'message', operation: 'send', to: PERSON, message: 'Hello' };

const send = (parameters = {}, options = {}) =>
	runTwilioSms({ ...SEND, ...parameters }, twilio.credential, options);

describe('a message', () => {
	it('goes out from the number of the credential', async () => {
		await send();
		expect(twilio.account.messages).toMatchObject([
			{ from: OUR_NUMBER, to: PERSON, body: 'Hello', direction: 'outbound-api' },
		]);
	});

	it('goes out from another number of the account when one is chosen', async () => {
		twilio.account.addNumber({ phoneNumber: '+14155550111' });
		await send({
			fromType: 'number',
			from: { __rl: true, mode: 'number', value: '1 415-555-0111' },
		});
		expect(twilio.account.messages).toMatchObject([{ from: '+14155550111' }]);
	});

	it.each(['+1 (415) 555-0123', '14155550123', '0014155550123', '415.555.0123', '+1 415–555–0123'])(
		'reaches the person whose number was typed as %s',
		async (to) => {
			await send({ to });
			expect(twilio.account.messages).toMatchObject([{ to: PERSON }]);
		},
	);

	it('keeps spaces, accents and emoji as they are', async () => {
		const message = '  Café 👍 +&=% \n';
		await send({ message });
		expect(twilio.account.messages).toMatchObject([{ body: message }]);
	});

	it('can be sent with an API key', async () => {
		const { apiKey } = twilio.account;
		await runTwilioSms(SEND, {
			...twilio.credential,
			authType: 'apiKey',
			apiKeySid: apiKey.sid,
			apiKeySecret: apiKey.secret,
			authToken: '',
		});
		expect(twilio.account.messages).toHaveLength(1);
	});
});

describe('the output', () => {
	it('is simplified: counts as numbers, dates as ISO 8601, null for what is absent', async () => {
		const { items } = await send();
		expect(items).toEqual([
			{
				json: {
					messageSid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
					status: 'queued',
					from: OUR_NUMBER,
					to: PERSON,
					body: 'Hello',
					numSegments: 1,
					numMedia: 0,
					direction: 'outbound-api',
					errorCode: null,
					errorMessage: null,
					price: null,
					priceUnit: 'USD',
					messagingServiceSid: null,
					accountSid: twilio.account.sid,
					dateCreated: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
					dateSent: null,
					dateUpdated: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it("is Twilio's JSON untouched when not simplified", async () => {
		const { items } = await send({ simplify: false });
		expect(items[0].json).toEqual(JSON.parse(JSON.stringify(twilio.account.messages[0])));
	});

	it('says for each item which input it came from', async () => {
		const { items } = await send(
			{ message: '={{ $json.text }}' },
			{ items: [{ text: 'one' }, { text: 'two' }, { text: 'three' }] },
		);
		expect(items.map(({ json, pairedItem }) => [json.body, pairedItem])).toEqual([
			['one', { item: 0 }],
			['two', { item: 1 }],
			['three', { item: 2 }],
		]);
	});
});

describe('what Twilio refuses', () => {
	it("becomes an error with Twilio's words, what to do, and its code", async () => {
		const { items, error } = await send({
			fromType: 'number',
			from: { __rl: true, mode: 'number', value: '+14155550199' },
		});
		expect(items).toEqual([]);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			httpCode: '400',
			message: expect.stringContaining('+14155550199 is not a Twilio phone number'),
			description: expect.stringMatching(
				/belongs to this Twilio account.*Twilio error 21659: https:\/\/www\.twilio\.com\/docs\/errors\/21659/,
			),
		});
	});

	it('names the credential when Twilio does not know it', async () => {
		const { error } = await runTwilioSms(SEND, { ...twilio.credential, authToken: 'wrong' });
		expect(error).toMatchObject({
			httpCode: '401',
			description: expect.stringMatching(/Open the credential.*20003/),
		});
	});

	it('holds no secret', async () => {
		const { error } = await runTwilioSms(SEND, { ...twilio.credential, authToken: 'tOkEn' });
		expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('tOkEn');
		expect(JSON.stringify(error)).not.toContain(
			Buffer.from(`${twilio.account.sid}:tOkEn`).toString('base64'),
		);
	});

	it('fails its own item only when the node continues on errors', async () => {
		const { items, error } = await send(
			{ to: '={{ $json.to }}' },
			{
				items: [{ to: PERSON }, { to: 'nobody' }, { to: OUR_NUMBER }, { to: '+14155550124' }],
				onError: 'continueRegularOutput',
			},
		);
		expect(error).toBeUndefined();
		expect(items).toMatchObject([
			{ json: { to: PERSON }, pairedItem: { item: 0 } },
			{ json: { error: expect.stringContaining('"nobody"') }, pairedItem: { item: 1 } },
			{
				json: { error: expect.any(String), message: expect.stringContaining('21266') },
				pairedItem: { item: 2 },
			},
			{ json: { to: '+14155550124' }, pairedItem: { item: 3 } },
		]);
		expect(twilio.account.messages).toHaveLength(2);
	});
});

describe('what cannot be right', () => {
	it.each([
		[{ to: 'Anna' }, /"Anna" is not a phone number \(field "To"\)/],
		[{ to: '={{ "" }}' }, /"To" is empty/],
		[{ to: '0171 123456' }, /is not a phone number/],
		[{ message: '={{ " " }}' }, /The message is empty/],
		[
			{ fromType: 'number', from: { __rl: true, mode: 'number', value: '={{ "" }}' } },
			/"From" is empty/,
		],
	])('is said before Twilio is asked: %j', async (parameters, message) => {
		const { error } = await send(parameters);
		expect(error?.message).toMatch(message);
		expect(error?.description).toBeTruthy();
		expect(twilio.account.requests).toEqual([]);
	});
});

describe('when Twilio cannot be reached', () => {
	it('says that nothing was sent', async () => {
		const { error } = await runTwilioSms(SEND, {
			...twilio.credential,
			baseUrl: 'http://127.0.0.1:9',
		});
		expect(error?.message).toBe('Twilio could not be reached, so nothing was changed or sent');
	});

	it('refuses to send the token over the internet unencrypted', async () => {
		const { error } = await runTwilioSms(SEND, {
			...twilio.credential,
			baseUrl: 'http://twilio.example.com',
		});
		expect(error?.message).toMatch(/Base URL.*https:\/\//);
	});
});
