import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import type { Execution } from '../support/n8n/execution';
import type { Instance } from '../support/n8n/instance';
import { startInstance } from '../support/n8n/instance';
import type { Credential } from '../support/n8n/n8nApi';
import { packPackage } from '../support/n8n/packPackage';
import { triggerWorkflow } from '../support/n8n/triggerWorkflow';
import type { StoredWorkflow } from '../support/n8n/workflowsApi';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';

const POLLED_NUMBER = '+14155550101';
const OLD_URL = 'https://old-tunnel.example.com/';
const NEW_URL = 'https://new-tunnel.example.com/';

/** Twilio gives up after 15 s; n8n leaves a text alone for 30. */
const GIVEN_UP_MS = 32_000;

/** n8n polls every minute. */
const POLL_MS = 75_000;

const HANDLERS = { rules: [{ name: 'Menu', condition: 'keyword', value: 'menu' }] };
/** n8n keeps what is stored of a hidden field; nobody wants to wait five minutes here. */
const EVERY_MINUTE = { item: [{ mode: 'everyMinute' }] };
const PICTURE = { contentType: 'image/png', content: Buffer.from('picture') };

let twilio: TwilioAccount;
let n8n: Instance;
let folder: string;
let webhook: StoredWorkflow;
let polling: StoredWorkflow;

beforeAll(async () => {
	const route = (url: URL) =>
		[OLD_URL, NEW_URL].some((base) => url.href.startsWith(base)) && url.href.startsWith(publicUrl)
			? new URL(url.pathname + url.search, n8n.url)
			: // Nobody is at a tunnel's address of yesterday.
				new URL('http://127.0.0.1:9/');
	twilio = await startTwilioAccount({ route, retryDelay: 50 });
	twilio.account.resources.addNumber({ phoneNumber: POLLED_NUMBER, friendlyName: 'At home' });
	folder = await mkdtemp(join(tmpdir(), 'n8n-nothing-missed-'));
	await startAt(OLD_URL);
	const { api } = n8n;
	const credential = await api.createCredential('twilioSmsApi', twilio.credential);
	const home: Credential = await api.createCredential(
		'twilioSmsApi',
		{ ...twilio.credential, phoneNumber: POLLED_NUMBER },
		'Home',
	);
	const options = { downloadMedia: true };
	webhook = await publish(credential, {
		handlers: HANDLERS,
		pollTimes: EVERY_MINUTE,
		options,
		simplify: false,
	});
	polling = await publish(home, { receiveBy: 'polling', handlers: HANDLERS, options });
}, 900_000);

afterAll(async () => {
	await n8n?.dispose();
	await twilio?.simulator.close();
	if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

let publicUrl = OLD_URL;

/** The same n8n, at this address from now on. */
async function startAt(url: string): Promise<void> {
	const owner = n8n?.owner;
	publicUrl = url;
	n8n = await startInstance({
		tarball: await packPackage(),
		userFolder: join(folder, 'n8n'),
		owner,
		publicUrl: url,
	});
}

async function publish(credential: Credential, parameters: IDataObject): Promise<StoredWorkflow> {
	const workflow = await n8n.api.createWorkflow(triggerWorkflow(credential, parameters));
	expect(await n8n.api.activate(workflow.id)).toMatchObject({ status: 'published' });
	return workflow;
}

const text = (body: string, to = OUR_NUMBER, more: object = {}) =>
	twilio.account.receive({ from: PERSON, to, body, ...more });

/** What each execution of a workflow began with, output by output. */
const outputsOf = ({ outputs }: Execution) => outputs['Twilio SMS Trigger'];
const bodiesOf = (executions: Execution[]) =>
	executions.map((execution) =>
		outputsOf(execution).map((items) => items.map(({ json }) => json.Body ?? json.body)),
	);

it('a trigger that polls gets each text on its handler and changes nothing at Twilio', async () => {
	const before = JSON.stringify(twilio.account.resources.number(POLLED_NUMBER));
	for (const body of ['Hello', 'menu please']) await text(body, POLLED_NUMBER);
	await text('', POLLED_NUMBER, { media: [PICTURE] });
	const executions = await n8n.api.waitForExecutions(polling.id, 3, POLL_MS);
	expect(bodiesOf(executions)).toEqual([
		[[], ['Hello']],
		[['menu please'], []],
		[[], ['']],
	]);
	expect(outputsOf(executions[2])[1][0]).toMatchObject({
		json: { numMedia: 1 },
		binary: { media_0: { mimeType: 'image/png' } },
	});
	expect(JSON.stringify(twilio.account.resources.number(POLLED_NUMBER))).toBe(before);
}, 120_000);

it('a test in the editor of a trigger that polls gets the last text', async () => {
	await text('menu again', POLLED_NUMBER);
	const id = await n8n.api.runWorkflow(polling.id, 'Twilio SMS Trigger');
	const execution = await n8n.api.waitForExecution(id, 'success');
	expect(bodiesOf([execution])).toEqual([[['menu again'], []]]);
});

it('texts to a webhook still come out on their handlers', async () => {
	for (const body of ['Hello', 'menu please'])
		expect(await text(body)).toMatchObject({ status: 200 });
	const executions = await n8n.api.waitForExecutions(webhook.id, 2);
	expect(bodiesOf(executions).sort()).toEqual(
		[
			[[], ['Hello']],
			[['menu please'], []],
		].sort(),
	);
});

it('what came while n8n was down starts the workflow when it is back, at another address', async () => {
	// The text of the test in the editor comes with the next poll.
	const polled = (await n8n.api.waitForExecutions(polling.id, 5, POLL_MS)).length;
	const delivered = (await n8n.api.executions(webhook.id)).length;
	await n8n.kill();
	await n8n.dispose();
	for (const body of ['Missed 1', 'menu missed', 'Missed 3']) {
		expect(await text(body)).not.toMatchObject({ status: 200 });
		await text(body, POLLED_NUMBER);
	}
	await text('', OUR_NUMBER, { media: [PICTURE] });
	await sleep(GIVEN_UP_MS);
	await startAt(NEW_URL);

	const caughtUp = (await n8n.api.waitForExecutions(webhook.id, delivered + 4)).slice(delivered);
	expect(bodiesOf(caughtUp)).toEqual([
		[[], ['Missed 1']],
		[['menu missed'], []],
		[[], ['Missed 3']],
		[[], ['']],
	]);
	// The fields of the request itself, which Twilio's log of messages does not have.
	expect(outputsOf(caughtUp[0])[1][0].json).toMatchObject({ caughtUp: true, ToCountry: 'US' });
	expect(outputsOf(caughtUp[3])[1][0]).toMatchObject({
		binary: { media_0: { mimeType: 'image/png' } },
	});
	const found = (await n8n.api.waitForExecutions(polling.id, polled + 3)).slice(polled);
	expect(bodiesOf(found)).toEqual([
		[[], ['Missed 1']],
		[['menu missed'], []],
		[[], ['Missed 3']],
	]);
}, 180_000);

it('the number points to the new address by itself, and texts arrive there', async () => {
	expect(twilio.account.resources.number(OUR_NUMBER)!.sms_url).toContain(NEW_URL);
	expect(await text('At the new address')).toMatchObject({ status: 200 });
});

it('a Twilio that is down when n8n starts takes nothing out of service, and nothing comes twice', async () => {
	const [taken, polled] = await Promise.all(
		[webhook, polling].map(async ({ id }) => (await n8n.api.executions(id)).length),
	);
	await n8n.stop();
	// Too late for Twilio to have given up on it when n8n is back.
	await text('Just now');
	twilio.account.conditions.fail({ with: { status: 503 }, times: Infinity });
	await n8n.restart();
	await sleep(8_000);
	twilio.account.conditions.faults.length = 0;

	expect(await text('After all')).toMatchObject({ status: 200 });
	await text('Polled after all', POLLED_NUMBER);
	const found = await n8n.api.waitForExecutions(webhook.id, taken + 2, 2 * POLL_MS);
	const asked = await n8n.api.waitForExecutions(polling.id, polled + 1, 2 * POLL_MS);
	expect(bodiesOf(found.slice(taken)).map(([, items]) => items)).toEqual([
		['After all'],
		['Just now'],
	]);
	expect(bodiesOf(asked.slice(polled))).toEqual([[[], ['Polled after all']]]);
}, 240_000);

it('the number gets back what it had, when the workflow is unpublished', async () => {
	await n8n.api.deactivate(webhook.id);
	expect(twilio.account.resources.number(OUR_NUMBER)!.sms_url).toBe(
		'https://demo.twilio.com/welcome/sms/reply',
	);
});
