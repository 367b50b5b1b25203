import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingText } from '../simulator/inbound';
import type { Delivery } from '../simulator/webhook/delivery';
import { importExamples } from '../support/n8n/importExamples';
import type { N8nServer } from '../support/n8n/n8nServer';
import { startN8nServer } from '../support/n8n/n8nServer';
import type { Credential } from '../support/n8n/n8nApi';
import { packPackage } from '../support/n8n/packPackage';
import { connectRedis } from '../support/n8n/queue/connectRedis';
import type { QueueInstance } from '../support/n8n/queue/queueInstance';
import { startQueueInstance } from '../support/n8n/queue/queueInstance';
import { followedBy, plainWorkflow, triggerWorkflow } from '../support/n8n/triggerWorkflow';
import type { StoredWorkflow, WorkflowJson } from '../support/n8n/workflowsApi';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, startTwilioAccount } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';

const isShort = Boolean(process.env.E2E_SHORT);
const TEXTS = isShort ? 100 : 2_000;
const AT_ONCE = 10;
/** Every tenth text is delivered twice. */
const TWICE_EVERY = 10;
const BURST = isShort ? 20 : 200;
const SAME_PROCESS = isShort ? 10 : 100;
const WITHOUT_MAIN = isShort ? 10 : 100;
const PAIRS = isShort ? 40 : 300;

/** n8n's default, which the tests leave as it is. */
const AT_ONCE_IN_WORKER = 10;

const SECOND_NUMBER = '+14155550142';
const ANSWER = 'Thank you, we got your text.';

/** n8n looks every 30 seconds for what a worker that is gone has left, and waits a minute first. */
const DRAIN_MS = 10 * 60_000;
const TEST_MS = 60 * 60_000;

/** By default n8n takes up to a minute and a half to miss a worker. */
const SOON = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

let twilio: TwilioAccount;
let n8n: QueueInstance;
let credential: Credential;
let examples: Record<string, StoredWorkflow>;

/** The process to which what is delivered in here goes. */
const target = new AsyncLocalStorage<N8nServer>();

beforeAll(async () => {
	const route = (url: URL) => new URL(url.pathname, (target.getStore() ?? n8n.webhooks).url);
	twilio = await startTwilioAccount({ route });
	twilio.account.resources.addNumber({ phoneNumber: SECOND_NUMBER });
	const tarball = await packPackage();
	n8n = await startQueueInstance({ tarball, workers: 2, env: isShort ? SOON : {} });
	credential = await n8n.api.createCredential('twilioSmsApi', twilio.credential);
	examples = await importExamples(n8n.api, credential);
}, 900_000);

afterAll(async () => {
	await n8n?.dispose();
	await twilio?.simulator.close();
});

const print = (text: string) => process.stdout.write(`${text}\n`);

const processes = () => [n8n.webhooks, n8n.otherWebhooks];

const person = (index: number) => `+1415556${String(index).padStart(4, '0')}`;

/** Does it for each of so many, always a fixed number at once. */
async function forEach(count: number, work: (index: number) => Promise<void>): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < count) await work(next++);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

const receive = async (server: N8nServer, text: IncomingText): Promise<Delivery> =>
	(await target.run(server, () => twilio.account.receive(text)))!;

/** Twilio delivers again what it has delivered before. */
async function deliverAgain(server: N8nServer, delivery: Delivery): Promise<Delivery> {
	const { messageSid, parameters, idempotencyToken } = delivery;
	const message = twilio.account.message(messageSid)!;
	return await target.run(server, () =>
		twilio.account.callWebhook(message, delivery, parameters, idempotencyToken),
	);
}

/** Delivers a text to two processes at the same time. */
async function receiveAtBoth(
	first: N8nServer,
	other: N8nServer,
	text: IncomingText,
): Promise<[Delivery, Delivery]> {
	const delivery = receive(first, text);
	const listed = await waitFor('Twilio to deliver', 5_000, async () =>
		twilio.account.deliveries.find(({ parameters }) => {
			const { To, Body } = Object.fromEntries(parameters);
			return To === text.to && Body === text.body;
		}),
	);
	return await Promise.all([delivery, deliverAgain(other, listed)]);
}

interface Row {
	id: string;
	status: string;
	messageSid: string;
}

/** All executions of a workflow, once none of them is at work any more. */
async function settled({ id: workflowId }: StoredWorkflow): Promise<Row[]> {
	const executions = `FROM execution_entity e WHERE e."workflowId" = '${workflowId}'`;
	const atWork = `SELECT count(*) ${executions} AND e.status IN ('new', 'running')`;
	await waitFor('the workers to have run everything', DRAIN_MS, async () => {
		const [[count]] = await n8n.database.rows(atWork);
		return count === '0' ? true : undefined;
	});
	const data = `SELECT substring(d.data from '"(SM[0-9a-f]{32})"') FROM execution_data d`;
	const messageSid = `(${data} WHERE d."executionId" = e.id)`;
	const rows = await n8n.database.rows(`SELECT e.id, e.status, ${messageSid} ${executions}`);
	return rows.map(([id, status, sid]) => ({ id, status, messageSid: sid }));
}

/** How many texts have how many executions. */
function startsOf(deliveries: Delivery[], rows: Row[]): Record<number, number> {
	const starts = new Map<string, number>();
	for (const { messageSid } of rows) starts.set(messageSid, (starts.get(messageSid) ?? 0) + 1);
	const counts: Record<number, number> = {};
	for (const { messageSid } of deliveries) {
		const count = starts.get(messageSid) ?? 0;
		counts[count] = (counts[count] ?? 0) + 1;
	}
	return counts;
}

function countBy<T>(values: T[], keyOf: (value: T) => string): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[keyOf(value)] = (counts[keyOf(value)] ?? 0) + 1;
	return counts;
}

const statuses = (rows: Row[]) => countBy(rows, ({ status }) => status);

const outcomes = (deliveries: Delivery[]) =>
	countBy(deliveries, ({ status, attempts }) => `${status} at attempt ${attempts}`);

const show = (counts: Record<string, number>) =>
	Object.entries(counts)
		.map(([key, count]) => `${key}: ${count}`)
		.join(', ') || 'none';

async function publish(workflow: StoredWorkflow): Promise<void> {
	expect(await n8n.api.activate(workflow.id)).toMatchObject({ status: 'published' });
}

it(
	'runs each of thousands of texts once, and those that two processes take twice, unless the example is used',
	async () => {
		const workflow = await n8n.api.createWorkflow(triggerWorkflow(credential, {}));
		await publish(workflow);
		const example = await onSecondNumber(await connectRedis(n8n, examples['remove-duplicates']));
		await publish(example);

		const once: Delivery[] = [];
		const twice: Delivery[] = [];
		const repeated: Delivery[] = [];
		const withExample: Delivery[] = [];
		const started = Date.now();
		await forEach(TEXTS, async (index) => {
			const [first, other] = index % 2 ? processes() : processes().reverse();
			const text = { from: person(index), to: OUR_NUMBER, body: `Text ${index}` };
			const delivery = await receive(first, text);
			if (index % TWICE_EVERY) {
				once.push(delivery);
				return;
			}
			twice.push(delivery);
			repeated.push(await deliverAgain(other, delivery));
			// Twilio also delivers again what the first process has not answered yet.
			const toExample = await receiveAtBoth(first, other, { ...text, to: SECOND_NUMBER });
			withExample.push(toExample[0]);
			repeated.push(toExample[1]);
		});
		const seconds = (Date.now() - started) / 1000;
		const rows = await settled(workflow);
		const exampleRows = await settled(example);
		const answers = answersTo(withExample);
		const all = [...once, ...twice, ...repeated, ...withExample];
		const perSecond = (all.length / seconds).toFixed(1);
		print(
			[
				`${all.length} deliveries in ${Math.round(seconds)} s (${perSecond} a second): ${show(outcomes(all))}`,
				`executions: ${show(statuses(rows))}; of the example: ${show(statuses(exampleRows))}`,
				`${once.length} texts delivered once, by how often they ran: ${show(startsOf(once, rows))}`,
				`${twice.length} texts delivered to both processes: ${show(startsOf(twice, rows))}`,
				`${withExample.length} to both processes, with the example: ${show(startsOf(withExample, exampleRows))}`,
				`  by how many answers went out: ${show(answers)}`,
			].join('\n'),
		);
		expect(all.filter(({ status }) => status !== 200)).toEqual([]);
		expect(statuses(rows)).toEqual({ success: TEXTS + twice.length });
		expect(startsOf(once, rows)).toEqual({ 1: once.length });
		// n8n gives the processes that take webhooks nothing that they share.
		expect(startsOf(twice, rows)).toEqual({ 2: twice.length });
		expect(answers).toEqual({ 1: withExample.length });
		await n8n.api.deactivate(workflow.id);
		await n8n.api.deactivate(example.id);
	},
	TEST_MS,
);

/** How many texts have how many answers of the example; each is of somebody else. */
function answersTo(deliveries: Delivery[]): Record<string, number> {
	const answers = countBy(
		twilio.account.messages.filter(({ body }) => body === ANSWER),
		({ to }) => to,
	);
	return countBy(deliveries, ({ parameters }) => {
		const { From } = Object.fromEntries(parameters);
		return String(answers[From] ?? 0);
	});
}

/** The example, on a number of its own. */
async function onSecondNumber({ id, nodes }: StoredWorkflow): Promise<StoredWorkflow> {
	const parameters = {
		listenOn: 'number',
		phoneNumber: { __rl: true, mode: 'number', value: SECOND_NUMBER },
	};
	const changed = nodes.map((node) =>
		node.type.endsWith('Trigger')
			? { ...node, parameters: { ...node.parameters, ...parameters } }
			: node,
	);
	return await n8n.api.updateWorkflow(id, { nodes: changed });
}

it(
	'answers each of a burst of texts once with the example, though two processes take each at once',
	async () => {
		const example = await onSecondNumber(await connectRedis(n8n, examples['remove-duplicates']));
		await publish(example);
		const deliveries: Delivery[] = [];
		await forEach(BURST, async (index) => {
			const [first, other] = index % 2 ? processes() : processes().reverse();
			const text = { from: person(TEXTS + index), to: SECOND_NUMBER, body: `Burst ${index}` };
			const [delivery] = await receiveAtBoth(first, other, text);
			deliveries.push(delivery);
		});
		const rows = (await settled(example)).filter(({ messageSid }) =>
			deliveries.some((delivery) => delivery.messageSid === messageSid),
		);
		const answers = answersTo(deliveries);
		print(
			`${BURST} texts in a burst, to both processes at once, with the example: ` +
				`executions ${show(statuses(rows))}; by how many answers went out: ${show(answers)}`,
		);
		expect(answers).toEqual({ 1: BURST });
		await n8n.api.deactivate(example.id);
	},
	TEST_MS,
);

it(
	'runs a text once that is delivered twice to the same process',
	async () => {
		const workflow = await n8n.api.createWorkflow(triggerWorkflow(credential, {}));
		await publish(workflow);
		const deliveries: Delivery[] = [];
		const repeated: Delivery[] = [];
		await forEach(SAME_PROCESS, async (index) => {
			const server = processes()[index % 2];
			const text = { from: person(index), to: OUR_NUMBER, body: `Again ${index}` };
			const delivery = await receive(server, text);
			deliveries.push(delivery);
			repeated.push(await deliverAgain(server, delivery));
		});
		const rows = await settled(workflow);
		print(`${deliveries.length} twice to the same process: ${show(startsOf(deliveries, rows))}`);
		expect([...deliveries, ...repeated].filter(({ status }) => status !== 200)).toEqual([]);
		expect(startsOf(deliveries, rows)).toEqual({ 1: SAME_PROCESS });
		await n8n.api.deactivate(workflow.id);
	},
	TEST_MS,
);

it(
	'goes on with texts while the main process is gone, and leaves the number as it was',
	async () => {
		const workflow = await n8n.api.createWorkflow(triggerWorkflow(credential, {}));
		const before = twilio.account.resources.number(OUR_NUMBER)!.sms_url;
		await publish(workflow);
		const published = twilio.account.resources.number(OUR_NUMBER)!.sms_url;
		await n8n.kill();
		const deliveries: Delivery[] = [];
		const deliverSome = async (body: string) =>
			await forEach(WITHOUT_MAIN, async (index) => {
				const text = { from: person(index), to: OUR_NUMBER, body: `${body} ${index}` };
				deliveries.push(await receive(processes()[index % 2], text));
			});
		await deliverSome('Without main');
		const rows = await settled(workflow);
		expect(twilio.account.resources.number(OUR_NUMBER)!.sms_url).toBe(published);
		await n8n.restart();
		await deliverSome('With main again');
		const all = await settled(workflow);
		print(
			`without the main process: ${show(startsOf(deliveries.slice(0, WITHOUT_MAIN), rows))}; ` +
				`in all: ${show(startsOf(deliveries, all))}`,
		);
		expect(deliveries.filter(({ status }) => status !== 200)).toEqual([]);
		expect(startsOf(deliveries, all)).toEqual({ 1: 2 * WITHOUT_MAIN });
		expect(twilio.account.resources.number(OUR_NUMBER)!.sms_url).toBe(published);
		await n8n.api.deactivate(workflow.id);
		expect(twilio.account.resources.number(OUR_NUMBER)!.sms_url).toBe(before);
	},
	TEST_MS,
);

it(
	'loses to a worker that is killed only what that worker had in hand, as a Webhook node does',
	async () => {
		const own = await n8n.api.createWorkflow(thenWait(triggerWorkflow(credential, {})));
		const path = crypto.randomUUID();
		const plain = await n8n.api.createWorkflow(thenWait(plainWorkflow(path)));
		await publish(own);
		await publish(plain);
		const [worker, otherWorker] = n8n.workers;
		const deliveries: Delivery[] = [];
		const requests: number[] = [];
		let killed: Promise<void> | undefined;
		await forEach(PAIRS, async (index) => {
			const server = processes()[index % 2];
			const text = { from: person(index), to: OUR_NUMBER, body: `Pair ${index}` };
			const request = async () => {
				const body = new URLSearchParams({ MessageSid: sidOf(index), Body: text.body });
				const answer = await fetch(`${server.url}/webhook/${path}`, { method: 'POST', body });
				requests.push(answer.status);
			};
			const delivery = receive(server, text);
			await Promise.all([delivery, request()]);
			deliveries.push(await delivery);
			if (deliveries.length >= PAIRS / 2) killed ??= worker.kill();
		});
		await killed;
		await worker.restart();
		const rows = await settled(own);
		const plainRows = await settled(plain);
		const lost = (all: Row[]) => all.filter(({ status }) => status !== 'success');
		const isOfOther = ({ id }: Row) =>
			otherWorker.log().includes(`Worker started execution ${id} `);
		print(
			[
				`a worker killed among ${PAIRS} texts and ${PAIRS} requests to a Webhook node:`,
				`  texts: ${show(outcomes(deliveries))}; executions: ${show(statuses(rows))}`,
				`  Webhook node: ${show(statuses(plainRows))}`,
			].join('\n'),
		);
		expect(deliveries.filter(({ status }) => status !== 200)).toEqual([]);
		expect(requests.filter((status) => status !== 200)).toEqual([]);
		for (const all of [rows, plainRows]) {
			expect(all).toHaveLength(PAIRS);
			expect(lost(all).filter(isOfOther)).toEqual([]);
		}
		expect(lost([...rows, ...plainRows]).length).toBeLessThanOrEqual(AT_ONCE_IN_WORKER);
		await n8n.api.deactivate(own.id);
		await n8n.api.deactivate(plain.id);
	},
	TEST_MS,
);

const sidOf = (index: number) => `SM${String(index).padStart(32, '0')}`;

/** So that executions are under way at any time. */
const thenWait = (json: WorkflowJson): WorkflowJson =>
	followedBy(json, {
		name: 'Wait',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		webhookId: crypto.randomUUID(),
		parameters: { resume: 'timeInterval', amount: 2, unit: 'seconds' },
	});

it('has no other main process take over: n8n asks for a licence', async () => {
	const env = { ...n8n.shared.env, N8N_MULTI_MAIN_SETUP_ENABLED: 'true' };
	await expect(startN8nServer({ ...n8n.shared, env })).rejects.toThrow(
		/Your license does not allow for feat:multipleMainInstances/,
	);
}, 300_000);
