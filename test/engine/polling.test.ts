import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { EngineTrigger } from '../support/engine/engineTrigger';
import type { TriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { startTriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { OUR_NUMBER, PERSON } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';

const PICTURE = { contentType: 'image/png', content: Buffer.from('picture') };
const HANDLERS = {
	rules: [
		{ name: 'Menu', condition: 'keyword', value: 'menu' },
		{ name: 'Yes', condition: 'keyword', value: 'yes' },
	],
};

let twilio: TriggerOnTwilio;
let trigger: TriggerOnTwilio['trigger'];

afterEach(async () => {
	jest.useRealTimers();
	await twilio.close();
});

async function start(parameters: INodeParameters): Promise<void> {
	twilio = await startTriggerOnTwilio(parameters);
	({ trigger } = twilio);
}

const receive = (body: string, more: object = {}) =>
	twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body, ...more });
const number = () => twilio.account.resources.number(OUR_NUMBER)!;
const bodies = () => trigger.started.flat().map(({ json }) => json.body);
const asked = () => twilio.account.requests.map(({ method, path }) => `${method} ${path}`);

/** Only the clock: everything else goes on as it is. */
function later(milliseconds: number): void {
	jest.useFakeTimers({ doNotFake: FAKED_BY_OTHERS, now: Date.now() + milliseconds });
}

const FAKED_BY_OTHERS = [
	...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'requestAnimationFrame'] as const),
	...(['cancelAnimationFrame', 'requestIdleCallback', 'cancelIdleCallback'] as const),
	...(['setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'] as const),
	...(['setTimeout', 'clearTimeout'] as const),
];

/** The first poll, which takes so long once it has started the first execution. */
async function startPollingFor(milliseconds: number, activation: 'init' | 'update') {
	twilio.account.conditions.requestDelay = 200;
	const started = bodies().length;
	const polling = trigger.startPolling(activation);
	await waitFor('the first execution', 10_000, async () => bodies().length > started || undefined);
	later(milliseconds);
	return await polling;
}

describe('a trigger that polls', () => {
	beforeEach(async () => await start({ receiveBy: 'polling', handlers: HANDLERS }));

	it('starts an execution for each text, in their order, on the output of its handler', async () => {
		const { poll } = await trigger.startPolling('activate');
		for (const body of ['Hello', 'MENU please', 'yes']) await receive(body);
		await poll();
		expect(trigger.started.map((items) => items.map(({ json }) => json.body))).toEqual([
			[],
			[],
			['Hello'],
			['MENU please'],
			[],
			[],
			[],
			['yes'],
			[],
		]);
	});

	it('gives an item as the webhook does', async () => {
		const { poll } = await trigger.startPolling('activate');
		await receive('Grüße 👍');
		await poll();
		const [message] = twilio.account.messages;
		expect(trigger.started.flat()).toEqual([
			{
				json: {
					messageSid: message.sid,
					from: PERSON,
					to: OUR_NUMBER,
					body: 'Grüße 👍',
					channel: 'sms',
					numMedia: 0,
					media: [],
					optOut: null,
					profileName: null,
					receivedAt: new Date(message.date_created).toISOString(),
				},
			},
		]);
	});

	it('starts nothing twice, however often it polls and n8n starts', async () => {
		const { poll } = await trigger.startPolling('activate');
		await receive('Hello');
		await poll();
		await poll();
		await trigger.startPolling('init');
		await trigger.startPolling('update');
		expect(bodies()).toEqual(['Hello']);
	});

	it('is not started by what came before the workflow was published', async () => {
		await receive('Before');
		const { poll } = await trigger.startPolling('activate');
		await poll();
		later(10_000);
		await poll();
		expect(bodies()).toEqual([]);
	});

	it('is not started by what came while the workflow was not published', async () => {
		await trigger.startPolling('activate');
		await receive('Meanwhile');
		later(10_000);
		const { poll } = await trigger.startPolling('activate');
		await poll();
		expect(bodies()).toEqual([]);
	});

	it('begins at its publication though Twilio was down then', async () => {
		await trigger.startPolling('activate');
		await receive('While it was not published');
		later(10_000);
		twilio.account.conditions.fail({ with: { status: 503 }, times: Infinity });
		const { poll } = await trigger.startPolling('activate');
		twilio.account.conditions.faults.length = 0;
		later(20_000);
		await receive('Published');
		await poll();
		expect(bodies()).toEqual(['Published']);
	}, 30_000);

	it.each(['init', 'leadershipChange', 'update'] as const)(
		'finds what came while n8n was down: %s',
		async (activation) => {
			await trigger.startPolling('activate');
			await receive('Meanwhile');
			await trigger.startPolling(activation);
			expect(bodies()).toEqual(['Meanwhile']);
		},
	);

	it('looks back a day at most', async () => {
		await trigger.startPolling('activate');
		await receive('Yesterday');
		later(25 * 60 * 60_000);
		await trigger.startPolling('init');
		expect(bodies()).toEqual([]);
	});

	it('takes pictures along', async () => {
		trigger.parameters = { ...trigger.parameters, options: { downloadMedia: true } };
		const { poll } = await trigger.startPolling('activate');
		await receive('', { media: [PICTURE] });
		await poll();
		const [item] = trigger.started.flat();
		expect(item.json).toMatchObject({ numMedia: 1, media: [{ contentType: 'image/png' }] });
		expect(Buffer.from(item.binary!.media_0.data, 'base64').toString()).toBe('picture');
	});

	it('changes nothing at Twilio', async () => {
		const before = JSON.stringify(twilio.account.resources.number(OUR_NUMBER));
		const { poll } = await trigger.startPolling('activate');
		await receive('Hello');
		await poll();
		expect(JSON.stringify(twilio.account.resources.number(OUR_NUMBER))).toBe(before);
		expect(asked().filter((request) => !request.startsWith('GET'))).toEqual([]);
	});

	it('goes on when Twilio fails for a while, and loses nothing', async () => {
		const { poll } = await trigger.startPolling('activate');
		await receive('Hello');
		twilio.account.conditions.fail({ with: { status: 400, body: '<html>' }, times: Infinity });
		await poll();
		expect(trigger.log.join()).toMatch(/could not look for texts at Twilio/);
		twilio.account.conditions.faults.length = 0;
		await poll();
		expect(bodies()).toEqual(['Hello']);
	});

	it('says so when the credential is wrong', async () => {
		trigger.credential = { ...twilio.credential, authToken: 'wrong' };
		await expect(trigger.startPolling('activate')).rejects.toThrow(
			'Twilio did not accept this credential',
		);
	});

	it('says so when there is nothing to ask for', async () => {
		trigger.parameters = { receiveBy: 'polling', listenOn: 'manual' };
		await expect(trigger.startPolling('activate')).rejects.toThrow(
			'There is nothing to ask Twilio for',
		);
	});

	describe('when one of several texts cannot be read', () => {
		const isMedia = /Media/;

		it('starts the others at once, and that one with a later poll', async () => {
			const { poll } = await trigger.startPolling('activate');
			await receive('One');
			await receive('Two', { media: [PICTURE] });
			await receive('Three');
			const failure = { path: isMedia, with: { status: 400, body: '<html>' }, times: Infinity };
			twilio.account.conditions.fail(failure);
			await poll();
			expect(bodies()).toEqual(['One', 'Three']);
			// Longer than what is looked through twice.
			later(60 * 60_000);
			await poll();
			twilio.account.conditions.faults.length = 0;
			await poll();
			expect(bodies()).toEqual(['One', 'Three', 'Two']);
			expect(trigger.log.join()).toMatch(/a text waits for the next poll/);
		}, 60_000);

		it('starts it without its pictures where the API key may not read these', async () => {
			const { poll } = await trigger.startPolling('activate');
			await receive('One', { media: [PICTURE] });
			await receive('Two');
			twilio.account.conditions.fail({ path: isMedia, with: { status: 403 }, times: Infinity });
			await poll();
			expect(trigger.started.flat().map(({ json }) => [json.body, json.numMedia])).toEqual([
				['One', 1],
				['Two', 0],
			]);
		});
	});

	it('starts after a power cut what it had not started, and nothing else', async () => {
		const { poll } = await trigger.startPolling('activate');
		const texts = ['One', 'Two', 'Three', 'Four'];
		for (const body of texts) await receive(body);
		await poll();
		expect(bodies()).toEqual(texts);
		// n8n's memory of what it took is gone as well.
		later(11 * 60_000);
		for (const [index, staticData] of trigger.keptAtStart.entries()) {
			const { credential, parameters } = trigger;
			const restarted = new EngineTrigger({ credential: credential!, parameters, staticData });
			await restarted.startPolling('init');
			expect(restarted.started.flat().map(({ json }) => json.body)).toEqual(texts.slice(index + 1));
			later(11 * 60_000);
		}
	});

	it('starts each text once although Twilio is slower than the polls', async () => {
		const { poll } = await trigger.startPolling('activate');
		await receive('Hello');
		twilio.account.conditions.requestDelay = 200;
		await Promise.all([poll(), sleep(50).then(poll), sleep(100).then(poll)]);
		await poll();
		expect(bodies()).toEqual(['Hello']);
	});

	it('starts each text once although the workflow is published again during a poll', async () => {
		const { poll } = await trigger.startPolling('activate');
		await receive('Hello');
		twilio.account.conditions.requestDelay = 200;
		await Promise.all([poll(), sleep(50).then(() => trigger.startPolling('update'))]);
		expect(bodies()).toEqual(['Hello']);
	});

	it('is started by what comes right after the publication, however slow Twilio is', async () => {
		twilio.account.conditions.requestDelay = 2_000;
		const published = trigger.startPolling('activate');
		await sleep(1_200);
		await receive('Hello');
		twilio.account.conditions.requestDelay = 0;
		const { poll } = await published;
		await poll();
		expect(bodies()).toEqual(['Hello']);
	});

	it('is not started by what came while it waited for statuses', async () => {
		await trigger.startPolling('activate');
		trigger.parameters = { event: 'messageStatus', listenOn: 'manual' };
		await trigger.startPolling('update');
		await receive('Meanwhile');
		later(60 * 60_000);
		trigger.parameters = { receiveBy: 'polling', handlers: HANDLERS };
		const { poll } = await trigger.startPolling('update');
		await poll();
		expect(bodies()).toEqual([]);
	});

	it('is not started by what came to another number before that was chosen', async () => {
		const other = '+14155550111';
		twilio.account.resources.addNumber({ phoneNumber: other });
		await trigger.startPolling('activate');
		later(60 * 60_000);
		await receive('Before', { to: other });
		later(60_000);
		const phoneNumber = { __rl: true, mode: 'number', value: other };
		trigger.parameters = { ...trigger.parameters, listenOn: 'number', phoneNumber };
		const { poll } = await trigger.startPolling('update');
		await receive('After', { to: other });
		later(60_000);
		await poll();
		expect(bodies()).toEqual(['After']);
	});

	it.each([true, false])(
		'starts what came since the last poll when the workflow gets a webhook, with Catch Up %s',
		async (catchUp) => {
			await trigger.startPolling('activate');
			await receive('Polled');
			later(60 * 60_000);
			await receive('Meanwhile');
			trigger.parameters = { handlers: HANDLERS, options: { catchUp } };
			await trigger.activate();
			await receive('Delivered');
			const { poll } = await trigger.startPolling('update');
			const asks = asked().length;
			await poll();
			expect(bodies().sort()).toEqual(['Delivered', 'Meanwhile', 'Polled']);
			expect(asked().length > asks).toBe(catchUp);
			later(11 * 60_000);
			await trigger.startPolling('init');
			expect(bodies()).toHaveLength(3);
		},
	);

	it('loses nothing of what the last look before a webhook had no time for', async () => {
		await trigger.startPolling('activate');
		const texts = Array.from({ length: 30 }, (_, index) => `Text ${index}`);
		for (const body of texts) await receive(body);
		trigger.parameters = { handlers: HANDLERS };
		await trigger.activate();
		const { poll } = await startPollingFor(25_000, 'update');
		expect(bodies().length).toBeLessThan(30);
		twilio.account.conditions.requestDelay = 0;
		await poll();
		expect(bodies()).toEqual(texts);
		await receive('Delivered');
		await poll();
		expect(bodies()).toEqual([...texts, 'Delivered']);
	}, 60_000);

	it('does not make n8n wait for a Twilio that hangs when it starts', async () => {
		await trigger.startPolling('activate');
		await receive('Hello');
		twilio.account.conditions.requestDelay = 10_000;
		const { timeout } = AbortSignal;
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(ms / 20));
		const since = Date.now();
		const { poll } = await trigger.startPolling('init');
		jest.restoreAllMocks();
		expect(Date.now() - since).toBeLessThan(9_000);
		expect(trigger.log.join()).toMatch(/Twilio takes long to answer/);
		twilio.account.conditions.requestDelay = 0;
		await poll();
		await poll();
		expect(bodies()).toEqual(['Hello']);
	}, 60_000);

	it('ends no poll before an earlier one that it leaves the work to', async () => {
		const { poll } = await trigger.startPolling('activate');
		await receive('Hello');
		twilio.account.conditions.requestDelay = 300;
		const ends: string[] = [];
		await Promise.all([
			poll().then(() => ends.push('first')),
			sleep(50)
				.then(poll)
				.then(() => ends.push('second')),
		]);
		expect(ends).toEqual(['first', 'second']);
	});

	it('does not make n8n wait for long when it starts, and starts the rest later', async () => {
		await trigger.startPolling('activate');
		const texts = Array.from({ length: 30 }, (_, index) => `Text ${index}`);
		for (const body of texts) await receive(body);
		const { poll } = await startPollingFor(25_000, 'init');
		const started = bodies().length;
		expect(started).toBeGreaterThan(0);
		expect(started).toBeLessThan(30);
		twilio.account.conditions.requestDelay = 0;
		await poll();
		expect(bodies()).toEqual(texts);
	}, 60_000);

	describe('with a handler that nothing can match', () => {
		beforeEach(() => {
			const rules = [{ name: 'Order', condition: 'regex', value: '(order' }];
			trigger.parameters = { receiveBy: 'polling', handlers: { rules } };
		});

		it('is not started, once that is mended, by what came while it was not published', async () => {
			const { rules } = (trigger.parameters.handlers ?? {}) as { rules: object[] };
			trigger.parameters = { receiveBy: 'polling' };
			await trigger.startPolling('activate');
			later(60 * 60_000);
			await receive('While it was not published');
			later(60_000);
			trigger.parameters = { receiveBy: 'polling', handlers: { rules } } as INodeParameters;
			await expect(trigger.startPolling('activate')).rejects.toThrow('pattern');
			trigger.parameters = { receiveBy: 'polling' };
			// n8n 2.41 takes this for a change of a workflow that is published.
			const { poll } = await trigger.startPolling('update');
			await receive('Published');
			later(60_000);
			await poll();
			expect(bodies()).toEqual(['Published']);
		});

		it.each(['activate', 'update'] as const)('is not published: %s', async (activation) => {
			await expect(trigger.startPolling(activation)).rejects.toThrow(
				/handler "Order" has a pattern that cannot be used.*Open the trigger and, under "Handlers"/,
			);
		});

		it('stays in service when n8n starts', async () => {
			await trigger.startPolling('init');
			await receive('order 1');
			await trigger.startPolling('init');
			expect(bodies()).toEqual(['order 1']);
		});
	});

	it('says what to do in the one line that n8n shows when publishing fails', async () => {
		trigger.parameters = { receiveBy: 'polling', listenOn: 'manual' };
		await expect(trigger.startPolling('activate')).rejects.toThrow(
			/^There is nothing to ask Twilio for\. Choose a number or a Messaging Service/,
		);
	});

	it('gives the last text to a test in the editor', async () => {
		for (const body of ['Hello', 'menu']) await receive(body);
		const outputs = await trigger.runByHand();
		expect(outputs.map((items) => items.map(({ json }) => json.body))).toEqual([['menu'], [], []]);
	});

	it('gives nothing to a test when there is no text', async () => {
		expect(await trigger.runByHand()).toEqual([[], [], []]);
	});
});

describe('a trigger that polls a Messaging Service', () => {
	it('finds the texts to all its numbers, and no others', async () => {
		await start({ receiveBy: 'polling' });
		const other = '+14155550111';
		twilio.account.resources.addNumber({ phoneNumber: other });
		const { sid } = twilio.account.resources.addService({
			friendlyName: 'Desk',
			numbers: [other],
			useInboundWebhookOnNumber: true,
		});
		trigger.parameters = {
			receiveBy: 'polling',
			listenOn: 'messagingService',
			messagingServiceSid: { __rl: true, mode: 'sid', value: sid },
		};
		const { poll } = await trigger.startPolling('activate');
		await receive('Not this');
		await receive('This', { to: other });
		await poll();
		expect(bodies()).toEqual(['This']);
	});
});

describe('a trigger with a webhook', () => {
	const SOME_TIME = 40_000;

	beforeEach(async () => {
		await start({ handlers: HANDLERS });
		await trigger.activate();
		await trigger.startPolling('activate');
		trigger.started.length = 0;
	});

	/** n8n is down while texts come in, and then Twilio has given up on them. */
	async function miss(...texts: string[]): Promise<void> {
		trigger.isDown = true;
		for (const body of texts) await receive(body);
		trigger.isDown = false;
		later(SOME_TIME);
	}

	it.each([
		['alerts and errors', {}],
		['alerts alone', { keepsInboundErrors: false }],
		['errors alone', { keepsAlerts: false }],
	])('catches up with what it missed, each once and in order, by %s', async (_, conditions) => {
		Object.assign(twilio.account.conditions, conditions);
		await miss('One', 'menu', 'Three');
		const { poll } = await trigger.startPolling('init');
		await poll();
		await trigger.startPolling('init');
		expect(bodies()).toEqual(['One', 'menu', 'Three']);
		expect(trigger.started.flat().map(({ json }) => json.caughtUp)).toEqual([true, true, true]);
		expect(trigger.started[3]).toMatchObject([{ json: { body: 'menu' } }]);
	});

	it('has the fields of the request where the alert has them', async () => {
		trigger.parameters = { simplify: false };
		await miss('One');
		await trigger.startPolling('init');
		const { parameters } = twilio.account.deliveries[0];
		expect(trigger.started).toEqual([
			[{ json: { ...Object.fromEntries(parameters), caughtUp: true } }],
		]);
	});

	it('finds what Twilio lists late with a later poll', async () => {
		twilio.account.conditions.alertDelay = 60_000;
		twilio.account.conditions.keepsInboundErrors = false;
		await miss('One');
		const { poll } = await trigger.startPolling('init');
		expect(bodies()).toEqual([]);
		later(70_000);
		await poll();
		expect(bodies()).toEqual(['One']);
	});

	it('catches up with the texts to a Messaging Service', async () => {
		await trigger.deactivate();
		const { sid } = twilio.account.resources.addService({
			friendlyName: 'Desk',
			numbers: [OUR_NUMBER],
		});
		trigger.parameters = {
			listenOn: 'messagingService',
			messagingServiceSid: { __rl: true, mode: 'sid', value: sid },
		};
		await trigger.activate();
		await trigger.startPolling('update');
		twilio.account.conditions.keepsAlerts = false;
		await miss('One');
		twilio.account.conditions.keepsAlerts = true;
		await miss('Two');
		await trigger.startPolling('init');
		expect(bodies()).toEqual(['One', 'Two']);
	});

	it('leaves alone what Twilio may still deliver', async () => {
		trigger.isDown = true;
		await receive('One');
		trigger.isDown = false;
		const { poll } = await trigger.startPolling('init');
		expect(bodies()).toEqual([]);
		later(SOME_TIME);
		await poll();
		expect(bodies()).toEqual(['One']);
	});

	it('does not start again what the webhook took', async () => {
		await receive('Delivered');
		const [message] = twilio.account.messages;
		message.error_code = 11200;
		later(SOME_TIME);
		await trigger.startPolling('init');
		expect(bodies()).toEqual(['Delivered']);
	});

	it('starts what n8n could not store each time that Twilio delivered it', async () => {
		for (let attempt = 0; attempt < 10; attempt++) trigger.failNext();
		await receive('One');
		expect(bodies()).toEqual([]);
		later(SOME_TIME);
		await trigger.startPolling('init');
		expect(bodies()).toEqual(['One']);
	});

	it('does not start what arrived and was only answered badly', async () => {
		trigger.isDown = true;
		await receive('One');
		trigger.isDown = false;
		twilio.account.messages[0].error_code = 12300;
		twilio.account.alerts[0].errorCode = 12300;
		later(SOME_TIME);
		await trigger.startPolling('init');
		expect(bodies()).toEqual([]);
	});

	it('is not started by what another address missed before it was published', async () => {
		await trigger.deactivate();
		twilio.account.resources.number(OUR_NUMBER)!.sms_url = `${trigger.origin}/gone`;
		await receive('Before');
		later(60_000);
		twilio.account.resources.number(OUR_NUMBER)!.sms_url = '';
		await trigger.activate();
		const { poll } = await trigger.startPolling('activate');
		await poll();
		later(120_000);
		await poll();
		expect(bodies()).toEqual([]);
	});

	it('is not started by what another address missed within the second of its publication', async () => {
		await trigger.deactivate();
		// The clock stands still.
		later(10_000);
		twilio.account.resources.number(OUR_NUMBER)!.sms_url = `${trigger.origin}/gone`;
		await receive('Before');
		twilio.account.resources.number(OUR_NUMBER)!.sms_url = '';
		await trigger.activate();
		const { poll } = await trigger.startPolling('activate');
		await receive('After');
		await miss('Missed');
		await poll();
		expect(bodies()).toEqual(['After', 'Missed']);
	});

	it('catches up from its publication on though Twilio was down then', async () => {
		twilio.account.conditions.keepsAlerts = false;
		await miss('While it was not published');
		twilio.account.conditions.fail({ method: 'GET', with: { status: 503 }, times: Infinity });
		const { poll } = await trigger.startPolling('activate');
		twilio.account.conditions.faults.length = 0;
		later(10_000);
		await miss('Published');
		await poll();
		expect(bodies()).toEqual(['Published']);
	}, 30_000);

	it('looks back a day at most', async () => {
		await miss('Yesterday');
		later(25 * 60 * 60_000);
		await trigger.startPolling('init');
		expect(bodies()).toEqual([]);
	});

	it('asks nothing when told not to catch up', async () => {
		trigger.parameters = { options: { catchUp: false } };
		await miss('One');
		const before = asked().length;
		await trigger.startPolling('init');
		expect(asked()).toHaveLength(before);
		expect(bodies()).toEqual([]);
	});

	it('catches up by alerts that Twilio could not give for a while', async () => {
		twilio.account.conditions.keepsInboundErrors = false;
		await miss('One');
		const fault = { path: /Alerts/, with: { status: 503 }, times: Infinity };
		twilio.account.conditions.fail(fault);
		const { poll } = await trigger.startPolling('init');
		expect(bodies()).toEqual([]);
		// Longer than what is looked through twice.
		later(20 * 60_000);
		await poll();
		twilio.account.conditions.faults.length = 0;
		await poll();
		expect(bodies()).toEqual(['One']);
	}, 60_000);

	it('goes on without alerts where the credential may not read them, and says so once', async () => {
		await miss('One');
		const isAlert = { path: /Alerts/, times: Infinity };
		twilio.account.conditions.fail({ ...isAlert, with: { status: 403 } });
		const { poll } = await trigger.startPolling('init');
		await poll();
		expect(bodies()).toEqual(['One']);
		const lines = trigger.log.filter((line) => /alerts could not be read/.test(line));
		expect(lines).toHaveLength(1);
	});

	it('stays in service when Twilio is down as n8n starts', async () => {
		twilio.account.conditions.fail({ with: { status: 503 }, times: Infinity });
		await trigger.startPolling('init');
		twilio.account.conditions.faults.length = 0;
		await receive('Hello');
		expect(bodies()).toEqual(['Hello']);
	}, 30_000);

	it('starts what it missed, and nothing else of before, when it polls from then on', async () => {
		await receive('Delivered');
		await miss('Missed');
		later(60 * 60_000);
		trigger.parameters = { receiveBy: 'polling', handlers: HANDLERS };
		await trigger.deactivate();
		const { poll } = await trigger.startPolling('update');
		await receive('After');
		await poll();
		expect(bodies()).toEqual(['Delivered', 'Missed', 'After']);
	});

	describe('whose number somebody has pointed elsewhere', () => {
		async function missElsewhere(body: string): Promise<void> {
			const ours = number().sms_url;
			number().sms_url = `${trigger.origin}/gone`;
			await receive(body);
			number().sms_url = ours;
			later(SOME_TIME);
		}

		it('is not started by what was missed there, with the number back here', async () => {
			await missElsewhere('Not ours');
			await miss('Ours');
			await trigger.startPolling('init');
			expect(bodies()).toEqual(['Ours']);
		});

		it('is not started by what is missed there, though no alerts tell where', async () => {
			twilio.account.conditions.keepsAlerts = false;
			number().sms_url = `${trigger.origin}/gone`;
			await receive('Not ours');
			later(SOME_TIME);
			await trigger.startPolling('init');
			expect(bodies()).toEqual([]);
		});

		it('is still started by what was missed here', async () => {
			await miss('Ours');
			number().sms_url = `${trigger.origin}/gone`;
			await trigger.startPolling('init');
			expect(bodies()).toEqual(['Ours']);
		});
	});

	it('is not started by what a copy of the workflow missed, which has another number', async () => {
		const other = '+14155550111';
		twilio.account.resources.addNumber({ phoneNumber: other, smsUrl: number().sms_url });
		trigger.isDown = true;
		await receive('Not ours', { to: other });
		trigger.isDown = false;
		await miss('Ours');
		await trigger.startPolling('init');
		expect(bodies()).toEqual(['Ours']);
	});

	it('catches up with what failed at its address for tests', async () => {
		await trigger.startTestListen();
		await miss('Missed');
		await trigger.stopTestListen();
		twilio.account.conditions.keepsInboundErrors = false;
		await trigger.startPolling('init');
		expect(bodies()).toEqual(['Missed']);
	});

	it('goes on although somebody has deleted a message that it missed', async () => {
		await miss('Deleted', 'Kept');
		twilio.account.alerts[0].requestVariables = '';
		const [{ sid }] = twilio.account.messages;
		twilio.account.messages.splice(0, 1);
		await trigger.startPolling('init');
		expect(bodies()).toEqual(['Kept']);
		expect(asked()).toContainEqual(expect.stringContaining(sid));
	});

	it('drops what Twilio delivers after all', async () => {
		await miss('One');
		await trigger.startPolling('init');
		const { parameters } = twilio.account.deliveries[0];
		await trigger.deliver(Object.fromEntries(parameters));
		await sleep(10);
		expect(bodies()).toEqual(['One']);
	});
});
