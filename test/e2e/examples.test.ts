import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importExamples } from '../support/n8n/importExamples';
import type { Instance } from '../support/n8n/instance';
import { startInstance } from '../support/n8n/instance';
import type { Credential } from '../support/n8n/n8nApi';
import { packPackage } from '../support/n8n/packPackage';
import type { StoredWorkflow, WorkflowNode } from '../support/n8n/workflowsApi';
import { startScriptedModel } from '../support/scriptedModel';
import type { ScriptedModel } from '../support/scriptedModel';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';

const [OWNER, CUSTOMER, OTHER_PERSON] = ['+12025550188', '+12025550142', '+14155550124'];

let twilio: TwilioAccount;
let model: ScriptedModel;
let n8n: Instance;
let folder: string;
let openAiApi: Credential;
let examples: Record<string, StoredWorkflow>;

beforeAll(async () => {
	// n8n refuses a delivery report that comes before it has stored the wait.
	twilio = await startTwilioAccount({ statusDelay: 300, retryDelay: 1_000 });
	model = await startScriptedModel();
	folder = await mkdtemp(join(tmpdir(), 'n8n-photos-'));
	n8n = await startInstance({
		tarball: await packPackage(),
		env: { N8N_RESTRICT_FILE_ACCESS_TO: folder, GENERIC_TIMEZONE: process.env.TZ },
	});
	const credential = await n8n.api.createCredential('twilioSmsApi', twilio.credential);
	openAiApi = await n8n.api.createCredential('openAiApi', { apiKey: 'any', url: model.url });
	examples = await importExamples(n8n.api, credential);
}, 900_000);

afterAll(async () => {
	await n8n?.dispose();
	await model?.close();
	await twilio?.simulator.close();
	if (folder) await rm(folder, { recursive: true, force: true });
});

const text = (body: string, from = PERSON, more: object = {}) =>
	twilio.account.receive({ from, to: OUR_NUMBER, body, ...more });

const textsTo = (person: string) =>
	twilio.account.messages
		.filter(({ to, direction }) => to === person && direction !== 'inbound')
		.map(({ body }) => body);

/** What a person does after the import: fills in what the note says. */
async function change(
	{ id, nodes }: StoredWorkflow,
	name: string,
	edit: (node: WorkflowNode) => Partial<WorkflowNode>,
): Promise<void> {
	const changed = nodes.map((node) => (node.name === name ? { ...node, ...edit(node) } : node));
	await n8n.api.updateWorkflow(id, { nodes: changed });
}

async function whilePublished({ id }: StoredWorkflow, run: () => Promise<void>): Promise<void> {
	expect(await n8n.api.activate(id)).toMatchObject({ status: 'published' });
	try {
		await run();
	} finally {
		await n8n.api.deactivate(id);
	}
}

it('auto-answer answers every text, and keeps quiet after STOP', async () => {
	const example = examples['auto-answer'];
	await whilePublished(example, async () => {
		for (const [index, body] of ['Hi', 'STOP', 'START'].entries()) {
			await text(body, OTHER_PERSON);
			await n8n.api.waitForExecutions(example.id, index + 1);
		}
	});
	const ours = textsTo(OTHER_PERSON).filter((body) => body.includes('You wrote'));
	expect(ours).toEqual(
		['Hi', 'START'].map((body) => `Thank you for your text! You wrote: ${body}`),
	);
});

it('ai-chat remembers what a sender wrote, and nothing of other senders', async () => {
	const example = examples['ai-chat'];
	await change(example, 'OpenAI Chat Model', () => ({ credentials: { openAiApi } }));
	const requests = model.play(['Hello Anna!', 'You are Anna.', 'I do not know you.']);
	await whilePublished(example, async () => {
		let count = 0;
		for (const [body, from] of [
			['I am Anna', PERSON],
			['Who am I?', PERSON],
			['And I?', OTHER_PERSON],
		]) {
			await text(body, from);
			const executions = await n8n.api.waitForExecutions(example.id, ++count);
			expect(executions.map(({ status }) => status)).not.toContain('error');
		}
	});
	expect(textsTo(PERSON).slice(-2)).toEqual(['Hello Anna!', 'You are Anna.']);
	expect(textsTo(OTHER_PERSON).at(-1)).toBe('I do not know you.');
	expect(JSON.stringify(requests[1].input)).toContain('I am Anna');
	expect(JSON.stringify(requests[2].input)).not.toContain('Anna');
});

it("appointment-reminders texts those of tomorrow, and reports who can't be texted", async () => {
	const at = (days: number, hour: number) => {
		const date = new Date();
		date.setDate(date.getDate() + days);
		date.setHours(hour, 0, 0, 0);
		return date.toISOString();
	};
	const table = await createTable(
		'Appointments',
		{ name: 'string', phone: 'string', time: 'date' },
		[
			{ name: 'Anna', phone: CUSTOMER, time: at(1, 10) },
			{ name: 'Ben', phone: 'to be asked', time: at(1, 11) },
			{ name: 'Carla', phone: OTHER_PERSON, time: at(2, 10) },
		],
	);
	const example = examples['appointment-reminders'];
	await change(example, 'Appointments', ({ parameters }) => ({
		parameters: { ...parameters, dataTableId: { __rl: true, mode: 'id', value: table } },
	}));
	const before = textsTo(OTHER_PERSON).length;
	const execution = await n8n.api.runWorkflow(example.id, 'Every Morning');
	expect((await n8n.api.waitForExecution(execution)).error).toBeUndefined();
	expect(textsTo(CUSTOMER)).toEqual([
		expect.stringMatching(/^Hi Anna, see you tomorrow at 10:00\./),
	]);
	expect(textsTo(OTHER_PERSON)).toHaveLength(before);
	expect(textsTo(OWNER)).toEqual([expect.stringMatching(/^Not reminded:\nBen: "to be asked" /)]);
});

it('store-photos makes a file of each picture, and says thank you once', async () => {
	const example = examples['store-photos'];
	await change(example, 'Store', ({ parameters }) => ({
		parameters: {
			...parameters,
			fileName: String(parameters.fileName).replace('/home/node/.n8n-files', folder),
		},
	}));
	const pictures = ['one', 'two'].map((content) => Buffer.from(content));
	await whilePublished(example, async () => {
		const media = pictures.map((content) => ({ contentType: 'image/jpeg', content }));
		await text('My receipts', PERSON, { media });
		await text('No photo');
		await n8n.api.waitForExecutions(example.id, 2);
	});
	const files = (await readdir(folder)).sort();
	expect(files).toEqual([0, 1].map((index) => expect.stringMatching(`^MM.*-${index}\\.jpe?g$`)));
	const stored = await Promise.all(files.map((file) => readFile(join(folder, file))));
	expect(stored.map(String).sort()).toEqual(pictures.map(String));
	const thanks = textsTo(PERSON).filter((body) => body === 'Thank you, we got your photo.');
	expect(thanks).toHaveLength(1);
});

it.each([
	{ reaches: 'a phone that is on', errorCode: undefined, told: [] },
	{
		reaches: 'no phone',
		errorCode: 30003,
		told: [expect.stringMatching(/^Not delivered to \+12025550142: .*switched off/i)],
	},
])('delivery-report of a text that reaches $reaches', async ({ errorCode, told }) => {
	const before = textsTo(OWNER).length;
	if (errorCode) twilio.account.conditions.unreachable.set(CUSTOMER, errorCode);
	const id = await n8n.api.runWorkflow(
		examples['delivery-report'].id,
		'When clicking ‘Execute workflow’',
	);
	await n8n.api.waitForExecution(id, 'success');
	twilio.account.conditions.unreachable.clear();
	expect(textsTo(OWNER).slice(before)).toEqual(told);
});

/** Makes a data table of n8n, as a person does in the overview, and returns its id. */
async function createTable(
	name: string,
	columns: Record<string, string>,
	rows: Array<Record<string, string>>,
): Promise<string> {
	const { request } = n8n.api;
	const { id: projectId } = await request<{ id: string }>('GET', '/projects/personal');
	const table = await request<{ id: string }>('POST', `/projects/${projectId}/data-tables`, {
		name,
		columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
	});
	await request('POST', `/projects/${projectId}/data-tables/${table.id}/insert`, {
		data: rows,
		returnType: 'count',
	});
	return table.id;
}
