import type { INodeParameters } from 'n8n-workflow';
import type { Credential } from '../support/n8n/n8nApi';
import type { TwilioN8n } from '../support/n8n/twilioN8n';
import { waitFor } from '../support/waitFor';
import { hundredths, median, tenths } from './figures';
import { inTurn } from './inTurn';
import type { Result } from './report';
import type { TextRequest } from './text';
import { eventRequest, formRequest } from './text';

const COUNT = 60;
const WARM_UP = 20;
const ROUNDS = 5;
const CONNECTIONS = 10;
// n8n creates a V8 isolate for the request and one for the execution, whatever a node does, and two more
// for its own trigger. How long that takes beside everything else differs from machine to machine.
const LIMIT = 1.25;
const REQUEST_TIMEOUT_MS = 30_000;
const SETTLE_TIMEOUT_MS = 60_000;
/** Each number has one webhook. */
const SECOND_NUMBER = '+14155550142';
const TEXT = 'Is the café open today? 👍';

/** How many texts a second n8n takes, each of which starts a workflow. */
export async function receiving(n8n: TwilioN8n): Promise<Result[]> {
	const { credentials } = n8n;
	const { authToken } = n8n.account;
	const updates = ['com.twilio.messaging.inbound-message.received'];
	n8n.account.resources.addNumber({ phoneNumber: SECOND_NUMBER });
	const own = async (parameters: INodeParameters) =>
		await receiver(
			n8n,
			{
				type: 'n8n-nodes-twilio-sms.twilioSmsTrigger',
				typeVersion: 2,
				credential: credentials.custom,
				parameters,
			},
			(url) => formRequest(authToken, url, TEXT),
		);
	const rates = await inTurn(ROUNDS, {
		own: await own({ options: { passOnAnswers: false } }),
		/** Asks Twilio about each text. */
		passingOn: await own({
			listenOn: 'number',
			phoneNumber: { __rl: true, mode: 'number', value: SECOND_NUMBER },
		}),
		builtIn: await receiver(
			n8n,
			{
				type: 'n8n-nodes-base.twilioTrigger',
				typeVersion: 1,
				credential: credentials.twilioApi,
				parameters: { updates },
			},
			(url) => eventRequest(authToken, url, TEXT),
		),
		bare: await receiver(
			n8n,
			{ type: 'n8n-nodes-base.webhook', typeVersion: 2, parameters: { httpMethod: 'POST' } },
			(url) => formRequest(authToken, url, TEXT),
		),
	});
	const ratio = median(rates.own.map((own, round) => own / rates.builtIn[round]));
	const share = median(rates.own.map((own, round) => own / rates.bare[round]));
	const cost = median(rates.passingOn.map((passing, round) => passing / rates.own[round]));
	return [
		{
			what: `Receiving, ${CONNECTIONS} at a time`,
			own: `${tenths(median(rates.own))} texts/s`,
			other: `${tenths(median(rates.builtIn))} texts/s n8n's Twilio Trigger`,
			ratio: `${hundredths(ratio)} times`,
			guard: `at least ${LIMIT} times`,
			isKept: ratio >= LIMIT,
		},
		{
			what: 'Receiving, with answers passed on: one request to Twilio for each text',
			own: `${tenths(median(rates.passingOn))} texts/s`,
			other: `${tenths(median(rates.own))} texts/s without`,
			ratio: `${hundredths(cost)} times`,
			guard: '',
			isKept: true,
		},
		{
			what: 'Receiving, beside a node that checks nothing',
			own: `${tenths(median(rates.own))} texts/s`,
			other: `${tenths(median(rates.bare))} requests/s bare Webhook node`,
			ratio: `${hundredths(share)} times`,
			guard: '',
			isKept: true,
		},
	];
}

interface Trigger {
	type: string;
	typeVersion: number;
	credential?: Credential;
	parameters?: INodeParameters;
}

/** What delivers all texts to a live workflow and tells how many it took in a second. */
async function receiver(
	n8n: TwilioN8n,
	{ type, typeVersion, credential, parameters = {} }: Trigger,
	newRequest: (url: string) => TextRequest,
): Promise<() => Promise<number>> {
	const webhookId = crypto.randomUUID();
	const { id } = await n8n.api.createWorkflow({
		name: `Receive with ${type}`,
		nodes: [
			{
				id: 'trigger',
				name: 'Trigger',
				type,
				typeVersion,
				position: [0, 0],
				webhookId,
				// Only the Webhook node has its path as a parameter.
				parameters: { path: `${webhookId}/webhook`, ...parameters },
				credentials: credential && { [credential.type]: credential },
			},
		],
		connections: {},
	});
	const { status, triggers } = await n8n.api.activate(id);
	if (status !== 'published') throw new Error(`${type}: ${triggers[0]?.errorMessage}`);

	async function rateOf(count: number): Promise<number> {
		const url = `${n8n.url}/webhook/${webhookId}/webhook`;
		const requests = Array.from({ length: count }, () => newRequest(url));
		const start = performance.now();
		await Promise.all(Array.from({ length: CONNECTIONS }, () => deliverAll(requests)));
		const seconds = (performance.now() - start) / 1000;
		await settled(n8n, id);
		return count / seconds;
	}
	await rateOf(WARM_UP);
	return async () => await rateOf(COUNT);
}

/** Takes one request after the other out of the list, until none is left. */
async function deliverAll(requests: TextRequest[]): Promise<void> {
	for (let request = requests.pop(); request; request = requests.pop()) {
		const { url, headers, body } = request;
		const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
		const response = await fetch(url, { method: 'POST', headers, body, signal });
		const answer = await response.text();
		if (response.status !== 200) throw new Error(`n8n answered ${response.status}: ${answer}`);
	}
}

/** n8n answers before the workflow has run, and the next measurement shall not pay for this one. */
async function settled({ api }: TwilioN8n, workflowId: string): Promise<void> {
	const filter = JSON.stringify({ workflowId, status: ['new', 'running'] });
	const query = new URLSearchParams({ filter, limit: '1' });
	await waitFor('n8n to have run the workflows', SETTLE_TIMEOUT_MS, async () => {
		const { results } = await api.request<{ results: unknown[] }>('GET', `/executions?${query}`);
		return results.length === 0 ? true : undefined;
	});
}
