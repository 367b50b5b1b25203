import { askWorkflow } from '../support/n8n/askWorkflow';
import { importExamples } from '../support/n8n/importExamples';
import type { Credential } from '../support/n8n/n8nApi';
import { packPackage } from '../support/n8n/packPackage';
import { connectRedis } from '../support/n8n/queue/connectRedis';
import type { QueueInstance } from '../support/n8n/queue/queueInstance';
import { startQueueInstance } from '../support/n8n/queue/queueInstance';
import { triggerWorkflow } from '../support/n8n/triggerWorkflow';
import type { StoredWorkflow } from '../support/n8n/workflowsApi';
import { linkIn, pressButton } from '../support/answerPage';
import type { TwilioAccount } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';

let twilio: TwilioAccount;
let n8n: QueueInstance;
let credential: Credential;
let examples: Record<string, StoredWorkflow>;
let takesOther = false;

beforeAll(async () => {
	// Where a test says so, Twilio delivers to the second of the processes that take webhooks.
	const route = (url: URL) => (takesOther ? new URL(url.pathname, n8n.otherWebhooks.url) : url);
	twilio = await startTwilioAccount({ route });
	n8n = await startQueueInstance({ tarball: await packPackage() });
	credential = await n8n.api.createCredential('twilioSmsApi', twilio.credential);
	examples = await importExamples(n8n.api, credential);
}, 900_000);

afterAll(async () => {
	await n8n?.dispose();
	await twilio?.simulator.close();
});

it('answers a text that one process takes in and another one works on', async () => {
	const workflow = examples['auto-answer'];
	expect(await n8n.api.activate(workflow.id)).toMatchObject({ status: 'published' });

	const text = { from: PERSON, to: OUR_NUMBER, body: 'Anybody there?' };
	expect(await twilio.account.receive(text)).toMatchObject({ status: 200, body: '<Response/>' });
	const [{ id, status, error }] = await n8n.api.waitForExecutions(workflow.id, 1);
	expect({ status, error }).toEqual({ status: 'success', error: undefined });
	await logged(n8n.webhooks, `Enqueued execution ${id} `);
	await logged(n8n.workers[0], `Worker finished execution ${id} `);
	const answers = twilio.account.messages.filter(({ to }) => to === PERSON);
	expect(answers.map(({ body }) => body)).toEqual([
		'Thank you for your text! You wrote: Anybody there?',
	]);

	await n8n.api.deactivate(workflow.id);
	expect(twilio.account.resources.number(OUR_NUMBER)!.sms_url).not.toContain('/webhook/');
});

/** n8n writes some lines of its log after what the database says. */
async function logged(server: { log: () => string }, line: string): Promise<void> {
	await waitFor(
		`"${line}" in the log`,
		30_000,
		async () => server.log().includes(line) || undefined,
	);
}

it('asks by text in one process, is answered in another and goes on in a third', async () => {
	const json = askWorkflow(credential, { to: PERSON, message: 'Shall we?' });
	const workflow = await n8n.api.createWorkflow(json);
	const id = await n8n.api.runWorkflow(workflow.id, 'Start');
	await n8n.api.waitForExecution(id, 'waiting');
	const question = twilio.account.messages.at(-1)?.body;
	expect(question).toContain('Shall we?');

	// Whoever asked may be long gone.
	await n8n.workers[0].restart();
	expect(await pressButton(linkIn(question), 'Approve')).toMatchObject({ status: 200 });
	const { outputs } = await n8n.api.waitForExecution(id, 'success');
	expect(outputs.Ask[0]).toMatchObject([{ json: { data: { approved: true } } }]);
	await logged(n8n.webhooks, `Enqueued execution ${id} `);
	await logged(n8n.workers[0], `Worker finished execution ${id} `);
});

it('takes an answer by text in whichever process it arrives', async () => {
	const trigger = await n8n.api.createWorkflow(triggerWorkflow(credential, {}));
	expect(await n8n.api.activate(trigger.id)).toMatchObject({ status: 'published' });
	const options = { textReply: true };
	const json = askWorkflow(credential, { to: PERSON, message: 'By text?', options });
	const workflow = await n8n.api.createWorkflow(json);
	const id = await n8n.api.runWorkflow(workflow.id, 'Start');
	await n8n.api.waitForExecution(id, 'waiting');
	await twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: 'YES' });
	const { outputs } = await n8n.api.waitForExecution(id, 'success');
	expect(outputs.Ask[0][0].json.data).toMatchObject({ approved: true, answeredBy: 'text' });
	expect(await n8n.api.executions(trigger.id)).toEqual([]);
	await n8n.api.deactivate(trigger.id);
});

it('never takes an answer and starts the workflow as well, when n8n answers too late', async () => {
	const trigger = await n8n.api.createWorkflow(triggerWorkflow(credential, {}));
	expect(await n8n.api.activate(trigger.id)).toMatchObject({ status: 'published' });
	const options = { textReply: true };
	const json = askWorkflow(credential, { to: PERSON, message: 'Too late?', options });
	const workflow = await n8n.api.createWorkflow(json);
	const id = await n8n.api.runWorkflow(workflow.id, 'Start');
	await n8n.api.waitForExecution(id, 'waiting');
	// n8n looks for the execution there, for longer than the trigger waits.
	const unlock = await n8n.database.lockTable('execution_entity');
	const deliveries = twilio.account.deliveries.length;
	const delivered = twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: 'YES' });
	await logged(n8n.webhooks, 'Twilio is asked to deliver it again');
	await unlock();
	await delivered;
	const { outputs } = await n8n.api.waitForExecution(id, 'success');
	expect(outputs.Ask[0][0].json.data).toMatchObject({ approved: true, answeredBy: 'text' });
	// Twilio was told to deliver again, and then that the text is taken.
	expect(twilio.account.deliveries[deliveries]).toMatchObject({ status: 200, attempts: 2 });
	expect(await n8n.api.executions(trigger.id)).toEqual([]);
	await n8n.api.deactivate(trigger.id);
});

it('the example "Remove duplicates" answers a text once that two processes took', async () => {
	const workflow = await connectRedis(n8n, examples['remove-duplicates']);
	expect(await n8n.api.activate(workflow.id)).toMatchObject({ status: 'published' });
	const text = { from: PERSON, to: OUR_NUMBER, body: 'Once, please' };
	await twilio.account.receive(text);
	await n8n.api.waitForExecutions(workflow.id, 1);
	takesOther = true;
	const message = twilio.account.messages.find(({ body }) => body === text.body)!;
	const delivery = twilio.account.deliveries.find(({ messageSid }) => messageSid === message.sid)!;
	await twilio.account.callWebhook(message, delivery, delivery.parameters);
	takesOther = false;
	await n8n.api.waitForExecutions(workflow.id, 2);
	const answers = twilio.account.messages.filter(
		({ body }) => body === 'Thank you, we got your text.',
	);
	expect(answers).toHaveLength(1);
	await n8n.api.deactivate(workflow.id);
});

it('starts the workflow with what came while nobody took webhooks', async () => {
	// n8n keeps what is stored of a hidden field; nobody wants to wait five minutes here.
	const pollTimes = { item: [{ mode: 'everyMinute' }] };
	const trigger = await n8n.api.createWorkflow(triggerWorkflow(credential, { pollTimes }));
	expect(await n8n.api.activate(trigger.id)).toMatchObject({ status: 'published' });
	await n8n.webhooks.stop();
	for (const body of ['One', 'Two', 'Three']) {
		const text = { from: PERSON, to: OUR_NUMBER, body };
		expect(await twilio.account.receive(text)).not.toMatchObject({ status: 200 });
	}
	await n8n.webhooks.restart();
	const executions = await n8n.api.waitForExecutions(trigger.id, 3, 150_000);
	const items = executions.map(({ outputs }) => outputs['Twilio SMS Trigger'][0][0].json);
	expect(items.map(({ body }) => body).sort()).toEqual(['One', 'Three', 'Two']);
	expect(items.map(({ caughtUp }) => caughtUp)).toEqual([true, true, true]);
	await n8n.api.deactivate(trigger.id);
});
