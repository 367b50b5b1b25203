import type { IDataObject } from 'n8n-workflow';
import type { IncomingPhoneNumber } from '../simulator/phoneNumber';
import { withCredential } from '../support/n8n/importExamples';
import type { Credential, N8nApi } from '../support/n8n/n8nApi';
import { triggerWorkflow } from '../support/n8n/triggerWorkflow';
import type { StoredWorkflow, WorkflowNode } from '../support/n8n/workflowsApi';
import type { TwilioAccount } from '../support/twilioAccount';

/** Where an operation takes place. Each has a number of its own that nothing else uses. */
export interface Site {
	api: N8nApi;
	account: TwilioAccount['account'];
	credential: Credential;
	webhookBase: string;
	/** The numbers as they were before anything happened to them. */
	before: IncomingPhoneNumber[];
}

/** All is ready for the operation, which is what n8n is killed in. */
export interface Stage {
	/** Those that have the trigger. */
	listening: StoredWorkflow[];
	/** Those that send, if it is about that. */
	sending?: StoredWorkflow;
	/** Who gets a message, none of whom anybody else texts. */
	recipients: string[];
	/** Resolves when n8n has answered; what it began may go on. */
	run: () => Promise<unknown>;
}

export type Operation = (site: Site) => Promise<Stage>;

const TRIGGER = 'Twilio SMS Trigger';

let numbersMade = 0;

/** A number that is in use in every way: an address, called with GET, and before it an application. */
function addNumber({ account, before }: Site, isFree = false): string {
	numbersMade += 1;
	const phoneNumber = `+1415555${String(2_000 + numbersMade)}`;
	const application = account.resources.addApplication({ friendlyName: `CRM ${numbersMade}` });
	const use = {
		smsUrl: `https://crm.example.com/sms?number=${numbersMade}#rc=2`,
		smsMethod: 'GET' as const,
		smsApplicationSid: application.sid,
	};
	const number = account.resources.addNumber({ phoneNumber, ...(isFree ? {} : use) });
	before.push({ ...number });
	return phoneNumber;
}

const listenTo = (phoneNumber: string, more: IDataObject = {}): IDataObject => ({
	listenOn: 'number',
	phoneNumber: { __rl: true, mode: 'number', value: phoneNumber },
	onExistingWebhook: 'replace',
	// No poll but the first comes in between.
	pollTimes: { item: [{ mode: 'custom', cronExpression: '0 0 1 1 *' }] },
	...more,
});

const stageOf = (workflow: StoredWorkflow, run: Stage['run']): Stage => ({
	listening: [workflow],
	recipients: [],
	run,
});

async function trigger(site: Site, isFree?: boolean): Promise<StoredWorkflow> {
	const parameters = listenTo(addNumber(site, isFree));
	return await site.api.createWorkflow(triggerWorkflow(site.credential, parameters));
}

async function published(site: Site): Promise<StoredWorkflow> {
	const workflow = await trigger(site);
	const { status } = await site.api.activate(workflow.id);
	if (status !== 'published') throw new Error(`The trigger could not be published: ${status}`);
	return workflow;
}

/** Saves the trigger with other parameters, and publishes that. */
async function publishChanged({ api }: Site, { id }: StoredWorkflow, parameters: IDataObject) {
	const { nodes, versionId } = await api.workflow(id);
	const changed = nodes.map((node) => ({
		...node,
		parameters: parameters as WorkflowNode['parameters'],
	}));
	await api.updateWorkflow(id, { nodes: changed, versionId });
	await api.activate(id);
}

const listenForTest = async ({ api }: Site, { id }: StoredWorkflow) =>
	await api.listenForTestEvent(id, TRIGGER);

/** n8n begins it when somebody calls its address, and runs it as it runs all that is published. */
async function sender(
	{ api, credential, webhookBase }: Site,
	parameters: IDataObject,
	settings: IDataObject = {},
): Promise<{ sending: StoredWorkflow; run: () => Promise<unknown> }> {
	const path = crypto.randomUUID();
	const node = (id: string, name: string, type: string, values: IDataObject) => ({
		id,
		name,
		type,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		webhookId: path,
		parameters: values as WorkflowNode['parameters'],
	});
	const sending = await api.createWorkflow(
		withCredential(
			{
				name: 'Send',
				nodes: [
					node('start', 'Start', 'n8n-nodes-base.webhook', { httpMethod: 'POST', path }),
					{ ...node('send', 'Send', 'n8n-nodes-twilio-sms.twilioSms', parameters), ...settings },
				],
				connections: { Start: { main: [[{ node: 'Send', type: 'main', index: 0 }]] } },
			},
			credential,
		),
	);
	await api.activate(sending.id);
	const run = async () => {
		await fetch(`${webhookBase}/webhook/${path}`, { method: 'POST' });
		await api.waitForExecutions(sending.id, 1);
	};
	return { sending, run };
}

const sendFrom = (from: string) => ({
	resource: 'message',
	fromType: 'number',
	from: { __rl: true, mode: 'number', value: from },
});

async function toThree(site: Site, settings?: IDataObject): Promise<Stage> {
	const from = addNumber(site);
	const recipients = [1, 2, 3].map(person);
	const message = { ...sendFrom(from), to: recipients.join(', '), message: 'Hello' };
	return { listening: [], recipients, ...(await sender(site, message, settings)) };
}

const person = (index: number) => `+1415555${String(4_000 + numbersMade * 3 + index)}`;

export const OPERATIONS: Record<string, Operation> = {
	publishing: async (site) => {
		const workflow = await trigger(site);
		return stageOf(workflow, () => site.api.activate(workflow.id));
	},
	'publishing on a number that is free': async (site) => {
		const workflow = await trigger(site, true);
		return stageOf(workflow, () => site.api.activate(workflow.id));
	},
	unpublishing: async (site) => {
		const workflow = await published(site);
		return stageOf(workflow, () => site.api.deactivate(workflow.id));
	},
	'publishing again with a handler': async (site) => {
		const workflow = await published(site);
		const [{ parameters }] = workflow.nodes;
		const handlers = { rules: [{ name: 'Menu', condition: 'keyword', value: 'menu' }] };
		return stageOf(workflow, () => publishChanged(site, workflow, { ...parameters, handlers }));
	},
	'publishing again on another number': async (site) => {
		const workflow = await published(site);
		const parameters = listenTo(addNumber(site));
		return stageOf(workflow, () => publishChanged(site, workflow, parameters));
	},
	'beginning a test listen': async (site) => {
		const workflow = await trigger(site);
		return stageOf(workflow, () => listenForTest(site, workflow));
	},
	'ending a test listen': async (site) => {
		const workflow = await trigger(site);
		await listenForTest(site, workflow);
		return stageOf(workflow, () => site.api.stopListening(workflow.id));
	},
	'beginning a test listen while published': async (site) => {
		const workflow = await published(site);
		return stageOf(workflow, () => listenForTest(site, workflow));
	},
	'ending a test listen while published': async (site) => {
		const workflow = await published(site);
		await listenForTest(site, workflow);
		return stageOf(workflow, () => site.api.stopListening(workflow.id));
	},
	'sending three messages': async (site) => await toThree(site),
	'sending three messages with Retry On Fail': async (site) =>
		await toThree(site, { retryOnFail: true, maxTries: 5, waitBetweenTries: 1_000 }),
	'Send and Wait': async (site) => {
		const workflow = await published(site);
		const [{ phone_number: from }] = site.before;
		const recipients = [person(1)];
		const question = { operation: 'sendAndWait', to: recipients[0], message: 'Refund?' };
		const parameters = { ...question, ...sendFrom(from), options: { textReply: true } };
		return { listening: [workflow], recipients, ...(await sender(site, parameters)) };
	},
};
