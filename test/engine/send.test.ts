import fc from 'fast-check';
import { runTwilioSms } from '../support/engine/engine';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';

let twilio: TwilioAccount;

beforeEach(async () => {
	twilio = await startTwilioAccount({ statusDelay: 60_000 });
});

afterEach(async () => await twilio.simulator.close());

const SEND = { resource: 'message', operation: 'send', to: PERSON, message: 'Hello' };

const SID = (prefix: string) => prefix + '0123456789abcdef'.repeat(2);

const send = (parameters = {}, options = {}) =>
	runTwilioSms({ ...SEND, ...parameters }, twilio.credential, options);

/** What Twilio was asked for, message by message. */
const forms = () =>
	twilio.account.requests
		.filter(({ method }) => method === 'POST')
		.map(({ form }) => Object.fromEntries(form));

const number = (value: string) => ({ __rl: true, mode: 'number', value });
const service = (value: string) => ({ __rl: true, mode: 'sid', value });

describe('a message', () => {
	it('goes out from the number of the credential', async () => {
		await send();
		expect(twilio.account.messages).toMatchObject([
			{ from: OUR_NUMBER, to: PERSON, body: 'Hello', direction: 'outbound-api' },
		]);
	});

	it('goes out from another number of the account when one is chosen', async () => {
		twilio.account.resources.addNumber({ phoneNumber: '+14155550111' });
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

	it('arrives as it was written, whatever it is', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc
					.string({ unit: 'grapheme', minLength: 1, maxLength: 100 })
					.filter((text) => text.trim() !== ''),
				async (message) => {
					const { error } = await send(
						{ message: '={{ $json.message }}' },
						{ items: [{ message }] },
					);
					expect(error).toBeUndefined();
					expect(twilio.account.messages.at(-1)?.body).toBe(message);
				},
			),
			{ numRuns: 40 },
		);
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

describe('the sender', () => {
	it.each([
		['a number', '+44 20 7946 0123', '+442079460123'],
		['a short code', '12345', '12345'],
		['a sender ID', 'My Shop', 'My Shop'],
		['a WhatsApp address', 'whatsapp:+1 415 555 0100', 'whatsapp:+14155550100'],
		['an address of another channel', 'messenger:1234567890', 'messenger:1234567890'],
	])('can be %s', async (_, typed, From) => {
		await send({ fromType: 'number', from: number(typed) });
		expect(forms()).toMatchObject([{ From, Body: 'Hello' }]);
	});

	it('can be a Messaging Service, which picks the number', async () => {
		const { sid } = twilio.account.resources.addService({
			friendlyName: 'Shop',
			numbers: [OUR_NUMBER],
		});
		const { items } = await send({
			fromType: 'messagingService',
			messagingServiceSid: service(sid),
		});
		expect(items).toMatchObject([{ json: { status: 'accepted' } }]);
		expect(forms()).toEqual([{ MessagingServiceSid: sid, To: PERSON, Body: 'Hello' }]);
		expect(twilio.account.messages).toMatchObject([{ messaging_service_sid: sid }]);
	});

	it('is a Messaging Service as well when its SID was typed for a number', async () => {
		const { sid } = twilio.account.resources.addService({
			friendlyName: 'Shop',
			numbers: [OUR_NUMBER],
		});
		await send({ fromType: 'number', from: number(sid) });
		expect(forms()).toEqual([{ MessagingServiceSid: sid, To: PERSON, Body: 'Hello' }]);
	});

	it.each([
		[{ fromType: 'number', from: number('A name that is too long') }, /cannot be a sender/],
		[{ fromType: 'number', from: number('1234567890123456') }, /is not a phone number/],
		[
			{ fromType: 'messagingService', messagingServiceSid: service('={{ "My service" }}') },
			/"My service" is not the SID of a Messaging Service/,
		],
		[
			{ fromType: 'messagingService', messagingServiceSid: service('={{ "" }}') },
			/"Messaging Service" is empty/,
		],
	])('is refused before Twilio is asked when it cannot be one: %j', async (parameters, message) => {
		const { error } = await send(parameters);
		expect(error?.message).toMatch(message);
		expect(error?.description).toBeTruthy();
		expect(twilio.account.requests).toEqual([]);
	});
});

describe('several recipients', () => {
	const ANNA = '+14155550124';
	const BERT = '+14155550125';
	const LONDON = '+442079460123';

	it.each([
		`${PERSON}, ${ANNA},${BERT}`,
		`${PERSON}; ${ANNA} ;${BERT};`,
		`${PERSON}\n${ANNA}\r\n${BERT}\n`,
		`={{ ["${PERSON}", "${ANNA}", "${BERT}"] }}`,
	])('get a message and an item each: %j', async (to) => {
		const { items } = await send({ to });
		expect(items).toMatchObject(
			[PERSON, ANNA, BERT].map((recipient) => ({
				json: { to: recipient, body: 'Hello', messageSid: expect.any(String) },
				pairedItem: { item: 0 },
			})),
		);
		expect(twilio.account.messages).toHaveLength(3);
	});

	it('get it once, however often and however they are written', async () => {
		const { items } = await send({ to: `${PERSON}, 1 (415) 555-0123, ${ANNA}, 0014155550123` });
		expect(items.map(({ json }) => json.to)).toEqual([PERSON, ANNA]);
		expect(twilio.account.messages).toHaveLength(2);
	});

	it('get nothing when one of them cannot be right', async () => {
		const { error } = await send({ to: `${PERSON}, Anna, ${BERT}` });
		expect(error?.message).toBe('"Anna" is not a phone number (field "To")');
		expect(twilio.account.requests).toEqual([]);
	});

	it('fail alone when the node continues on errors, each with its name', async () => {
		twilio.account.conditions.blockedCountries.add('GB');
		const { items } = await send(
			{ to: `${PERSON}, ${LONDON}, ${BERT}` },
			{ onError: 'continueRegularOutput' },
		);
		expect(items).toEqual([
			{ json: expect.objectContaining({ to: PERSON }), pairedItem: { item: 0 } },
			{
				json: {
					error: expect.stringContaining(LONDON),
					message: expect.stringMatching(/Geo permissions.*21408/),
				},
				pairedItem: { item: 0 },
			},
			{ json: expect.objectContaining({ to: BERT }), pairedItem: { item: 0 } },
		]);
		expect(twilio.account.messages).toHaveLength(2);
	});

	it('are told apart by the error that stops the node: who got it, and who did not', async () => {
		twilio.account.conditions.blockedCountries.add('GB');
		const { items, error } = await send({
			to: `${PERSON}, ${ANNA}, ${LONDON}, ${BERT}`,
			options: { parallel: 1 },
		});
		expect(items).toEqual([]);
		expect(error?.message).toContain(LONDON);
		const [first, second] = twilio.account.messages;
		expect(error?.description).toMatch(/Geo permissions/);
		expect(error?.description).toContain(
			`2 messages went out: ${PERSON} (${first.sid}), ${ANNA} (${second.sid}).`,
		);
		expect(error).toMatchObject({
			context: {
				itemIndex: 0,
				data: {
					sent: [
						{ itemIndex: 0, to: PERSON, messageSid: first.sid },
						{ itemIndex: 0, to: ANNA, messageSid: second.sid },
					],
				},
			},
		});
		expect(twilio.account.messages).toHaveLength(2);
	});
});

describe('the channel WhatsApp', () => {
	it('is put in front of sender and recipient', async () => {
		await send({ channel: 'whatsapp' });
		expect(forms()).toMatchObject([{ From: `whatsapp:${OUR_NUMBER}`, To: `whatsapp:${PERSON}` }]);
	});

	it('is not put there twice', async () => {
		await send({
			channel: 'whatsapp',
			to: `WhatsApp: ${PERSON}`,
			fromType: 'number',
			from: number(`whatsapp:${OUR_NUMBER}`),
		});
		expect(forms()).toMatchObject([{ From: `whatsapp:${OUR_NUMBER}`, To: `whatsapp:${PERSON}` }]);
	});

	it.each([
		['the recipient', { to: `whatsapp:${PERSON}` }],
		['the sender', { fromType: 'number', from: number(`whatsapp:${OUR_NUMBER}`) }],
	])('is meant for both when %s has it in front', async (_, parameters) => {
		await send(parameters);
		expect(forms()).toMatchObject([{ From: `whatsapp:${OUR_NUMBER}`, To: `whatsapp:${PERSON}` }]);
	});
});

describe('a content template', () => {
	const TEMPLATE = { messageType: 'template', contentSid: SID('HX') };

	it('goes out with its variables, and without a text', async () => {
		await send({ ...TEMPLATE, contentVariables: '{"1": "Anna", "2": 7}' });
		expect(forms()).toEqual([
			{
				From: OUR_NUMBER,
				To: PERSON,
				ContentSid: SID('HX'),
				ContentVariables: '{"1":"Anna","2":"7"}',
			},
		]);
	});

	it.each(['', '{}', '={{ {} }}'])('needs no variables: %j', async (contentVariables) => {
		await send({ ...TEMPLATE, contentVariables });
		expect(forms()).toEqual([{ From: OUR_NUMBER, To: PERSON, ContentSid: SID('HX') }]);
	});

	it('takes variables from an expression', async () => {
		await send(
			{ ...TEMPLATE, contentVariables: '={{ { "1": $json.name } }}' },
			{ items: [{ name: 'Zoë' }] },
		);
		expect(forms()).toMatchObject([{ ContentVariables: '{"1":"Zoë"}' }]);
	});

	it.each([
		[{ contentVariables: '{"1": Anna}' }, /"Content Variables" is not valid JSON/],
		[{ contentVariables: '["Anna"]' }, /"Content Variables" is not a JSON object/],
		[{ contentVariables: '{"1": null}' }, /content variable "1" has no text/],
		[{ contentSid: 'greeting' }, /"greeting" is not the SID of a content template/],
		[{ contentSid: '={{ "" }}' }, /"Content Template" is empty/],
	])('is refused before Twilio is asked when it cannot be right: %j', async (given, message) => {
		const { error } = await send({ ...TEMPLATE, ...given });
		expect(error?.message).toMatch(message);
		expect(error?.description).toBeTruthy();
		expect(twilio.account.requests).toEqual([]);
	});
});

describe('options', () => {
	it('are sent as Twilio names them', async () => {
		await send({
			options: {
				addressRetention: 'obfuscate',
				contentRetention: 'discard',
				persistentAction: ['geo:37.787890,-122.391664|375 Beale St'],
				provideFeedback: true,
				riskCheck: 'disable',
				sendAsMms: true,
				smartEncoded: false,
				statusCallback: 'https://n8n.example.com/webhook/status?order=1&x=ä',
				validityPeriod: 600,
			},
		});
		expect(forms()).toEqual([
			{
				From: OUR_NUMBER,
				To: PERSON,
				Body: 'Hello',
				AddressRetention: 'obfuscate',
				ContentRetention: 'discard',
				PersistentAction: 'geo:37.787890,-122.391664|375 Beale St',
				ProvideFeedback: 'true',
				RiskCheck: 'disable',
				SendAsMms: 'true',
				SmartEncoded: 'false',
				StatusCallback: 'https://n8n.example.com/webhook/status?order=1&x=%C3%A4',
				ValidityPeriod: '600',
			},
		]);
	});

	it('of a Messaging Service are sent with one', async () => {
		const { sid } = twilio.account.resources.addService({
			friendlyName: 'Shop',
			numbers: [OUR_NUMBER],
		});
		await send({
			fromType: 'messagingService',
			messagingServiceSid: service(sid),
			options: { fallbackFrom: OUR_NUMBER, shortenUrls: true },
		});
		expect(forms()).toMatchObject([
			{ MessagingServiceSid: sid, FallbackFrom: OUR_NUMBER, ShortenUrls: 'true' },
		]);
	});

	it('can pin the number of a Messaging Service that sends', async () => {
		const { sid } = twilio.account.resources.addService({
			friendlyName: 'Shop',
			numbers: [OUR_NUMBER],
		});
		await send({
			fromType: 'messagingService',
			messagingServiceSid: service(sid),
			options: { senderInService: '(415) 555-0100' },
		});
		expect(forms()).toMatchObject([{ MessagingServiceSid: sid, From: OUR_NUMBER }]);
	});

	it('can pin the WhatsApp sender of a Messaging Service', async () => {
		await send({
			channel: 'whatsapp',
			fromType: 'messagingService',
			messagingServiceSid: service(SID('MG')),
			options: { senderInService: OUR_NUMBER },
		});
		expect(forms()).toMatchObject([
			{ From: `whatsapp:${OUR_NUMBER}`, To: `whatsapp:${PERSON}`, MessagingServiceSid: SID('MG') },
		]);
	});

	it('left out are left to Twilio', async () => {
		await send({ options: {} });
		expect(forms()).toEqual([{ From: OUR_NUMBER, To: PERSON, Body: 'Hello' }]);
	});
});

describe('media', () => {
	const URLS = Array.from({ length: 10 }, (_, index) => `https://example.com/${index}.jpg?a=1&b=2`);

	it('are sent along, each with its address', async () => {
		const { items } = await send({ options: { mediaUrls: URLS } });
		expect(items).toMatchObject([
			{ json: { numMedia: 10, messageSid: expect.stringMatching(/^MM/) } },
		]);
		const [{ form }] = twilio.account.requests;
		expect(form.filter(([name]) => name === 'MediaUrl').map(([, url]) => url)).toEqual(URLS);
	});

	it('need no text', async () => {
		await send({ message: '', options: { mediaUrls: URLS.slice(0, 1) } });
		expect(twilio.account.messages).toMatchObject([{ body: '', num_media: '1' }]);
		expect(forms()[0]).not.toHaveProperty('Body');
	});

	it.each([
		[[...URLS, 'https://example.com/11.jpg'], /10 files at most, and these are 11/],
		[['example.com/menu.jpg'], /"example.com\/menu.jpg" is not a web address/],
		[['file:///etc/passwd'], /is not a web address/],
		[['https://'], /is not a web address/],
	])(
		'are refused before Twilio is asked when they cannot be right: %j',
		async (mediaUrls, message) => {
			const { error } = await send({ options: { mediaUrls } });
			expect(error?.message).toMatch(message);
			expect(twilio.account.requests).toEqual([]);
		},
	);
});

describe('a scheduled message', () => {
	const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

	const schedule = async (sendAt: string, options = {}) => {
		const { sid } = twilio.account.resources.addService({
			friendlyName: 'Shop',
			numbers: [OUR_NUMBER],
		});
		return await send(
			{ fromType: 'messagingService', messagingServiceSid: service(sid), options: { sendAt } },
			options,
		);
	};

	it('waits at Twilio for its time', async () => {
		const sendAt = inMinutes(60);
		const { items } = await schedule(sendAt);
		expect(items).toMatchObject([{ json: { status: 'scheduled' } }]);
		expect(forms()).toMatchObject([
			{ ScheduleType: 'fixed', SendAt: sendAt.replace(/\.\d+Z$/, 'Z') },
		]);
	});

	it.each(['={{ $now.plus({ hours: 2 }) }}', '={{ $now.plus({ hours: 2 }).toISO() }}'])(
		'can be given by an expression: %s',
		async (sendAt) => {
			await schedule(sendAt);
			const ahead = Date.parse(forms()[0].SendAt) - Date.now();
			expect(Math.abs(ahead - 2 * 60 * 60 * 1000)).toBeLessThan(60_000);
		},
	);

	it.each([
		[inMinutes(4), /"Send At" is too soon/],
		[inMinutes(-1), /"Send At" is in the past/],
		[inMinutes(35 * 24 * 60 + 1), /"Send At" is too far ahead/],
		['tomorrow', /"tomorrow" is not a date/],
	])('is refused before Twilio is asked for a time such as %s', async (sendAt, message) => {
		const { error } = await schedule(sendAt);
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(/more than 5 minutes and at most 35 days/);
		expect(twilio.account.requests).toEqual([]);
	});

	it('is never sent at once for want of a Messaging Service', async () => {
		const { error } = await send({ options: { sendAt: inMinutes(60) } });
		expect(error?.message).toBe('Only a Messaging Service can send at a later time');
		expect(error?.description).toMatch(/"Send From".*"Send At"/);
		expect(twilio.account.requests).toEqual([]);
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
					errorCode: null,
					errorMessage: null,
					dateCreated: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it("is Twilio's JSON untouched when not simplified", async () => {
		const { items } = await send({ simplify: false });
		expect(items[0].json).toEqual(JSON.parse(JSON.stringify(twilio.account.messages[0])));
	});

	it.each(['send', 'reply'])(
		'keeps nothing from going wrong before the message goes out: %s',
		async (operation) => {
			const simplify = '={{ $("Nowhere").item.json.simplify }}';
			const items = [{ messageSid: SID('SM'), from: PERSON, to: OUR_NUMBER, body: 'Hi' }];
			const { error } = await send({ operation, simplify }, { items });
			expect(error?.message).toMatch(/Referenced node doesn't exist/);
			expect(forms()).toEqual([]);
		},
	);

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
	it("becomes an error in a user's words, with what to do, Twilio's words and its code", async () => {
		const { items, error } = await send({
			fromType: 'number',
			from: { __rl: true, mode: 'number', value: '+14155550199' },
		});
		expect(items).toEqual([]);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			httpCode: '400',
			message: `${PERSON}: This account cannot text from this sender`,
			description: expect.stringMatching(
				/belongs to this Twilio account.*"'From' \+14155550199 is not a Twilio phone number.*Twilio error 21659: https:\/\/www\.twilio\.com\/docs\/errors\/21659/,
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

describe('an answer that is not in the shape of Twilio', () => {
	it.each([
		[
			{ status: 400, body: '<html>Bad Request</html>' },
			'Something between n8n and Twilio answered, not Twilio (HTTP status 400)',
		],
		[
			{ status: 400, body: { title: 'Bad', detail: 'The number is wrong', code: 99999 } },
			'The number is wrong',
		],
		[
			{ redirect: 'http://127.0.0.1:9/' },
			'Something between n8n and Twilio answered, not Twilio (HTTP status 307)',
		],
		[
			{ status: 403, body: '<html>Blocked by your company</html>' },
			'Something between n8n and Twilio answered, not Twilio (HTTP status 403)',
		],
		[
			{ status: 407, body: '' },
			'Something between n8n and Twilio answered, not Twilio (HTTP status 407)',
		],
	])('becomes an error all the same: %j', async (failure, message) => {
		twilio.account.conditions.fail({ with: failure });
		const { error } = await send();
		expect(error?.message).toBe(`${PERSON}: ${message}`);
		expect(error?.description).toBeTruthy();
		if (message.startsWith('Something')) {
			expect(error?.description).toMatch(/proxy \(HTTPS_PROXY\).*Base URL/);
		}
		expect(twilio.account.messages).toEqual([]);
	});
});

describe('when it is not known whether a message went out', () => {
	it.each([
		['the answer is lost', 'reset-after', 1],
		['the connection breaks', 'reset-before', 0],
		['Twilio fails', { status: 500 }, 0],
		['Twilio is unavailable', { status: 503, retryAfter: '0' }, 0],
		['something in front of Twilio fails', { html: true }, 0],
		['the answer cannot be read', { status: 201, body: 'Created' }, 0],
	] as const)('because %s, it is not sent again', async (_, failure, arrived) => {
		twilio.account.conditions.fail({ with: failure });
		const { error } = await send();
		expect(error?.message).toBe(`It is not known whether Twilio sent the message to ${PERSON}`);
		expect(error?.description).toMatch(/not sent again.*Monitor > Logs > Messaging/);
		expect(twilio.account.messages).toHaveLength(arrived);
		expect(twilio.account.requests).toHaveLength(1);
	});

	it('the error names it beside another one', async () => {
		twilio.account.conditions.fail({ with: 'reset-after', times: 2 });
		const { error } = await send({ to: `${PERSON}, +14155550124` });
		expect(error?.message).toContain(PERSON);
		expect(error?.description).toContain(
			'Nor is it known whether Twilio sent the message to +14155550124.',
		);
		expect(twilio.account.messages).toHaveLength(2);
	});
});

describe('when Twilio cannot be reached', () => {
	it('says that nothing was sent', async () => {
		const { error } = await runTwilioSms(SEND, {
			...twilio.credential,
			baseUrl: 'http://127.0.0.1:9',
		});
		expect(error?.message).toBe(
			`${PERSON}: Twilio could not be reached, so nothing was changed or sent`,
		);
	});

	it('refuses to send the token over the internet unencrypted', async () => {
		const { error } = await runTwilioSms(SEND, {
			...twilio.credential,
			baseUrl: 'http://twilio.example.com',
		});
		expect(error?.message).toMatch(/Base URL.*https:\/\//);
	});
});
