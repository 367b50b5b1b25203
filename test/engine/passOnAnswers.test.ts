import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { send } from '../simulator/outbound';
import type { TriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { startTriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { LoopbackServer } from '../support/loopbackServer';
import { OUR_NUMBER, PERSON } from '../support/twilioAccount';

const PATH = `/webhook-waiting/42/ask?signature=${'0123456789abcdef'.repeat(4)}`;

type Answer = (response: ServerResponse) => void;

const json =
	(body: object, status = 200): Answer =>
	(response) => {
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	};
/** n8n's page for a link that is no longer open. */
const closed: Answer = (response) => void response.end('<html>No action required</html>');
const silence: Answer = () => undefined;

let twilio: TriggerOnTwilio;
let n8n: LoopbackServer;
/** One after the other; the last one again and again. */
let answers: Answer[];
let posted: Array<{ url?: string; body: unknown }>;

beforeEach(async () => {
	posted = [];
	n8n = await new LoopbackServer((request: IncomingMessage, response: ServerResponse) => {
		void readText(request).then((body) => {
			posted.push({ url: request.url, body: JSON.parse(body) });
			const answer = answers.length > 1 ? answers.shift()! : answers[0];
			answer(response);
		});
	}).listen();
	twilio = await startTriggerOnTwilio();
	twilio.trigger.publicUrl = n8n.origin;
	await twilio.trigger.activate();
	question();
});

afterEach(async () => {
	await twilio.close();
	await n8n.close();
});

function question(body = `Refund?\nhttps://old.example.com${PATH}`): void {
	const direction = 'outbound-api';
	send(twilio.account, { direction, from: OUR_NUMBER, to: PERSON, body, mediaUrls: [] });
}

const receive = (body: string) => twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body });

it('posts the text and its SID to the path of the link, at this n8n', async () => {
	answers = [json({ taken: true, reply: '' })];
	expect(await receive('YES')).toMatchObject({ status: 200, body: '<Response/>' });
	const messageSid = twilio.account.messages.at(-1)?.sid;
	expect(posted).toEqual([{ url: PATH, body: { textAnswer: { body: 'YES', messageSid } } }]);
	expect(twilio.trigger.started).toEqual([]);
});

it('texts the thanks back, without letting them become a command', async () => {
	answers = [json({ taken: true, reply: 'Thanks <3</Message>' })];
	expect(await receive('YES')).toMatchObject({
		body: '<Response><Message>Thanks &lt;3&lt;/Message&gt;</Message></Response>',
	});
});

it('waits for n8n to store that it waits', async () => {
	answers = [json({ message: 'running' }, 409), json({}, 409), json({ taken: true })];
	await receive('YES');
	expect(posted).toHaveLength(3);
	expect(twilio.trigger.started).toEqual([]);
});

it.each([
	['the node that waits does not take it', json({ taken: false }, 422)],
	['the question is closed', closed],
	['n8n knows no such link', json({ message: 'not found' }, 404)],
	['n8n refuses the signature', json({ message: 'Invalid token' }, 401)],
	['n8n fails', json({ message: 'Internal error' }, 500)],
	['the question failed', json({ message: 'The execution "42" has finished with error.' }, 409)],
	['n8n goes on storing for too long', json({ message: 'running' }, 409)],
])('a text starts the workflow when %s', async (_, answer) => {
	answers = [answer];
	expect(await receive('YES')).toMatchObject({ status: 200 });
	expect(twilio.trigger.started).toHaveLength(1);
});

it('asks once about a question whose execution is over', async () => {
	answers = [json({ message: 'The execution "42 has finished already.' }, 409)];
	await receive('YES');
	expect(posted).toHaveLength(1);
});

it('a text starts the workflow when n8n cannot be reached by either of its addresses', async () => {
	await n8n.close();
	expect(await receive('YES')).toMatchObject({ status: 200 });
	expect(twilio.trigger.started).toHaveLength(1);
	n8n = await new LoopbackServer(() => undefined).listen();
});

describe('a text that was passed on, of which n8n does not say what became', () => {
	it('is delivered again, and starts nothing when it has closed the question', async () => {
		answers = [silence, closed];
		await receive('YES');
		expect(posted).toHaveLength(2);
		expect(twilio.trigger.started).toEqual([]);
		expect(twilio.trigger.log.join()).toMatch(/Twilio is asked to deliver it again/);
	}, 20_000);

	it('is delivered again, and starts nothing while the workflow that it answered runs', async () => {
		answers = [silence, json({ message: 'running' }, 409)];
		await receive('YES');
		expect(posted.length).toBeGreaterThan(1);
		expect(twilio.trigger.started).toEqual([]);
	}, 20_000);

	it('is delivered again, and starts the workflow when it answers nothing', async () => {
		answers = [silence, json({ taken: false }, 422)];
		await receive('YES');
		expect(twilio.trigger.started).toHaveLength(1);
	}, 20_000);

	it('answers no question that is asked before it is delivered again', async () => {
		answers = [
			() => question(`Another?\nhttps://old.example.com${PATH.replace('42', '43')}`),
			json({ taken: true, reply: '' }),
		];
		await receive('YES');
		expect(posted.map(({ url }) => url)).toEqual([PATH, PATH]);
		expect(twilio.trigger.started).toEqual([]);
	}, 20_000);

	it('starts the workflow when n8n does not say so the second time, either', async () => {
		answers = [silence];
		await receive('YES');
		expect(posted).toHaveLength(2);
		expect(twilio.trigger.started).toHaveLength(1);
	}, 20_000);

	it.each([
		['starts nothing when it has closed the question', 'off', closed, 0],
		['starts nothing when it has closed the question', 'by hand', closed, 0],
		['starts the workflow when it answers nothing', 'off', json({ taken: false }, 422), 1],
		['starts the workflow when n8n goes on saying nothing', 'off', silence, 1],
	])(
		'is passed on again where Twilio does not deliver again, and %s: %s',
		async (_, retries, answer, started) => {
			await twilio.trigger.deactivate();
			twilio.trigger.parameters =
				retries === 'off' ? { options: { retryDelivery: false } } : { listenOn: 'manual' };
			await twilio.trigger.activate();
			twilio.account.resources.number(OUR_NUMBER)!.sms_url = twilio.trigger.url;
			answers = [silence, answer];
			expect(await receive('YES')).toMatchObject({ status: 200, attempts: 1 });
			expect(posted).toHaveLength(2);
			expect(twilio.trigger.started).toHaveLength(started);
		},
		20_000,
	);
});

describe('a text that a poll finds', () => {
	let poll: () => Promise<void>;

	beforeEach(async () => {
		await twilio.trigger.deactivate();
		twilio.account.messages.length = 0;
		twilio.trigger.parameters = { receiveBy: 'polling' };
		({ poll } = await twilio.trigger.startPolling('activate'));
		answers = [json({ taken: true, reply: '' })];
	});

	it('answers the question that was asked before it', async () => {
		question();
		await receive('YES');
		await poll();
		expect(posted.map(({ url }) => url)).toEqual([PATH]);
		expect(twilio.trigger.started).toEqual([]);
	});

	it('does not answer a question that was asked after it', async () => {
		await receive('YES');
		await sleep(1_100);
		question();
		await poll();
		expect(posted).toEqual([]);
		expect(twilio.trigger.started).toHaveLength(1);
	});
});

it.each(['STOP', 'help', '', ' \n'])(
	'Twilio is not even asked about a text that cannot be an answer: %j',
	async (body) => {
		const before = twilio.account.requests.length;
		await receive(body);
		expect(twilio.account.requests).toHaveLength(before);
		expect(twilio.trigger.started).toHaveLength(1);
	},
);

it('asks Twilio once for each other text', async () => {
	answers = [json({ taken: false }, 422)];
	const before = twilio.account.requests.length;
	await receive('Hello');
	expect(twilio.account.requests).toHaveLength(before + 1);
});

it('asks about the very message that was answered, where the channel says which', async () => {
	answers = [json({ taken: true })];
	const [first] = twilio.account.messages.slice(-1);
	question(`Another?\nhttps://old.example.com${PATH.replace('42', '43')}`);
	await twilio.trigger.deliver({
		MessageSid: `SM${'1'.repeat(32)}`,
		From: PERSON,
		To: OUR_NUMBER,
		Body: 'YES',
		OriginalRepliedMessageSid: first.sid,
	});
	expect(posted.map(({ url }) => url)).toEqual([PATH]);
});
