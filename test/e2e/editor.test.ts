import type { INodeParameters } from 'n8n-workflow';
import type { Browser } from 'playwright-core';
import { openBrowser, openEditor, screenshot } from '../support/browser/browser';
import type { Editor } from '../support/browser/editor';
import { createEditor } from '../support/browser/editor';
import { importExamples, withCredential } from '../support/n8n/importExamples';
import type { Instance } from '../support/n8n/instance';
import { startInstance } from '../support/n8n/instance';
import type { Credential } from '../support/n8n/n8nApi';
import { packPackage } from '../support/n8n/packPackage';
import { release } from '../support/n8n/releases';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';
import type { StoredWorkflow } from '../support/n8n/workflowsApi';

const PACKAGE = 'n8n-nodes-twilio-sms';
const ACTION = `${PACKAGE}.twilioSms`;
const TRIGGER = `${PACKAGE}.twilioSmsTrigger`;
const ICON = /\/twilioSms\.svg$/;

/** n8n offers it in every node whose credential can sign a request. */
const OWN_CALL = 'Custom API Call';

let twilio: TwilioAccount;
let n8n: Instance;
let browser: Browser;
let editor: Editor;

beforeAll(async () => {
	twilio = await startTwilioAccount();
	n8n = await startInstance({ tarball: await packPackage() });
	browser = await openBrowser();
	editor = createEditor(await openEditor(browser, n8n), n8n.url);
}, 900_000);

afterAll(async () => {
	await browser?.close();
	await n8n?.dispose();
	await twilio?.simulator.close();
});

const shot = (name: string) => screenshot(editor.page, `editor-${name}`);

/** Leaves out what these tests do not expect, and keeps the order. */
const among = (expected: string[], found: string[]) =>
	found.filter((name) => expected.includes(name));

describe('the node panel', () => {
	it.each([
		...['twilio sms', 'text message', 'sms', 'send sms', 'receive sms', 'twilio', 'send text'],
	])('finds the package by "%s", near the top', async (text) => {
		await editor.searchInNewWorkflow(text);
		const found = editor.part('item-iterator-item').filter({ hasText: 'Twilio SMS' });
		// The list is drawn anew while one types. The search is fuzzy: n8n's own nodes with S, M and S in
		// their names come first.
		const before = await waitFor('the package near the top', 10_000, async () => {
			const names = await editor.part('item-iterator-item').allInnerTexts();
			const position = names.findIndex((name) => name.includes('Twilio SMS'));
			const others = names.slice(0, position).filter((name) => !name.includes('Twilio'));
			return position >= 0 && others.length <= (text === 'sms' ? 3 : 0) ? others : undefined;
		});
		expect(before.length).toBeLessThanOrEqual(3);
		expect(await editor.pictures(found)).toEqual([expect.stringMatching(ICON)]);
		await shot(`panel-${text.replace(' ', '-')}`);
	});

	it('adds the trigger with its form', async () => {
		await editor.searchInNewWorkflow('twilio sms');
		await editor.openInPanel('Twilio SMS');
		const trigger = editor.offered(TRIGGER).first();
		expect(await editor.pictures(trigger)).toEqual([expect.stringMatching(ICON)]);
		await shot('panel-opened');
		await trigger.click();
		const fields = ['Credential', 'Listen On', 'Simplify'];
		expect(among(fields, await editor.fieldNames())).toEqual(fields);
		await shot('trigger-form');
		await editor.closeNode();
		const pictures = await editor.pictures(editor.node('Twilio SMS Trigger'));
		expect(pictures).toEqual([expect.stringMatching(ICON)]);
	});

	it('adds the action with its form, and n8n names what is still missing', async () => {
		await editor.searchInNewWorkflow('twilio sms');
		await editor.openInPanel('Twilio SMS');
		await editor.offered(ACTION).getByText('Send message', { exact: true }).click();
		const fields = [
			'Credential',
			'Resource',
			'Operation',
			'Send From',
			'To',
			'Message',
			'Simplify',
		];
		expect(among(fields, await editor.fieldNames())).toEqual(fields);
		await editor.missingCredential.waitFor();
		await shot('action-form');
		await editor.closeNode();

		await editor.part('node-issues', editor.node('Send message')).hover();
		const issues = editor.tooltip.filter({ hasText: 'Issues' });
		expect(await issues.innerText()).toContain('Credentials for Twilio SMS are not set.');
		expect(await issues.innerText()).toContain('Parameter "To" is required.');
		await shot('action-issues');
	});

	it('offers every operation of the package, in the form and in the panel alike', async () => {
		await editor.searchInNewWorkflow('twilio sms');
		await editor.openInPanel('Twilio SMS');
		const category = editor.part('node-creator-category-item').filter({ hasText: 'Actions' });
		const inPanel = Number(/Actions \((\d+)\)/.exec(await category.innerText())?.[1]);
		await editor.offered(ACTION).first().click();
		const resources = await editor.choices('resource');
		expect(resources).toEqual(['Message', 'Phone Number', OWN_CALL]);
		const operations: Record<string, string[]> = {};
		for (const resource of resources.filter((name) => name !== OWN_CALL)) {
			await editor.choose('resource', resource);
			operations[resource] = await editor.choices('operation', async () => {
				await shot(`operations-${resource.toLowerCase().replace(' ', '-')}`);
			});
		}
		expect(operations['Message']).toEqual(expect.arrayContaining(['Send', OWN_CALL]));
		expect(operations['Phone Number']).toEqual(expect.arrayContaining(['Get', OWN_CALL]));
		const own = Object.values(operations)
			.flat()
			.filter((name) => name !== OWN_CALL);
		expect(own).toHaveLength(inPanel);
	});
});

describe('the credential', () => {
	const form = () => editor.part('editCredential-modal');
	const wrongSid = `AC${'0'.repeat(32)}`;

	beforeEach(async () => {
		const { page, part } = editor;
		await editor.goTo('/home/credentials');
		await part('add-resource-credential').click();
		await part('new-credential-type-select').getByRole('combobox').pressSequentially('twilio sms');
		await page.getByRole('option', { name: 'Twilio SMS API' }).click();
		await part('new-credential-type-button').click();
		await form().waitFor();
	});

	async function fillIn(fields: Record<string, string>): Promise<void> {
		const simulator = { region: 'Custom', baseUrl: twilio.simulator.url };
		for (const [name, value] of Object.entries({ ...fields, ...simulator })) {
			if (['authType', 'region'].includes(name)) await editor.choose(name, value);
			else await editor.fill(name, value);
		}
	}

	/** n8n tests a credential whenever it is saved. */
	async function saved(): Promise<string> {
		await editor.part('credential-save-button').click();
		const accepted = editor.part('credentials-config-container-test-success');
		const refused = form().getByText('More details').filter({ visible: true });
		await accepted.or(refused).filter({ visible: true }).waitFor();
		if (await accepted.isVisible()) return 'accepted';
		await refused.click();
		const answer = form().locator('.el-tag--danger').filter({ visible: true });
		return await answer.innerText();
	}

	it('is accepted with the Auth Token', async () => {
		expect(await editor.pictures(form())).toEqual([expect.stringMatching(ICON)]);
		expect(await editor.parameter('baseUrl').isVisible()).toBe(false);
		const { sid, authToken } = twilio.account;
		await fillIn({ accountSid: sid, authToken, phoneNumber: '(415) 555-0100' });
		expect(await saved()).toBe('accepted');
		await shot('credential-accepted');
	});

	it('is accepted with a standard API key, whose fields show once it is chosen', async () => {
		expect(await editor.parameter('apiKeySid').isVisible()).toBe(false);
		expect(await editor.parameter('apiKeySecret').isVisible()).toBe(false);
		const { sid: apiKeySid, secret: apiKeySecret } = twilio.account.apiKey;
		await fillIn({ authType: 'API Key', accountSid: twilio.account.sid, apiKeySid, apiKeySecret });
		expect(await editor.parameter('authToken').isVisible()).toBe(true);
		expect(await saved()).toBe('accepted');
		await shot('credential-api-key');
	});

	if (release.hasCredentialRules) {
		it.each([
			['Auth Token', { authToken: 'f'.repeat(32) }],
			['Account SID', { accountSid: wrongSid }],
		])('says what to copy again when the %s is wrong', async (_field, wrong) => {
			const { sid, authToken } = twilio.account;
			await fillIn({ accountSid: sid, authToken, ...wrong });
			expect(await saved()).toContain(
				'Twilio does not know this pair. Copy the Account SID and the Auth Token',
			);
			await shot('credential-refused');
		});

		it('says so when an API key is right and the Account SID is not', async () => {
			const { sid: apiKeySid, secret: apiKeySecret } = twilio.account.apiKey;
			await fillIn({ authType: 'API Key', accountSid: wrongSid, apiKeySid, apiKeySecret });
			expect(await saved()).toContain('Twilio has no account with this Account SID.');
		});
	}
});

describe('a workflow with a credential', () => {
	let credential: Credential;
	let autoAnswer: StoredWorkflow;

	beforeAll(async () => {
		credential = await n8n.api.createCredential('twilioSmsApi', twilio.credential);
		({ 'auto-answer': autoAnswer } = await importExamples(n8n.api, credential));
	});

	const workflowThatSends = async (): Promise<StoredWorkflow> =>
		await n8n.api.createWorkflow(
			withCredential(
				{
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
							type: ACTION,
							typeVersion: 1,
							position: [240, 0],
							parameters: { to: PERSON, message: 'Your table is ready.' },
						},
					],
					connections: { Start: { main: [[{ node: 'Twilio SMS', type: 'main', index: 0 }]] } },
				},
				credential,
			),
		);

	const workflowThatListens = async (parameters: object): Promise<StoredWorkflow> =>
		await n8n.api.createWorkflow(
			withCredential(
				{
					name: 'Listen',
					nodes: [
						{
							id: 'trigger',
							name: 'Twilio SMS Trigger',
							type: TRIGGER,
							typeVersion: 2,
							position: [0, 0],
							webhookId: crypto.randomUUID(),
							parameters: parameters as INodeParameters,
						},
					],
					connections: {},
				},
				credential,
			),
		);

	const number = () => twilio.account.resources.number(OUR_NUMBER)!;

	const isListening = () =>
		waitFor('the number to point at the test URL', 15_000, async () =>
			number().sms_url.includes('/webhook-test/') ? true : undefined,
		);

	it("lets the sender be picked from the account's numbers that can send texts, or typed", async () => {
		const { part, page } = editor;
		const london = { phoneNumber: '+442079460018', friendlyName: 'London office' };
		const fax = { phoneNumber: '+14155550102', friendlyName: 'Fax' };
		twilio.account.resources.addNumber(london);
		twilio.account.resources.addNumber({ ...fax, capabilities: { sms: false, mms: false } });
		await editor.openWorkflow((await workflowThatSends()).id);
		await editor.openNode('Twilio SMS');
		await editor.choose('fromType', /^Another Number/);

		await part('rlc-input').click();
		await part('rlc-item').nth(1).waitFor();
		expect(await part('rlc-item').allInnerTexts()).toEqual([
			`The shop (${OUR_NUMBER})`,
			'London office (+442079460018)',
		]);
		await shot('picker');
		await part('rlc-search').pressSequentially('lond');
		await part('rlc-item').filter({ hasText: 'The shop' }).waitFor({ state: 'detached' });
		await part('rlc-item').filter({ hasText: 'London office' }).click();
		expect(await part('rlc-input').inputValue()).toBe('London office (+442079460018)');

		await part('rlc-mode-selector').getByRole('combobox').click();
		await page.getByRole('option', { name: /number/i }).click();
		expect(await part('rlc-input').inputValue()).toBe('+442079460018');
		await part('rlc-input').fill('+1 (415) 555-0100');
		// The editor takes what is typed a moment later, and nothing on the page says when.
		const sent = await waitFor('the typed number to be used', 20_000, async () => {
			await part('node-execute-button').click();
			const item = await editor.outputItem();
			return item.from === OUR_NUMBER ? item : undefined;
		});
		expect(sent).toMatchObject({
			to: PERSON,
			body: 'Your table is ready.',
			status: 'queued',
		});
		await shot('sent');
	});

	it('shows an output with the name of each handler of the trigger, and "Other" last', async () => {
		const rules = [
			{ name: 'Opening hours', condition: 'keyword', value: 'hours' },
			{ name: 'Photos', condition: 'hasMedia' },
		];
		await editor.openWorkflow((await workflowThatListens({ handlers: { rules } })).id);
		const outputs = editor.part('canvas-node-output-handle', editor.node('Twilio SMS Trigger'));
		await outputs.nth(2).waitFor();
		expect(await outputs.allInnerTexts()).toEqual(['Opening hours', 'Photos', 'Other']);
		await shot('handlers');
	});

	it('shows the address to enter at Twilio, and where, only to those who enter it by hand', async () => {
		const { part } = editor;
		const workflow = await workflowThatListens({ listenOn: 'manual' });
		await editor.openWorkflow(workflow.id);
		await editor.openNode('Twilio SMS Trigger');
		const addresses = part('ndv').getByText('Webhook URLs', { exact: true });
		await addresses.click();
		await part('radio-button-production').click();
		const address = `${n8n.url}/webhook/${workflow.nodes[0].webhookId}/webhook`;
		await part('ndv').getByText(address).waitFor();
		const notice = part('ndv').locator('.notice').filter({ visible: true });
		expect(await notice.allInnerTexts()).toEqual([
			expect.stringMatching(/copy the Production URL.*paste it under "A message comes in"/),
		]);
		await shot('by-hand');
		await editor.choose('listenOn', "Credential's Number");
		await addresses.waitFor({ state: 'hidden' });
		expect(await notice.allInnerTexts()).toEqual([
			expect.stringMatching(/puts the number back as it was/),
		]);
	});

	it('listens for a test event and shows the text that arrives', async () => {
		const { part } = editor;
		await editor.openWorkflow((await workflowThatListens({})).id);
		await editor.openNode('Twilio SMS Trigger');
		await part('node-execute-button').click();
		await part('trigger-listening').waitFor();
		await isListening();
		await shot('listening');
		const text = { from: PERSON, to: OUR_NUMBER, body: 'Is the café open? 👍' };
		await twilio.account.receive(text);
		expect(await editor.outputItem()).toMatchObject({
			...text,
			messageSid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
			channel: 'sms',
			numMedia: '0',
		});
		await shot('received');
	});

	it('shows its icons and marks its nodes as done, on a light and on a dark canvas', async () => {
		const { page, part, node } = editor;
		await editor.openWorkflow(autoAnswer.id);
		await part('execute-workflow-button').click();
		await page.getByText('Waiting for a text, or for the status of a message').waitFor();
		await isListening();
		await twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: 'Hello' });
		for (const name of ['Twilio SMS Trigger', 'Twilio SMS']) {
			await part('canvas-node-status-success', node(name)).waitFor();
			expect(await editor.pictures(node(name))).toEqual([expect.stringMatching(ICON)]);
		}
		await shot('canvas');
		await page.emulateMedia({ colorScheme: 'dark' });
		await page.locator('img[src$="/twilioSms.dark.svg"]').nth(1).waitFor();
		for (const name of ['Twilio SMS Trigger', 'Twilio SMS']) {
			const pictures = await editor.pictures(node(name));
			expect(pictures).toEqual([expect.stringMatching(/\/twilioSms\.dark\.svg$/)]);
		}
		await shot('canvas-dark');
		await page.emulateMedia({ colorScheme: 'light' });
	});

	it('tells the person who publishes what a taken number is used for, and what to do', async () => {
		const before = number().sms_url;
		number().sms_url = 'https://crm.example.com/sms';
		await editor.openWorkflow(autoAnswer.id);
		await editor.publish();
		// Not "could not be published": n8n counts the other node, which can wait for answers, as a trigger.
		const notice = editor.page.getByRole('alert').filter({ hasText: 'could not be activated' });
		// n8n tries five times before it gives up.
		await notice.waitFor({ timeout: 45_000 });
		await shot('refused');
		const words = await notice.innerText();
		expect(words).toContain(`Texts to ${OUR_NUMBER} already go to https://crm.example.com/sms.`);
		expect(words).toMatch(/Set "If .* in Use" to "Replace" to take it over/);
		expect(number().sms_url).toBe('https://crm.example.com/sms');
		await n8n.api.deactivate(autoAnswer.id);
		number().sms_url = before;
	});
});
