import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import type { Credential } from '../support/n8n/n8nApi';
import type { TwilioN8n } from '../support/n8n/twilioN8n';
import type { StoredWorkflow, WorkflowJson } from '../support/n8n/workflowsApi';
import { OUR_NUMBER } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';
import { hundredths, median, tenths, whole } from './figures';
import { inTurn } from './inTurn';
import { people } from './people';
import type { Result } from './report';

const COUNT = 200;
const WARM_UP = 20;
const ROUNDS = 3;
const REQUEST_MS = 50;
const LIMIT = 5;
const RUN_TIMEOUT_MS = 180_000;
const SEND = 'Send';

const MANY = 5_000;
/** How much longer each of many messages may take than each of few. */
const MANY_LIMIT = 1.5;
const MEMORY_COUNT = 1_000;
const MEMORY_EVERY_MS = 250;

/**
 * How long n8n needs for many messages. Both nodes take the same way to the same Twilio, over TLS
 * through the same proxy, and differ in nothing but themselves.
 */
export async function sending(n8n: TwilioN8n): Promise<Result[]> {
	n8n.account.conditions.requestDelay = REQUEST_MS;
	const { twilioSmsApi, twilioApi } = n8n.credentials;
	const from = OUR_NUMBER;
	const seconds = await inTurn(ROUNDS, {
		own: await sender(n8n, 'n8n-nodes-twilio-sms.twilioSms', twilioSmsApi, {}),
		builtIn: await sender(n8n, 'n8n-nodes-base.twilio', twilioApi, { from }),
	});
	n8n.account.conditions.requestDelay = 0;
	const ratio = median(seconds.own.map((own, round) => seconds.builtIn[round] / own));
	return [
		{
			what: `Sending ${COUNT} messages at ${REQUEST_MS} ms a request`,
			own: `${tenths(median(seconds.own))} s`,
			other: `${tenths(median(seconds.builtIn))} s n8n's Twilio node`,
			ratio: `${tenths(ratio)} times`,
			guard: `at least ${LIMIT} times`,
			isKept: ratio >= LIMIT,
		},
	];
}

/** What sends all messages once and tells how many seconds the node took for it. */
async function sender(
	n8n: TwilioN8n,
	type: string,
	credential: Credential,
	parameters: INodeParameters,
): Promise<() => Promise<number>> {
	const workflow = sendingWorkflow(n8n, type, credential, parameters);
	await secondsOf(n8n, await workflow(WARM_UP), WARM_UP);
	const measured = await workflow(COUNT);
	return async () => await secondsOf(n8n, measured, COUNT);
}

/** Stores a workflow that sends that many messages. */
const sendingWorkflow =
	(n8n: TwilioN8n, type: string, credential: Credential, parameters: INodeParameters) =>
	async (count: number): Promise<StoredWorkflow> => {
		const fields = { to: '={{ $json.to }}', message: '={{ $json.text }}', ...parameters };
		const json = sendingJson(type, fields, count);
		json.nodes[1].credentials = { [credential.type]: credential };
		return await n8n.api.createWorkflow(json);
	};

/** A node of this type that is run with that many people. */
function sendingJson(
	type: string,
	parameters: INodeParameters,
	count: number,
	typeVersion = 1,
): WorkflowJson {
	const start = { type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };
	return {
		name: `Send with ${type}`,
		nodes: [
			{ id: 'start', name: 'Start', position: [0, 0], ...start },
			{ id: 'send', name: SEND, type, typeVersion, position: [200, 0], parameters },
		],
		connections: { Start: { main: [[{ node: SEND, type: 'main', index: 0 }]] } },
		pinData: { Start: people(count).map((json) => ({ json })) },
	};
}

/** As many recipients as a newsletter has, and what n8n needs for each of them. */
export async function sendingMany(n8n: TwilioN8n): Promise<Result[]> {
	n8n.account.conditions.requestDelay = REQUEST_MS;
	const type = 'n8n-nodes-twilio-sms.twilioSms';
	const { twilioSmsApi } = n8n.credentials;
	const few = await (await sender(n8n, type, twilioSmsApi, {}))();
	const workflow = await sendingWorkflow(n8n, type, twilioSmsApi, {})(MANY);
	const many = await secondsOf(n8n, workflow, MANY);
	n8n.account.conditions.requestDelay = 0;
	const [each, eachOfFew] = [(many / MANY) * 1000, (few / COUNT) * 1000];
	return [
		{
			what: `Sending ${whole(MANY)} messages in a running n8n`,
			own: `${tenths(many)} s, ${tenths(each)} ms each`,
			other: `${tenths(eachOfFew)} ms each of ${COUNT}`,
			ratio: hundredths(each / eachOfFew),
			guard: `at most ${MANY_LIMIT}`,
			isKept: each / eachOfFew <= MANY_LIMIT,
		},
	];
}

/** The most memory that n8n takes for each message, beyond what it had. Both nodes send as many. */
export async function memory(n8n: TwilioN8n): Promise<Result[]> {
	const { twilioSmsApi, twilioApi } = n8n.credentials;
	const perMessage = async (type: string, credential: Credential, parameters: INodeParameters) => {
		const workflow = await sendingWorkflow(n8n, type, credential, parameters)(MEMORY_COUNT);
		const send = async () => void (await secondsOf(n8n, workflow, MEMORY_COUNT));
		// The first run makes n8n take memory that later ones use again.
		await send();
		return (await mostMemory(n8n, send)) / MEMORY_COUNT;
	};
	const builtIn = await perMessage('n8n-nodes-base.twilio', twilioApi, { from: OUR_NUMBER });
	const own = await perMessage('n8n-nodes-twilio-sms.twilioSms', twilioSmsApi, {});
	return [
		{
			what: `Memory of n8n for each of ${whole(MEMORY_COUNT)} messages`,
			own: `${tenths(own / 1000)} kB`,
			other: `${tenths(builtIn / 1000)} kB n8n's Twilio node`,
			ratio: '',
			guard: '',
			isKept: true,
		},
	];
}

/** How many bytes n8n's process takes at most while this is done, beyond what it had. */
async function mostMemory({ url }: TwilioN8n, work: () => Promise<void>): Promise<number> {
	const memory = async () => {
		const text = await (await fetch(`${url}/metrics`)).text();
		return Number(/^n8n_process_resident_memory_bytes (\S+)$/m.exec(text)![1]);
	};
	const before = await memory();
	let most = before;
	let isOver = false;
	const look = async () => {
		while (!isOver) {
			most = Math.max(most, await memory());
			await sleep(MEMORY_EVERY_MS);
		}
	};
	const looking = look();
	await work();
	isOver = true;
	await looking;
	return most - before;
}

async function secondsOf(
	{ api, account }: TwilioN8n,
	{ id }: StoredWorkflow,
	count: number,
): Promise<number> {
	const wanted = account.messages.length + count;
	const executionId = await api.runWorkflow(id, 'Start');
	// The simulator is asked, as asking n8n all the time would slow down what is measured.
	await waitFor(`${count} messages`, RUN_TIMEOUT_MS, async () =>
		account.messages.length >= wanted ? true : undefined,
	);
	const { status, error, data } = await api.waitForExecution(
		executionId,
		undefined,
		RUN_TIMEOUT_MS,
	);
	if (status !== 'success' || account.messages.length !== wanted) {
		throw new Error(`Not every message was sent: ${error?.message ?? status}`);
	}
	const [{ executionTime }] = data!.resultData.runData[SEND];
	return executionTime / 1000;
}
