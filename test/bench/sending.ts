import type { INodeParameters } from 'n8n-workflow';
import type { Credential } from '../support/n8n/n8nApi';
import type { TwilioN8n } from '../support/n8n/twilioN8n';
import type { StoredWorkflow } from '../support/n8n/workflowsApi';
import { OUR_NUMBER } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';
import { median, tenths } from './figures';
import { inTurn } from './inTurn';
import { people } from './people';
import type { Result } from './report';

const COUNT = 200;
const WARM_UP = 20;
const ROUNDS = 3;
const REQUEST_MS = 50;
const LIMIT = 5;
const RUN_TIMEOUT_MS = 60_000;
const SEND = 'Send';

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
	const workflow = (count: number) =>
		n8n.api.createWorkflow({
			name: `Send with ${type}`,
			nodes: [
				{
					id: 'start',
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					id: 'send',
					name: SEND,
					type,
					typeVersion: 1,
					position: [200, 0],
					parameters: { to: '={{ $json.to }}', message: '={{ $json.text }}', ...parameters },
					credentials: { [credential.type]: credential },
				},
			],
			connections: { Start: { main: [[{ node: SEND, type: 'main', index: 0 }]] } },
			pinData: { Start: people(count).map((json) => ({ json })) },
		});
	await secondsOf(n8n, await workflow(WARM_UP), WARM_UP);
	const measured = await workflow(COUNT);
	return async () => await secondsOf(n8n, measured, COUNT);
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
	const { status, error, data } = await api.waitForExecution(executionId);
	if (status !== 'success' || account.messages.length !== wanted) {
		throw new Error(`Not every message was sent: ${error?.message ?? status}`);
	}
	const [{ executionTime }] = data!.resultData.runData[SEND];
	return executionTime / 1000;
}
