import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { TwilioSmsSetup } from '../support/engine/engine';
import {
	runTwilioSms,
	runWorkflow,
	startWorkflow,
	toNodeRun,
	twilioSmsWorkflow,
} from '../support/engine/engine';
import { callTool } from '../support/engine/engineTool';
import type { TwilioAccount } from '../support/twilioAccount';
import { PERSON, startTwilioAccount } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';

const PATIENCE = 60_000;

jest.setTimeout(PATIENCE);

let twilio: TwilioAccount;

beforeEach(async () => {
	twilio = await startTwilioAccount({ statusDelay: 60_000 });
});

afterEach(async () => await twilio.simulator.close());

const SEND = {
	resource: 'message',
	operation: 'send',
	to: '={{ $json.to }}',
	message: '={{ $json.text }}',
};

/** People, each with a text of their own. */
const people = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({
		to: `+1415556${String(index).padStart(4, '0')}`,
		text: `Text ${index}`,
	}));

const texts = (count: number) => people(count).map(({ text }) => text);

const NOBODY = { to: 'nobody', text: 'Lost' };

const send = (items: IDataObject[], parameters: INodeParameters = {}, setup: TwilioSmsSetup = {}) =>
	runTwilioSms({ ...SEND, ...parameters }, twilio.credential, { items, ...setup });

const bodies = () => twilio.account.messages.map(({ body }) => body);

describe('many messages', () => {
	it('go out 20 at a time', async () => {
		twilio.account.conditions.requestDelay = 2000;
		const { items } = await send(people(60));
		expect(items).toHaveLength(60);
		expect(twilio.account.conditions.peakConcurrency).toBe(20);
	});

	it.each([
		[1, 1],
		[7, 7],
		[50, 50],
		[0, 1],
		[1000, 50],
	])('go out as many at a time as the option says: %d', async (parallel, expected) => {
		twilio.account.conditions.requestDelay = expected < 10 ? 20 : 2000;
		await send(people(60), { options: { parallel } });
		expect(twilio.account.conditions.peakConcurrency).toBe(expected);
	});

	it('of one item go out together as well', async () => {
		twilio.account.conditions.requestDelay = 2000;
		const to = people(30)
			.map((person) => person.to)
			.join(',');
		const { items } = await send([{ to, text: 'Hello' }]);
		expect(items.map(({ json }) => json.to).join(',')).toBe(to);
		expect(twilio.account.conditions.peakConcurrency).toBe(20);
	});

	it('come out in the order in which they came in, however long each takes', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 30 }),
				fc.integer({ min: 1, max: 50 }),
				async (delays, parallel) => {
					twilio.account.conditions.faults.length = 0;
					for (const delay of delays) twilio.account.conditions.fail({ with: { delay } });
					const { items } = await send(people(delays.length), { options: { parallel } });
					expect(items.map(({ json }) => json.body)).toEqual(texts(delays.length));
					expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
						delays.map((_, item) => ({ item })),
					);
				},
			),
			{ numRuns: 25 },
		);
	});

	it('to the same person go out in their order', async () => {
		const items = texts(12).map((text) => ({ to: PERSON, text }));
		for (let delay = 60; delay > 0; delay -= 5) twilio.account.conditions.fail({ with: { delay } });
		await send(items);
		expect(bodies()).toEqual(texts(12));
	});

	it('do not wait for those to other people', async () => {
		twilio.account.conditions.fail({ with: { delay: 2000 } });
		await send(people(3), { options: { parallel: 2 } });
		expect(bodies()).toEqual(['Text 1', 'Text 2', 'Text 0']);
	});
});

describe('when Twilio is too busy', () => {
	it.each([1, 3])('waits and sends every message once, if it takes %d at a time', async (limit) => {
		twilio.account.conditions.concurrencyLimit = limit;
		twilio.account.conditions.requestDelay = 5;
		const { items, error } = await send(people(60), { options: { parallel: 50 } });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.body)).toEqual(texts(60));
		expect(bodies().sort()).toEqual(texts(60).sort());
	});

	it('slows down instead of trying again as fast as before', async () => {
		twilio.account.conditions.concurrencyLimit = 4;
		twilio.account.conditions.requestDelay = 10;
		twilio.account.conditions.retryAfter = '0';
		await send(people(200), { options: { parallel: 50 } });
		const refused = twilio.account.requests.filter(({ status }) => status === 429).length;
		expect(bodies()).toHaveLength(200);
		// 46 of them are the first burst.
		expect(refused).toBeLessThan(46 + 60);
	});

	it.each([
		['seconds', () => '1', 900],
		['a date', () => new Date(Date.now() + 2000).toUTCString(), 900],
	])('waits as long as Twilio asks it to, in %s', async (_, retryAfter, least) => {
		twilio.account.conditions.fail({ with: { status: 429, retryAfter: retryAfter() } });
		const start = Date.now();
		await send(people(1));
		expect(bodies()).toEqual(['Text 0']);
		expect(Date.now() - start).toBeGreaterThan(least);
	});

	it('goes on for as long as the option allows, and says that nothing was sent', async () => {
		twilio.account.conditions.fail({ with: { status: 429, retryAfter: '0.5' }, times: Infinity });
		const { error } = await send(people(1), { options: { busyTimeout: 3 } });
		expect(error?.message).toMatch(/: Twilio takes no more requests from this account/);
		expect(error?.description).toMatch(/did nothing with this request.*20429/);
		expect(twilio.account.requests.length).toBeGreaterThanOrEqual(2);
		expect(twilio.account.requests.length).toBeLessThanOrEqual(7);
	});

	it('sends all messages after more refusals in a row than anybody would try by hand', async () => {
		twilio.account.conditions.fail({ with: { status: 429, retryAfter: '0.05' }, times: 30 });
		const { error } = await send(people(3));
		expect(error).toBeUndefined();
		expect(bodies()).toEqual(['Text 0', 'Text 1', 'Text 2']);
	});

	it('does not wait for a sender whose queue is full for hours', async () => {
		const body = { code: 21611, message: 'Queue overflow', status: 429 };
		twilio.account.conditions.fail({ with: { status: 429, body } });
		const { error } = await send(people(1));
		expect(error?.description).toMatch(/ten hours.*21611/);
		expect(twilio.account.requests).toHaveLength(1);
	});

	it('does not wait an hour', async () => {
		twilio.account.conditions.fail({ with: { status: 429, retryAfter: '3600' } });
		const { error } = await send(people(1));
		expect(error?.message).toMatch(/: Twilio takes no more requests from this account/);
		expect(twilio.account.requests).toHaveLength(1);
	});
});

describe('a failure', () => {
	it('begins nothing new, lets end what is under way, and says what went out', async () => {
		twilio.account.conditions.requestDelay = 50;
		const items = [...people(3), NOBODY, ...people(20).slice(3)];
		const { items: output, error } = await send(items, { options: { parallel: 4 } });
		expect(output).toEqual([]);
		expect(error?.message).toBe('"nobody" is not a phone number (field "To")');
		expect(error?.description).toMatch(/3 messages went out: .*SM/);
		expect(error).toMatchObject({ context: { itemIndex: 3 } });
		expect(bodies().sort()).toEqual(texts(3));
	});

	it('names ten of the messages that went out, and has all of them in its data', async () => {
		const { error } = await send([...people(15), NOBODY], { options: { parallel: 1 } });
		expect(error?.description).toMatch(/15 messages went out: .* and 5 more\./);
		const { sent } = (error as unknown as { context: { data: { sent: IDataObject[] } } }).context
			.data;
		expect(sent.map(({ to, messageSid }) => [to, messageSid])).toEqual(
			twilio.account.messages.map(({ to, sid }) => [to, sid]),
		);
	});

	it('fails its own item only when the node continues on errors', async () => {
		const items = [...people(2), NOBODY, ...people(4).slice(2)];
		const { items: output, error } = await send(items, {}, { onError: 'continueRegularOutput' });
		expect(error).toBeUndefined();
		expect(output.map(({ json, pairedItem }) => [Object.keys(json).length, pairedItem])).toEqual([
			[10, { item: 0 }],
			[10, { item: 1 }],
			[2, { item: 2 }],
			[10, { item: 3 }],
			[10, { item: 4 }],
		]);
		expect(Object.keys(output[2].json).sort()).toEqual(['error', 'message']);
		expect(bodies().sort()).toEqual(texts(4));
	});

	it('goes to the error output when there is one, beside what came in', async () => {
		const workflow = twilioSmsWorkflow(SEND, {
			items: [...people(1), NOBODY],
			onError: 'continueErrorOutput',
		});
		const run = await runWorkflow(workflow, twilio.credential);
		const [output, errors] = run.data.resultData.runData['Twilio SMS'][0].data!.main;
		expect(output).toMatchObject([{ json: { body: 'Text 0' } }]);
		expect(errors).toMatchObject([
			{ json: { ...NOBODY, error: expect.stringContaining('nobody') } },
		]);
	});

	it('to connect is tried again, as nothing can have been sent', async () => {
		const { credential, account } = twilio;
		await twilio.simulator.close();
		const run = runTwilioSms({ ...SEND, to: PERSON, message: 'Hi' }, credential);
		twilio = await startTwilioAccount({
			port: Number(new URL(String(credential.baseUrl)).port),
			accountSid: account.sid,
			authToken: account.authToken,
			statusDelay: 60_000,
		});
		expect((await run).error).toBeUndefined();
		expect(bodies()).toEqual(['Hi']);
	});
});

describe('a canceled execution', () => {
	it('begins nothing new, and puts out what is known of the messages so far', async () => {
		twilio.account.conditions.requestDelay = 100;
		const workflow = twilioSmsWorkflow(
			{ ...SEND, options: { parallel: 2 } },
			{ items: people(40) },
		);
		const execution = startWorkflow(workflow, twilio.credential);
		await waitFor('the first messages', PATIENCE, async () => bodies()[3]);
		execution.cancel();
		const run = await execution;
		const { items } = toNodeRun(run);
		expect(items.length).toBeLessThan(20);
		const sent = items.filter(({ json }) => json.messageSid).map(({ json }) => json.body);
		expect(sent.length).toBeGreaterThanOrEqual(4);
		expect(texts(40).slice(0, items.length)).toEqual(expect.arrayContaining(sent));
		for (const { json } of items.filter((item) => !item.json.messageSid)) {
			expect(json.error).toMatch(/^It is not known whether Twilio sent the message to/);
		}
		await new Promise((resolve) => setTimeout(resolve, 300));
		// Of the two last under way, the connection may have been closed before the request was read.
		expect(twilio.account.requests.length).toBeLessThanOrEqual(items.length);
		expect(twilio.account.requests.length).toBeGreaterThanOrEqual(items.length - 2);
	});

	it('waits no longer for Twilio to be less busy', async () => {
		twilio.account.conditions.fail({ with: { status: 429, retryAfter: '30' }, times: Infinity });
		const execution = startWorkflow(
			twilioSmsWorkflow(SEND, { items: people(3) }),
			twilio.credential,
		);
		await waitFor('the first refusals', PATIENCE, async () => twilio.account.requests[2]);
		const start = Date.now();
		execution.cancel();
		await execution.catch(() => undefined);
		expect(Date.now() - start).toBeLessThan(5_000);
		expect(bodies()).toEqual([]);
	});
});

describe('with "Retry On Fail"', () => {
	const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const LONDON = { to: '+442079460123', text: 'To London' };

	beforeEach(() => twilio.account.conditions.blockedCountries.add('GB'));

	it('sends nothing again that an earlier try sent', async () => {
		const { error } = await send([...people(5), LONDON, ...people(6).slice(5)], {}, RETRY);
		expect(error?.message).toMatch(/may not text the country of/);
		const refused = twilio.account.requests.filter(({ status }) => status === 400);
		expect(refused).toHaveLength(3);
		expect(new Set(bodies()).size).toBe(bodies().length);
	});

	it('gives out the first results once a later try succeeds', async () => {
		twilio.account.conditions.fail({
			with: { status: 400, body: { code: 21611, message: 'Full' } },
		});
		const { items, error } = await send(people(4), { options: { parallel: 1 } }, RETRY);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.messageSid)).toEqual(
			twilio.account.messages.map(({ sid }) => sid),
		);
		expect(bodies()).toEqual(texts(4));
	});

	it('does not send again what may have gone out', async () => {
		twilio.account.conditions.fail({ with: 'reset-after' });
		const { error } = await send([{ to: PERSON, text: 'Once' }], {}, RETRY);
		expect(error?.message).toBe(`It is not known whether Twilio sent the message to ${PERSON}`);
		expect(bodies()).toEqual(['Once']);
		expect(twilio.account.requests).toHaveLength(1);
	});

	it('sends each recipient of an item what the first try did not, even if the text has changed', async () => {
		twilio.account.conditions.fail({ with: { delay: 0 } });
		twilio.account.conditions.fail({
			with: { status: 400, body: { code: 21611, message: 'Full' } },
		});
		const { items } = await send(
			[{}],
			{
				to: `${PERSON}, +14155550124, +14155550125`,
				message: '=It is {{ Date.now() }}',
				options: { parallel: 1 },
			},
			RETRY,
		);
		expect(items).toHaveLength(3);
		expect(twilio.account.messages.map(({ to }) => to)).toEqual([
			PERSON,
			'+14155550124',
			'+14155550125',
		]);
	});

	it('sends nothing again when the node continues on errors and its first item fails', async () => {
		const { items } = await send(
			[LONDON, ...people(3)],
			{},
			{
				...RETRY,
				onError: 'continueRegularOutput',
			},
		);
		expect(items.map(({ json }) => json.body ?? 'failed')).toEqual(['failed', ...texts(3)]);
		expect(bodies().sort()).toEqual(texts(3));
		expect(twilio.account.requests.filter(({ status }) => status === 400)).toHaveLength(3);
	});

	it('sends again in each round of a loop', async () => {
		const workflow = twilioSmsWorkflow(
			{ ...SEND, to: PERSON, message: 'Round' },
			{ ...RETRY, items: [{}] },
		);
		workflow.nodes.push({
			id: 'if',
			name: 'If',
			type: 'n8n-nodes-base.if',
			typeVersion: 1,
			position: [400, 0],
			parameters: {},
		});
		const twilioSms = [[{ node: 'Twilio SMS', type: 'main' as const, index: 0 }]];
		workflow.connections['Twilio SMS'] = { main: [[{ node: 'If', type: 'main', index: 0 }]] };
		workflow.connections.If = { main: twilioSms };
		await runWorkflow(workflow, twilio.credential);
		expect(bodies()).toEqual(['Round', 'Round']);
	});

	it('does not fail as a tool, which n8n would call again as if for the first time', async () => {
		twilio.account.conditions.fail({ with: 'reset-after' });
		const parameters = { ...SEND, to: `${PERSON},${LONDON.to}`, message: 'Hello' };
		const items = await callTool({ ...RETRY, parameters }, {}, twilio.credential);
		expect(items).toMatchObject([
			{ json: { error: `It is not known whether Twilio sent the message to ${PERSON}` } },
			{ json: { error: expect.stringContaining(LONDON.to) } },
		]);
		expect(bodies()).toEqual(['Hello']);
	});

	it('keeps nothing once all went well', async () => {
		const run = await runWorkflow(
			twilioSmsWorkflow(SEND, { ...RETRY, items: people(3) }),
			twilio.credential,
		);
		expect(toNodeRun(run).items).toHaveLength(3);
		expect(JSON.stringify(run.data.executionData?.contextData)).not.toContain('Text');
	});
});
