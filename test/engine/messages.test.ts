import type { INodeParameters } from 'n8n-workflow';
import type { Message, MessageDirection, MessageStatus } from '../simulator/message';
import { newMessage } from '../simulator/message';
import { send } from '../simulator/outbound';
import { runTwilioSms } from '../support/engine/engine';
import { LoopbackServer } from '../support/loopbackServer';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';

const UNKNOWN_SID = `SM${'0'.repeat(32)}`;

let twilio: TwilioAccount;

beforeEach(async () => {
	twilio = await startTwilioAccount({ statusDelay: 60_000 });
});

afterEach(async () => await twilio.simulator.close());

const run = (operation: string, parameters: INodeParameters, options = {}) =>
	runTwilioSms({ resource: 'message', operation, ...parameters }, twilio.credential, options);

interface Given {
	sid?: string;
	from?: string;
	to?: string;
	body?: string;
	direction?: MessageDirection;
	status?: MessageStatus;
	sentAt?: string;
}

/** A message that the account already has; given ones are listed newest first. */
function given({ sentAt, sid, ...content }: Given = {}): Message {
	const message = newMessage({
		accountSid: twilio.account.sid,
		direction: 'outbound-api',
		status: 'delivered',
		from: OUR_NUMBER,
		to: PERSON,
		body: 'Hello',
		numMedia: 0,
		...content,
	});
	if (sid) message.sid = sid;
	if (sentAt) message.date_sent = new Date(sentAt).toUTCString().replace('GMT', '+0000');
	twilio.account.addMessage(message);
	return message;
}

/** Twilio's own JSON of a message, as the account has it now. */
const twilioJson = ({ sid }: Message) =>
	JSON.parse(JSON.stringify(twilio.account.message(sid))) as Message;

const SID_OPERATIONS = ['get', 'redact', 'cancel', 'delete', 'downloadMedia'];

describe.each(SID_OPERATIONS)('%s', (operation) => {
	it.each([
		['={{ "" }}', '"Message SID" is empty'],
		['={{ null }}', '"Message SID" is empty'],
		['SM123', '"SM123" is not the SID of a message'],
		[`PN${'0'.repeat(32)}`, /^"PN0+" is not the SID of a message$/],
		[`${UNKNOWN_SID}/Media`, /is not the SID of a message/],
		['../Calls', /is not the SID of a message/],
	])('asks Twilio nothing about %j, which is not a message', async (messageSid, message) => {
		const { error } = await run(operation, { messageSid });
		expect(error?.message).toEqual(
			typeof message === 'string' ? message : expect.stringMatching(message),
		);
		expect(error?.description).toMatch(/SM or MM/);
		expect(twilio.account.requests).toEqual([]);
	});

	it('says that the account has no such message', async () => {
		const { error } = await run(operation, { messageSid: UNKNOWN_SID });
		expect(error).toMatchObject({
			httpCode: '404',
			description: expect.stringMatching(/Check the SID.*20404/),
		});
	});

	it('fails its own item only when the node continues on errors', async () => {
		const { items, error } = await run(
			operation,
			{ messageSid: '={{ $json.sid }}' },
			{ items: [{ sid: 'nothing' }, { sid: UNKNOWN_SID }], onError: 'continueRegularOutput' },
		);
		expect(error).toBeUndefined();
		expect(items).toMatchObject([
			{ json: { error: expect.stringContaining('"nothing"') }, pairedItem: { item: 0 } },
			{ json: { error: expect.any(String) }, pairedItem: { item: 1 } },
		]);
	});
});

describe('get', () => {
	it('returns the message as Twilio has it now, simplified', async () => {
		const message = given({ status: 'undelivered', sentAt: '2026-01-31T09:30:00Z' });
		Object.assign(message, { error_code: 30003, price: '-0.00750', num_segments: '2' });
		const { items } = await run('get', { messageSid: ` ${message.sid} ` });
		expect(items).toEqual([
			{
				json: {
					messageSid: message.sid,
					status: 'undelivered',
					from: OUR_NUMBER,
					to: PERSON,
					body: 'Hello',
					numSegments: 2,
					numMedia: 0,
					direction: 'outbound-api',
					errorCode: 30003,
					dateCreated: new Date(message.date_created).toISOString(),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it("returns Twilio's JSON untouched when not simplified", async () => {
		const message = given();
		const { items } = await run('get', { messageSid: message.sid, simplify: false });
		expect(items[0].json).toEqual(twilioJson(message));
	});
});

describe('redact', () => {
	it('erases the text at Twilio and nothing else', async () => {
		const message = given({ body: 'My card is 4242 4242 4242 4242' });
		const before = twilioJson(message);
		const { items } = await run('redact', { messageSid: message.sid });
		expect(items).toMatchObject([{ json: { messageSid: message.sid, body: '', to: PERSON } }]);
		expect(twilioJson(message)).toEqual({
			...before,
			body: '',
			date_updated: expect.any(String),
		});
	});

	it('says to wait for a message that is still on its way', async () => {
		const message = given({ status: 'sending' });
		const { error } = await run('redact', { messageSid: message.sid });
		expect(error?.description).toMatch(/Try again in a few minutes.*20009/);
		expect(twilioJson(message).body).toBe('Hello');
	});

	it("returns Twilio's JSON untouched when not simplified", async () => {
		const message = given();
		const { items } = await run('redact', { messageSid: message.sid, simplify: false });
		expect(items[0].json).toEqual(twilioJson(message));
	});
});

describe('cancel', () => {
	it('keeps a scheduled message from being sent', async () => {
		const message = send(twilio.account, {
			direction: 'outbound-api',
			to: PERSON,
			body: 'Hello',
			mediaUrls: [],
			service: twilio.account.resources.addService({ friendlyName: 'Shop', numbers: [OUR_NUMBER] }),
			sendAt: new Date(Date.now() + 3_600_000),
		});
		expect(message.status).toBe('scheduled');
		const { items } = await run('cancel', { messageSid: message.sid });
		expect(items).toMatchObject([{ json: { messageSid: message.sid, status: 'canceled' } }]);
		expect(twilioJson(message)).toMatchObject({ status: 'canceled', body: 'Hello' });
	});

	it('says why a message that is not scheduled cannot be canceled', async () => {
		const message = given({ status: 'delivered' });
		const { error } = await run('cancel', { messageSid: message.sid });
		expect(error).toMatchObject({
			message: 'Only a scheduled message can be canceled',
			description: expect.stringMatching(/no longer waits for its time.*30409/),
		});
		expect(twilioJson(message).status).toBe('delivered');
	});
});

describe('delete', () => {
	const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
	const messageSid = '={{ $json.sid }}';
	const twilioIsDownOnce = (method: string) =>
		twilio.account.conditions.fail({ method, path: /SM3/, with: { status: 503 } });

	it('goes on with those that are left when n8n tries again', async () => {
		const messages = ['1', '2', '3'].map((digit) => given({ sid: `SM${digit.repeat(32)}` }));
		const items = messages.map(({ sid }) => ({ sid }));
		twilioIsDownOnce('DELETE');
		const { error, items: output } = await run('delete', { messageSid }, { items, ...RETRY });
		expect(error).toBeUndefined();
		expect(output.map(({ json }) => json.messageSid)).toEqual(items.map(({ sid }) => sid));
		expect(twilio.account.messages).toEqual([]);
	});

	it('removes the message from Twilio, and no other', async () => {
		const [message, other] = [given(), given()];
		const { items } = await run('delete', { messageSid: message.sid });
		expect(items).toEqual([
			{ json: { deleted: true, messageSid: message.sid }, pairedItem: { item: 0 } },
		]);
		expect(twilio.account.messages.map(({ sid }) => sid)).toEqual([other.sid]);
	});

	it('says to wait for a message that is still on its way', async () => {
		const message = given({ status: 'sending' });
		const { error } = await run('delete', { messageSid: message.sid });
		expect(error?.description).toMatch(/Try again in a few minutes.*20009/);
		expect(twilio.account.messages).toHaveLength(1);
	});
});

describe('getAll', () => {
	const list = (parameters: INodeParameters = {}, options = {}) =>
		run('getAll', parameters, options);
	const bodies = async (parameters: INodeParameters) => {
		const { items, error } = await list(parameters);
		expect(error).toBeUndefined();
		return items.map(({ json }) => json.body);
	};
	const pageSizes = () =>
		twilio.account.requests.map(({ query }) => new URLSearchParams(query).get('PageSize'));

	describe('how many', () => {
		it('returns the 50 newest, the newest first, and asks for no more', async () => {
			for (let number = 1; number <= 60; number++) given({ body: String(number) });
			const found = await bodies({});
			expect(found).toEqual(Array.from({ length: 50 }, (_, index) => String(60 - index)));
			expect(pageSizes()).toEqual(['50']);
		});

		it('returns as many as the limit says', async () => {
			for (const body of ['first', 'second', 'third']) given({ body });
			expect(await bodies({ limit: 2 })).toEqual(['third', 'second']);
			expect(pageSizes()).toEqual(['2']);
		});

		it('says nothing when there is nothing', async () => {
			expect(await list()).toMatchObject({ items: [], error: undefined });
		});

		it('returns all of them from as many pages as there are', async () => {
			const sids = Array.from({ length: 2001 }, () => given().sid).reverse();
			const { items } = await list({ returnAll: true });
			expect(items.map(({ json }) => json.messageSid)).toEqual(sids);
			expect(pageSizes()).toEqual(['1000', '1000', '1000']);
		});

		it('ends with an error when the pages lead back to each other', async () => {
			const body = { messages: [], next_page_uri: '/2010-04-01/Accounts/AC1/Messages.json?Page=1' };
			twilio.account.conditions.fail({ with: { status: 200, body }, times: Infinity });
			const { error } = await list({ returnAll: true });
			expect(error?.message).toBe("Twilio's list does not end");
			expect(twilio.account.requests).toHaveLength(2);
		});

		it.each([
			[{ returnAll: true }, /^There are more than 100,000 messages to look through/, /"To"\.$/],
			[{ limit: 5 }, /too few messages.*after 100 requests to Twilio/, /or lower "Limit"\.$/],
		])(
			'ends with an error after 100 requests for one direction: %j',
			async (limits, what, remedy) => {
				const messages = Array.from({ length: 1000 }, () => ({ direction: 'outbound-api' }));
				let requests = 0;
				const server = await new LoopbackServer((_, response) => {
					const next_page_uri = `/2010-04-01/Accounts/AC1/Messages.json?Page=${++requests}`;
					response.setHeader('content-type', 'application/json');
					response.end(JSON.stringify({ messages, next_page_uri }));
				}).listen();
				const credential = { ...twilio.credential, baseUrl: server.origin };
				const parameters = { resource: 'message', operation: 'getAll', ...limits };
				const filters = { direction: 'inbound' };
				const { error } = await runTwilioSms({ ...parameters, filters }, credential);
				await server.close();
				expect(error?.message).toMatch(what);
				expect(error?.description).toMatch(/"Sent After"/);
				expect(error?.description).toMatch(remedy);
				// The first message beyond the bound has to be seen.
				expect(requests).toBe(101);
			},
		);

		it('asks for no page beyond the one that completes the limit', async () => {
			for (let number = 1; number <= 2001; number++) given();
			const { items } = await list({ limit: 2000 });
			expect(items).toHaveLength(2000);
			expect(pageSizes()).toEqual(['1000', '1000']);
		});
	});

	describe('filters', () => {
		it.each(['+14155550123', '(415) 555-0123', '1 415 555 0123', '0014155550123'])(
			'find the messages to the person whose number was typed as %s',
			async (to) => {
				given({ body: 'yes' });
				given({ body: 'no', to: '+14155550199' });
				expect(await bodies({ filters: { to } })).toEqual(['yes']);
			},
		);

		it.each([
			['a phone number', '415-555-0100', OUR_NUMBER],
			['a short code', '12345', '12345'],
			['a sender ID', 'Shop 24', 'Shop 24'],
			['a WhatsApp address', 'WhatsApp: +1 415 555 0100', 'whatsapp:+14155550100'],
			["another channel's address", 'messenger:107771', 'messenger:107771'],
		])('find the messages from %s', async (_kind, typed, from) => {
			given({ body: 'yes', from });
			given({ body: 'no', from: '+14155550199' });
			expect(await bodies({ filters: { from: typed } })).toEqual(['yes']);
		});

		it.each([
			[{ to: 'Anna' }, '"Anna" is not a phone number (filter "To")'],
			[{ from: 'The Corner Shop Inc.' }, /cannot be a sender \(filter "From"\)/],
			[{ to: 'whatsapp:Anna' }, /"whatsapp:Anna" is not a phone number \(filter "To"\)/],
			[{ sentAfter: 'soon' }, '"soon" is not a date (filter "Sent After")'],
			[{ sentBefore: '31.1.2026' }, '"31.1.2026" is not a date (filter "Sent Before")'],
		])('that cannot be right are said before Twilio is asked: %j', async (filters, message) => {
			const { error } = await list({ filters });
			expect(error?.message).toEqual(
				typeof message === 'string' ? message : expect.stringMatching(message),
			);
			expect(error?.description).toBeTruthy();
			expect(twilio.account.requests).toEqual([]);
		});

		it('that are empty find everything', async () => {
			given({ body: 'yes' });
			const filters = { to: '', from: ' ', sentAfter: '', sentBefore: '={{ null }}' };
			expect(await bodies({ filters })).toEqual(['yes']);
		});

		it('stay in force on later pages', async () => {
			for (let number = 1; number <= 1001; number++) given();
			given({ to: '+14155550199' });
			const { items } = await list({ returnAll: true, filters: { to: PERSON } });
			expect(items).toHaveLength(1001);
		});

		it('can be expressions that differ from item to item', async () => {
			given({ body: 'to Anna' });
			given({ body: 'to Ben', to: '+14155550199' });
			const { items } = await list(
				{ filters: { to: '={{ $json.to }}' } },
				{ items: [{ to: PERSON }, { to: '+14155550199' }] },
			);
			expect(items.map(({ json, pairedItem }) => [json.body, pairedItem])).toEqual([
				['to Anna', { item: 0 }],
				['to Ben', { item: 1 }],
			]);
		});
	});

	describe('the time of sending', () => {
		beforeEach(() => {
			given({ body: 'early', sentAt: '2026-01-31T14:59:59Z' });
			given({ body: 'then', sentAt: '2026-01-31T15:00:00Z' });
			given({ body: 'late', sentAt: '2026-01-31T15:00:01Z' });
			given({ body: 'next day', sentAt: '2026-02-01T05:00:00Z' });
		});

		// n8n's own default time zone is New York's, which was five hours behind UTC that day.
		it.each([
			[{ sentAfter: '2026-01-31T15:00:00Z' }, ['next day', 'late', 'then']],
			[{ sentBefore: '2026-01-31T15:00:00Z' }, ['then', 'early']],
			[{ sentAfter: '2026-01-31T15:00:00Z', sentBefore: '2026-01-31T15:00:00Z' }, ['then']],
			[{ sentAfter: '2026-01-31T16:00:00+01:00' }, ['next day', 'late', 'then']],
			[{ sentBefore: '2026-01-31T10:00:00' }, ['then', 'early']],
			[{ sentBefore: '2026-01-31 10:00:00' }, ['then', 'early']],
			[{ sentBefore: '2026-01-31' }, ['late', 'then', 'early']],
			[{ sentAfter: '2026-02-01' }, ['next day']],
			[{ sentAfter: '={{ 1769871601000 }}' }, ['next day', 'late']],
			[{ sentAfter: '={{ DateTime.fromISO("2026-01-31T15:00:01Z") }}' }, ['next day', 'late']],
		])('counts itself and knows its time zone: %j', async (filters, expected) => {
			expect(await bodies({ filters })).toEqual(expected);
		});
	});

	describe('the direction', () => {
		beforeEach(() => {
			given({ body: 'question', direction: 'inbound' });
			given({ body: 'answer', direction: 'outbound-reply' });
			given({ body: 'offer', direction: 'outbound-api' });
		});

		it.each([
			['inbound', ['question']],
			['outbound', ['offer', 'answer']],
			['outbound-api', ['offer']],
			['outbound-reply', ['answer']],
		])('%s leaves the other messages out', async (direction, expected) => {
			expect(await bodies({ filters: { direction } })).toEqual(expected);
		});

		it('is looked for on later pages until the limit is reached', async () => {
			for (let number = 1; number <= 120; number++) given();
			expect(await bodies({ limit: 1, filters: { direction: 'inbound' } })).toEqual(['question']);
			expect(pageSizes()).toEqual(['1000']);
		});
	});

	it('says for each message which input it came from', async () => {
		given();
		given();
		const { items } = await list({}, { items: [{}, {}] });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
		]);
	});

	it("returns Twilio's JSON untouched when not simplified", async () => {
		const message = given();
		const { items } = await list({ simplify: false });
		expect(items.map(({ json }) => json)).toEqual([twilioJson(message)]);
	});
});

describe('sendFeedback', () => {
	it.each(['confirmed', 'unconfirmed'])(
		'tells Twilio what became of a message: %s',
		async (outcome) => {
			const { sid: messageSid } = given();
			const { items } = await run('sendFeedback', { messageSid, outcome });
			expect(items).toMatchObject([{ json: { messageSid, outcome } }]);
			expect(twilio.account.feedback.get(messageSid)).toBe(outcome);
		},
	);
});
