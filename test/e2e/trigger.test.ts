import { startInstance } from '../support/n8n/instance';
import type { Instance } from '../support/n8n/instance';
import { importExamples } from '../support/n8n/importExamples';
import { packPackage } from '../support/n8n/packPackage';
import type { Execution } from '../support/n8n/execution';
import type { Credential } from '../support/n8n/n8nApi';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';
import { release } from '../support/n8n/releases';
import type { StoredWorkflow } from '../support/n8n/workflowsApi';

const DEMO_URL = 'https://demo.twilio.com/welcome/sms/reply';
const TRIGGER = 'Twilio SMS Trigger';

let twilio: TwilioAccount;
let n8n: Instance;
let credential: Credential;
let examples: Record<string, StoredWorkflow>;

beforeAll(async () => {
	twilio = await startTwilioAccount({ retryDelay: 4_000 });
	n8n = await startInstance({ tarball: await packPackage() });
	credential = await n8n.api.createCredential('twilioSmsApi', twilio.credential);
	examples = await importExamples(n8n.api, credential);
}, 900_000);

afterAll(async () => {
	await n8n?.dispose();
	await twilio?.simulator.close();
});

const number = () => twilio.account.resources.number(OUR_NUMBER)!;
const text = (body: string) => twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body });
const sent = (body: string) => twilio.account.messages.filter((message) => message.body === body);

async function whileActive(workflow: StoredWorkflow, run: () => Promise<void>): Promise<void> {
	expect(await n8n.api.activate(workflow.id)).toMatchObject({ status: 'published' });
	try {
		await run();
	} finally {
		await n8n.api.deactivate(workflow.id);
	}
}

/** Each when the one before has been answered: after STOP Twilio lets no answer through. */
async function textOneByOne({ id }: StoredWorkflow, bodies: string[]): Promise<Execution[]> {
	let executions: Execution[] = [];
	for (const [index, body] of bodies.entries()) {
		await text(body);
		executions = await n8n.api.waitForExecutions(id, index + 1);
	}
	return executions;
}

/** A workflow of one trigger with these parameters. */
const triggerAlone = (name: string, parameters: object) =>
	n8n.api.createWorkflow({
		name,
		nodes: [
			{
				id: 'trigger',
				name: TRIGGER,
				type: 'n8n-nodes-twilio-sms.twilioSmsTrigger',
				typeVersion: 2,
				position: [0, 0],
				webhookId: crypto.randomUUID(),
				parameters: parameters as never,
				credentials: { twilioSmsApi: { id: credential.id, name: credential.name } },
			},
		],
		connections: {},
	});

/** A workflow that texts somebody when it is run. */
const senderThrough = (messagingServiceSid: string) =>
	n8n.api.createWorkflow({
		name: 'Send',
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
				name: 'Twilio SMS',
				type: 'n8n-nodes-twilio-sms.twilioSms',
				typeVersion: 1,
				position: [240, 0],
				parameters: {
					fromType: 'messagingService',
					messagingServiceSid,
					to: PERSON,
					message: 'Your table is ready.',
				},
				credentials: { twilioSmsApi: { id: credential.id, name: credential.name } },
			},
		],
		connections: { Start: { main: [[{ node: 'Twilio SMS', type: 'main', index: 0 }]] } },
	});

it('answers although the CRM fails, and notes STOP without an answer', async () => {
	const workflow = examples['two-handlers'];
	await whileActive(workflow, async () => {
		const executions = await textOneByOne(workflow, ['Hello', 'STOP', 'START']);
		expect(executions.map(({ outputs }) => Object.keys(outputs).sort())).toEqual([
			['Answer', 'Note in the CRM', TRIGGER],
			['Note in the CRM', TRIGGER],
			['Answer', 'Note in the CRM', TRIGGER],
		]);
		const [{ outputs }] = executions;
		expect(outputs['Note in the CRM'][0][0].json).toHaveProperty('error');
		expect(outputs.Answer[0]).toHaveLength(1);
		expect(sent('Thank you, we got your text.')).toHaveLength(2);
	});
});

it('runs only the branch of the handler that matches', async () => {
	const workflow = examples['keyword-menu'];
	await whileActive(workflow, async () => {
		const bodies = ['Hours?', '2 bags are missing from order #42', 'Hi', 'STOP', 'START'];
		const executions = await textOneByOne(workflow, bodies);
		expect(executions.map(({ outputs }) => Object.keys(outputs).sort())).toEqual([
			['Opening hours', TRIGGER],
			['About an order', TRIGGER],
			['Menu', TRIGGER],
			[TRIGGER],
			['Menu', TRIGGER],
		]);
		expect(sent('We are looking up order 42 and will call you back.')).toHaveLength(1);
	});
});

it('starts the workflow once although Twilio delivers a message twice', async () => {
	const workflow = await triggerAlone('Duplicates', {});
	await whileActive(workflow, async () => {
		twilio.account.conditions.deliverTwice = true;
		await text('Twice');
		twilio.account.conditions.deliverTwice = false;
		await text('Once');
		const executions = await n8n.api.waitForExecutions(workflow.id, 2);
		expect(executions.map(({ outputs }) => outputs[TRIGGER][0][0].json.body)).toEqual([
			'Twice',
			'Once',
		]);
	});
});

it('replies at once with the text of its own', async () => {
	const workflow = await triggerAlone('Reply', {
		respond: 'text',
		replyText: '=Got "{{ $json.body.Body }}" <3 & more',
	});
	await whileActive(workflow, async () => {
		await text('Hi & bye');
		expect(sent('Got "Hi & bye" <3 & more')).toMatchObject([{ direction: 'outbound-reply' }]);
	});
});

it('puts pictures out as binary data', async () => {
	const workflow = await triggerAlone('Media', { options: { downloadMedia: true } });
	await whileActive(workflow, async () => {
		const media = [{ contentType: 'image/png', content: Buffer.from('a picture') }];
		await twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: '', media });
		const [{ outputs }] = await n8n.api.waitForExecutions(workflow.id, 1);
		expect(outputs[TRIGGER][0][0].binary).toMatchObject({ media_0: { mimeType: 'image/png' } });
	});
});

it('listens on a Messaging Service beside its status events, and gives both back', async () => {
	const { sid } = twilio.account.resources.addService({
		friendlyName: 'Desk',
		numbers: [OUR_NUMBER],
	});
	const service = { listenOn: 'messagingService', messagingServiceSid: sid };
	const inbound = await triggerAlone('Service', service);
	const status = await triggerAlone('Status', { ...service, event: 'messageStatus' });
	await whileActive(status, async () => {
		await whileActive(inbound, async () => {
			expect(await text('To the desk')).toMatchObject({ status: 200 });
			const [{ outputs }] = await n8n.api.waitForExecutions(inbound.id, 1);
			expect(outputs[TRIGGER][0][0].json).toMatchObject({ body: 'To the desk' });
		});
	});
	const [{ inbound_request_url: inboundUrl, status_callback: statusUrl }] =
		twilio.account.resources.services;
	expect([inboundUrl || null, statusUrl || null]).toEqual([null, null]);
	twilio.account.resources.removeService(sid);
});

it('starts the workflow once for each status of a message, and gives the callback back', async () => {
	const before = 'https://crm.example.com/status';
	const service = twilio.account.resources.addService({
		friendlyName: 'Desk',
		numbers: [OUR_NUMBER],
		statusCallback: before,
	});
	const workflow = await triggerAlone('Statuses', {
		event: 'messageStatus',
		listenOn: 'messagingService',
		messagingServiceSid: service.sid,
		onExistingWebhook: 'replace',
	});
	const sender = await senderThrough(service.sid);
	twilio.account.conditions.callbackOrder = 'doubled';
	await whileActive(workflow, async () => {
		const sids: unknown[] = [];
		for (let message = 1; message <= 2; message++) {
			const { outputs } = await n8n.api.waitForExecution(
				await n8n.api.runWorkflow(sender.id, 'Start'),
			);
			sids.push(outputs['Twilio SMS'][0][0].json.messageSid);
			// The second message's come behind all of the first one's, repeated ones included.
			await n8n.api.waitForExecutions(workflow.id, message * 4);
		}
		const executions = await n8n.api.executions(workflow.id);
		const events = executions.map(({ outputs }) => outputs[TRIGGER][0][0].json);
		expect(events).toMatchObject(
			sids.flatMap((messageSid) =>
				['queued', 'sending', 'sent', 'delivered'].map((status) => ({ messageSid, status })),
			),
		);
	});
	expect(service.status_callback).toBe(before);
	twilio.account.conditions.callbackOrder = 'ordered';
	twilio.account.resources.removeService(service.sid);
});

it('recovers the number from a test listen in which n8n was killed', async () => {
	const workflow = await triggerAlone('Killed while listening', {});
	await n8n.api.listenForTestEvent(workflow.id, TRIGGER);
	expect(number().sms_url).toContain('/webhook-test/');
	await n8n.kill();
	await n8n.restart();
	await whileActive(workflow, async () => {
		expect(number().sms_url).not.toContain('/webhook-test/');
	});
	expect(number().sms_url).toBe(DEMO_URL);
});

/** The text's SID, which an execution has stored before Twilio is told that the text was taken. */
function startedBy({ outputs, data }: Execution): unknown {
	// One in which n8n was killed has nothing but what it starts with.
	const [item] =
		outputs[TRIGGER]?.[0] ?? data?.executionData?.nodeExecutionStack[0]?.data.main[0] ?? [];
	return item?.json.messageSid;
}

it('loses no text that Twilio retried while n8n was killed, and starts none twice', async () => {
	const workflow = await triggerAlone('Stream', {});
	await whileActive(workflow, async () => {
		const deliveries = [];
		for (let index = 0; index < 40; index++) {
			deliveries.push(text(`Text ${index}`));
			if (index === 15) {
				if (release.answersOnceStored) await Promise.all(deliveries);
				else await n8n.api.waitForExecutions(workflow.id, deliveries.length);
				await n8n.kill();
				void n8n.restart();
			}
			await new Promise((resolve) => setTimeout(resolve, 250));
		}
		const outcomes = await Promise.all(deliveries);
		await waitFor('n8n to be back', 60_000, async () =>
			(await text('Back').catch(() => undefined))?.status === 200 ? true : undefined,
		);
		const taken = outcomes.filter((delivery) => delivery?.status === 200);
		expect(outcomes.some((delivery) => delivery!.attempts > 1)).toBe(true);
		const started = await waitFor('an execution for each text', 30_000, async () => {
			const sids = (await n8n.api.executions(workflow.id)).map(startedBy);
			return taken.every((delivery) => sids.includes(delivery!.messageSid)) ? sids : undefined;
		});
		expect(new Set(started).size).toBe(started.length);
	});
});
