import type { IDataObject } from 'n8n-workflow';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser, openEditor, screenshot } from '../support/browser/browser';
import { createEditor } from '../support/browser/editor';
import { importExamples } from '../support/n8n/importExamples';
import type { Instance } from '../support/n8n/instance';
import { startInstance } from '../support/n8n/instance';
import type { Credential } from '../support/n8n/n8nApi';
import { packPackage } from '../support/n8n/packPackage';
import { release } from '../support/n8n/releases';
import { triggerWorkflow } from '../support/n8n/triggerWorkflow';
import type { WorkflowNode } from '../support/n8n/workflowsApi';
import { linkIn } from '../support/answerPage';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';

const QUESTION = 'Refund 40 USD to <b>Anna</b> & Co.?';
const UNREACHABLE = '+14155550199';
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const INPUT = { order: 42 };
const NO_ANSWER_MS = 120_000;

/** As far apart as Twilio's own: n8n refuses a report that comes before it has stored the wait. */
const STATUS_DELAY_MS = 300;

let twilio: TwilioAccount;
let n8n: Instance;
let credential: Credential;
let browser: Browser;
let phone: BrowserContext;
let unanswered: Asked;

beforeAll(async () => {
	twilio = await startTwilioAccount({ statusDelay: STATUS_DELAY_MS, retryDelay: 2_000 });
	n8n = await startInstance({ tarball: await packPackage() });
	credential = await n8n.api.createCredential('twilioSmsApi', twilio.credential);
	browser = await openBrowser();
	phone = await browser.newContext(PHONE);
	const limitWaitTime = {
		values: { limitType: 'afterTimeInterval', resumeAmount: 0.1, resumeUnit: 'minutes' },
	};
	// n8n looks once a minute, so the test that needs it waits least at the end.
	unanswered = await ask({ options: { limitWaitTime } });
}, 900_000);

afterAll(async () => {
	await browser?.close();
	await n8n?.dispose();
	await twilio?.simulator.close();
});

type Asked = Awaited<ReturnType<typeof ask>>;

async function createWorkflow(parameters: IDataObject) {
	const base = { typeVersion: 1, parameters: {} };
	const nodes: WorkflowNode[] = [
		{
			...base,
			id: 'start',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			position: [0, 0],
		},
		{
			...base,
			id: 'b3f0a6b8-9c1f-4f1e-8f59-3b8f6c7d2a10',
			name: 'Ask',
			type: 'n8n-nodes-twilio-sms.twilioSms',
			position: [200, 0],
			parameters: {
				resource: 'message',
				operation: 'sendAndWait',
				to: PERSON,
				message: QUESTION,
				...parameters,
			} as WorkflowNode['parameters'],
			credentials: { twilioSmsApi: { id: credential.id, name: credential.name } },
		},
		{ ...base, id: 'then', name: 'Then', type: 'n8n-nodes-base.noOp', position: [400, 0] },
	];
	const connections = {
		Start: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] },
		Ask: { main: [[{ node: 'Then', type: 'main', index: 0 }]] },
	};
	const pinData = { Start: [{ json: INPUT }] };
	return await n8n.api.createWorkflow({ name: 'Ask', nodes, connections, pinData });
}

/** Runs a workflow that asks and then goes on, until it waits. */
async function ask(parameters: IDataObject = {}) {
	const workflow = await createWorkflow(parameters);
	const id = await n8n.api.runWorkflow(workflow.id, 'Start');
	const { status } = await n8n.api.waitForExecution(id);
	const { body } = twilio.account.messages.at(-1)!;
	return {
		status,
		text: body,
		get link() {
			return linkIn(body);
		},
		currentStatus: async () => (await n8n.api.execution(id)).status,
		waits: async () => await n8n.api.waitForExecution(id, 'waiting'),
		/** What the node after the question got. */
		answer: async (timeoutMs?: number) => {
			const { outputs } = await n8n.api.waitForExecution(id, 'success', timeoutMs);
			return outputs.Then[0];
		},
		post: async (form: Record<string, string>) =>
			await fetch(linkIn(body), { method: 'POST', body: new URLSearchParams(form) }),
	};
}

async function open(link: string): Promise<Page> {
	const page = await phone.newPage();
	await page.goto(link);
	return page;
}

const press = async (page: Page, name: string) => {
	await page.getByRole('button', { name, exact: true }).click();
	await page.getByText('Thank you').waitFor();
};

const answered = (data: IDataObject) => [
	expect.objectContaining({
		json: { data: { ...data, respondedAt: expect.any(String) as string } },
	}),
];

describe('an approval', () => {
	it('is asked by text and given on the page that the text links to', async () => {
		const asked = await ask();
		expect(asked.status).toBe('waiting');
		const pair = new URLSearchParams({ from: PERSON, to: OUR_NUMBER });
		const conversation = await phone.newPage();
		await conversation.goto(`${twilio.simulator.phoneUrl}?${pair}`);
		const opened = phone.waitForEvent('page');
		await conversation.getByTestId('bubble-link').last().click();
		const page = await opened;
		expect(await page.locator('.text').innerText()).toBe(QUESTION);
		await screenshot(conversation, 'question-on-the-phone');
		await screenshot(page, 'question-page');
		await press(page, 'Approve');
		await screenshot(page, 'thank-you-page');
		expect(await asked.answer()).toEqual(answered({ approved: true }));
	});

	it('is declined with the other button, and both say what the workflow wants', async () => {
		const values = { approvalType: 'double', approveLabel: 'Ja', disapproveLabel: 'Nein' };
		const asked = await ask({ approvalOptions: { values } });
		const page = await open(asked.link);
		expect(await page.getByRole('button').allInnerTexts()).toEqual(['Ja', 'Nein']);
		await press(page, 'Nein');
		expect(await asked.answer()).toEqual(answered({ approved: false }));
	});

	it('is given once: whoever answers again is told that there is nothing to do', async () => {
		const asked = await ask();
		const [first, second] = [await open(asked.link), await open(asked.link)];
		await press(first, 'Approve');
		await asked.answer();
		await second.getByRole('button', { name: 'Approve' }).click();
		await second.getByText('No action required').waitFor();
		expect(await asked.answer()).toEqual(answered({ approved: true }));
	});

	it('is not given by whoever only looks at the link', async () => {
		const asked = await ask();
		const agents = ['WhatsApp/2.23', 'facebookexternalhit/1.1', 'Slackbot-LinkExpanding 1.0', ''];
		for (const agent of agents) {
			for (const suffix of ['', '&decision=approve', '&approved=true']) {
				const seen = await fetch(asked.link + suffix, { headers: { 'user-agent': agent } });
				expect([200, 401]).toContain(seen.status);
			}
		}
		await fetch(asked.link, { method: 'HEAD' });
		expect(await asked.currentStatus()).toBe('waiting');
		await press(await open(asked.link), 'Approve');
		expect(await asked.answer()).toEqual(answered({ approved: true }));
	});

	it('is not given through a link that n8n has not made, nor as it was not offered', async () => {
		const asked = await ask({ approvalOptions: { values: { approvalType: 'single' } } });
		const forged = asked.link.replace(/[0-9a-f]{4}$/, '0000');
		expect((await fetch(forged)).status).toBe(401);
		const body = new URLSearchParams({ decision: 'approve' });
		expect((await fetch(forged, { method: 'POST', body })).status).toBe(401);
		expect((await asked.post({ decision: 'decline' })).status).toBe(400);
		expect(await asked.currentStatus()).toBe('waiting');
	});

	it('is waited for through a power cut', async () => {
		const asked = await ask();
		await n8n.kill();
		await n8n.restart();
		// When n8n is back, it calls what was under way crashed before it sees that it waits.
		await asked.waits();
		await press(await open(asked.link), 'Approve');
		expect(await asked.answer()).toEqual(answered({ approved: true }));
	});

	it('can be given without JavaScript, on a page that no other page can frame', async () => {
		const asked = await ask();
		const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false });
		const page = await context.newPage();
		const response = await page.goto(asked.link);
		expect(response!.headers()['content-security-policy']).toMatch(
			/sandbox.*frame-ancestors 'none'/,
		);
		await press(page, 'Approve');
		expect(await asked.answer()).toEqual(answered({ approved: true }));
		await context.close();
	});
});

it('asks one person after the other in a loop, and no link answers for the next one', async () => {
	const people = ['+14155550131', '+14155550132'];
	const values = { approvalType: 'double' };
	const { nodes } = await createWorkflow({ to: '={{ $json.to }}', approvalOptions: { values } });
	const [start, question, then] = nodes;
	const loop = { ...then, name: 'Loop', type: 'n8n-nodes-base.splitInBatches', typeVersion: 3 };
	const to = (node: string) => [{ node, type: 'main', index: 0 }];
	const workflow = await n8n.api.createWorkflow({
		name: 'Ask everybody',
		nodes: [start, question, loop],
		connections: {
			Start: { main: [to('Loop')] },
			Loop: { main: [[], to('Ask')] },
			Ask: { main: [to('Loop')] },
		},
		pinData: { Start: people.map((person) => ({ json: { to: person } })) },
	});
	const id = await n8n.api.runWorkflow(workflow.id, 'Start');
	const linkTo = (person: string) =>
		waitFor(`the question to ${person}`, 10_000, async () => {
			const { status } = await n8n.api.execution(id);
			const asked = twilio.account.messages.find((message) => message.to === person);
			return asked && status === 'waiting' ? linkIn(asked.body) : undefined;
		});

	const first = await linkTo(people[0]);
	await press(await open(first), 'Approve');
	const second = await linkTo(people[1]);
	expect(await fetch(first)).toMatchObject({ status: 404 });
	const body = new URLSearchParams({ decision: 'approve' });
	expect(await fetch(first, { method: 'POST', body })).toMatchObject({ status: 404 });
	await press(await open(second), 'Decline');
	const { outputs } = await n8n.api.waitForExecution(id, 'success');
	const answers = outputs.Ask[0].map(({ json }) => (json.data as IDataObject).approved);
	expect(answers).toEqual([true, false]);
});

describe('an answer in words', () => {
	it('is asked for again as long as it is empty, and comes out as it was written', async () => {
		const asked = await ask({ responseType: 'freeText', options: { responseFormTitle: 'Why?' } });
		expect((await asked.post({ 'field-0': ' ' })).status).toBe(400);
		const page = await open(asked.link);
		expect(await page.getByRole('heading').innerText()).toBe('Why?');
		await page.getByLabel('Your answer').fill('Grüße 👍\nAnna');
		await press(page, 'Submit');
		const [{ json }] = await asked.answer();
		expect(json.data).toMatchObject({
			text: expect.stringMatching(/^Grüße 👍\r?\nAnna$/) as string,
		});
	});

	it('may be a form of the workflow, with a file', async () => {
		const choices = (...options: string[]) => ({ values: options.map((option) => ({ option })) });
		const values = [
			{ fieldLabel: 'Name', fieldType: 'text', requiredField: true },
			{ fieldLabel: 'How many?', fieldType: 'number' },
			{ fieldLabel: 'Size', fieldType: 'dropdown', fieldOptions: choices('Small', 'Large') },
			{ fieldLabel: 'Colour', fieldType: 'radio', fieldOptions: choices('Red', 'Blue') },
			{ fieldLabel: 'Extras', fieldType: 'checkbox', fieldOptions: choices('Milk', 'Sugar') },
			{ fieldLabel: 'Photo', fieldType: 'file', multipleFiles: false },
		];
		const asked = await ask({ responseType: 'customForm', formFields: { values } });
		const page = await open(asked.link);
		await screenshot(page, 'form-page');
		await page.getByLabel('Name').fill('Anna');
		await page.getByLabel('How many?').fill('3');
		await page.getByLabel('Size').selectOption('Large');
		await page.getByLabel('Red').check();
		await page.getByLabel('Sugar').check();
		const file = { name: 'cat.txt', mimeType: 'text/plain', buffer: Buffer.from('meow') };
		await page.getByLabel('Photo').setInputFiles(file);
		await press(page, 'Submit');
		const [{ json, binary }] = await asked.answer();
		expect(json.data).toMatchObject({
			Name: 'Anna',
			'How many?': 3,
			Size: 'Large',
			Colour: 'Red',
			Extras: ['Sugar'],
			Photo: { filename: 'cat.txt', mimetype: 'text/plain', size: 4 },
		});
		expect(binary).toMatchObject({ Photo: { fileName: 'cat.txt', mimeType: 'text/plain' } });
	});
});

describe('a delivery report', () => {
	afterEach(() => {
		twilio.account.statusDelay = STATUS_DELAY_MS;
		twilio.account.conditions.callbackOrder = 'ordered';
	});

	it.each(['ordered', 'doubled', 'shuffled'] as const)(
		'is waited for until it is final, whether reports come %s',
		async (order) => {
			twilio.account.conditions.callbackOrder = order;
			const asked = await ask({ responseType: 'delivery' });
			expect(asked.text).toBe(QUESTION);
			const [{ json }] = await asked.answer();
			const { sid: messageSid } = twilio.account.messages.at(-1)!;
			const report = { delivered: true, status: 'delivered', errorCode: null, messageSid };
			expect(json.data).toMatchObject(report);
		},
	);

	it('is not lost when it comes before n8n has stored that it waits', async () => {
		twilio.account.statusDelay = 0;
		twilio.account.conditions.callbackOrder = 'shuffled';
		// n8n is sometimes the faster one, so it is asked until a report was too early.
		await waitFor('a report to come early', 120_000, async () => {
			const asked = await ask({ responseType: 'delivery' });
			const [{ json }] = await asked.answer();
			expect(json.data).toMatchObject({ delivered: true, status: 'delivered' });
			const { sid } = twilio.account.messages.at(-1)!;
			const [report] = twilio.account.deliveries.filter(({ messageSid }) => messageSid === sid);
			return report.attempts > 1 || undefined;
		});
	});

	it('says why a text did not arrive', async () => {
		twilio.account.conditions.unreachable.set(UNREACHABLE, 30003);
		const asked = await ask({ responseType: 'delivery', to: UNREACHABLE });
		const [{ json }] = await asked.answer();
		expect(json.data).toMatchObject({
			delivered: false,
			status: 'undelivered',
			errorCode: 30003,
			errorMessage: expect.stringMatching(/switched off.*30003/) as string,
		});
	});
});

it('lets the owner decide on a refund by text, as the example has it', async () => {
	const examples = await importExamples(n8n.api, credential);
	const { 'ask-for-approval': workflow, 'auto-answer': listening } = examples;
	expect(await n8n.api.activate(listening.id)).toMatchObject({ status: 'published' });
	const id = await n8n.api.runWorkflow(workflow.id, workflow.nodes[0].name);
	await n8n.api.waitForExecution(id, 'waiting');
	const question = twilio.account.messages.at(-1)!;
	expect(question.body).toMatch(/^Refund 40 USD to Anna\?\n/);
	await twilio.account.receive({ from: '+12025550188', to: OUR_NUMBER, body: 'Yes' });
	await n8n.api.waitForExecution(id, 'success');
	await n8n.api.deactivate(listening.id);
	const { to, body } = twilio.account.messages.at(-1)!;
	expect([to, body]).toEqual(['+12025550142', expect.stringMatching(/^Good news, Anna/) as string]);
});

it('is answered by text where the trigger polls, which starts nothing', async () => {
	const json = triggerWorkflow(credential, { receiveBy: 'polling' });
	const trigger = await n8n.api.createWorkflow(json);
	expect(await n8n.api.activate(trigger.id)).toMatchObject({ status: 'published' });
	const asked = await ask({ options: { textReply: true } });
	expect(asked.status).toBe('waiting');
	await twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: 'Yes!' });
	const [{ json: answer }] = await asked.answer(75_000);
	expect(answer.data).toMatchObject({ approved: true, answeredBy: 'text' });
	expect(await n8n.api.executions(trigger.id)).toEqual([]);
	await n8n.api.deactivate(trigger.id);
});

it('fails at once when Twilio refuses the question', async () => {
	const workflow = await createWorkflow({ to: OUR_NUMBER });
	const id = await n8n.api.runWorkflow(workflow.id, 'Start');
	const { status, error } = await n8n.api.waitForExecution(id);
	expect([status, error?.description]).toEqual(['error', expect.stringMatching(/21266/)]);
});

describe('in the editor', () => {
	it("has the fields of n8n's own nodes that wait, and says what it waits for", async () => {
		const workflow = await createWorkflow({});
		const editor = createEditor(await openEditor(browser, n8n), n8n.url);
		await editor.openWorkflow(workflow.id);
		await editor.part('execute-workflow-button').click();
		await editor.openNode('Ask');
		expect(await editor.fieldNames()).toEqual([
			'Credential',
			'Resource',
			'Operation',
			'Send From',
			'To',
			'Channel',
			'Message',
			'Response Type',
			'Approval Options',
			'Options',
		]);
		const waiting = editor.part('output-panel').getByText('Execution will continue after');
		expect(await waiting.innerText()).toBe("Execution will continue after the user's response");
		await screenshot(editor.page, 'send-and-wait-form');
		await editor.page.close();
	});

	if (release.hasHumanReview) {
		it('stands among the tools with which a person reviews what an agent does', async () => {
			const agent: WorkflowNode = {
				id: 'agent',
				name: 'AI Agent',
				type: '@n8n/n8n-nodes-langchain.agent',
				typeVersion: 3,
				position: [0, 0],
				parameters: {},
			};
			const json = { name: 'Agent', nodes: [agent], connections: {} };
			const workflow = await n8n.api.createWorkflow(json);
			const editor = createEditor(await openEditor(browser, n8n), n8n.url);
			await editor.openWorkflow(workflow.id);
			const tools = editor.page.locator('[data-connection-type="ai_tool"]');
			const humanReview = editor.page.getByText('Human review', { exact: true });
			await waitFor('the tools to be offered', 30_000, async () => {
				// The canvas loses clicks as long as it loads.
				await editor.part('canvas-handle-plus', tools).dispatchEvent('click');
				await humanReview.waitFor({ timeout: 3_000 }).catch(() => undefined);
				return (await humanReview.isVisible()) || undefined;
			});
			await humanReview.click();
			await editor.part('node-creator-search-bar').pressSequentially('twilio');
			const found = editor.part('node-creator-item-name').filter({ hasText: 'Twilio SMS' });
			await found.click();
			await editor.page.getByRole('button', { name: 'Add to workflow' }).click();
			await editor.part('ndv').waitFor();
			await screenshot(editor.page, 'human-review');
			expect(await editor.fieldNames()).toEqual([
				'Credential',
				'Message',
				'Send From',
				'To',
				'Channel',
				'Approval Options',
				'Options',
			]);
			await editor.page.close();
		});
	}
});

it(
	'goes on with its input when nobody answers in time',
	async () => {
		expect(unanswered.status).toBe('waiting');
		const [{ json }] = await unanswered.answer(NO_ANSWER_MS);
		expect(json).toEqual(INPUT);
		const page = await open(unanswered.link);
		await page.getByText('No action required').waitFor();
	},
	NO_ANSWER_MS,
);
