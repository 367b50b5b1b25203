import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { rfc2822 } from '../simulator/date';
import { LoopbackServer } from '../support/loopbackServer';
import type { Execution } from '../support/n8n/execution';
import { installN8n } from '../support/n8n/installN8n';
import { run } from '../support/n8n/run';
import { importExamples } from '../support/n8n/importExamples';
import type { Instance } from '../support/n8n/instance';
import { startInstance } from '../support/n8n/instance';
import type { Credential } from '../support/n8n/n8nApi';
import { packPackage } from '../support/n8n/packPackage';
import { triggerWorkflow } from '../support/n8n/triggerWorkflow';
import type { StoredWorkflow } from '../support/n8n/workflowsApi';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';

const POLLED_NUMBER = '+14155550101';
const SERVICE_NUMBER = '+14155550102';
const HOME_EXAMPLE_NUMBER = '+14155550103';
const CATCH_UP_EXAMPLE_NUMBER = '+14155550104';
const OLD_NUMBER = '+14155550105';
const OTHER = '+14155550124';
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

/** A day and some more ago, and a day and somewhat less. */
const [TOO_LONG_AGO, LONG_AGO] = [25, 23].map((hours) => hours * 60 * 60_000);

let twilio: TwilioAccount;
/** An account whose workflow does not catch up. */
let unasked: TwilioAccount;
/** An account whose credential may not read alerts. */
let withoutAlerts: TwilioAccount;
/** Hands on what it gets to n8n, and hangs up in place of answering. */
let lossyProxy: LoopbackServer;
let n8n: Instance;
let folder: string;
let webhook: StoredWorkflow;
let polling: StoredWorkflow;
let service: StoredWorkflow;
let old: StoredWorkflow;
let notCatchingUp: StoredWorkflow;
let blind: StoredWorkflow;
let examples: Array<Record<string, StoredWorkflow>>;

beforeAll(async () => {
	const route = (url: URL) =>
		[OLD_URL, NEW_URL].some((base) => url.href.startsWith(base)) && url.href.startsWith(publicUrl)
			? new URL(url.pathname + url.search, losesAnswers ? lossyProxy.origin : n8n.url)
			: // Nobody is at a tunnel's address of yesterday.
				new URL('http://127.0.0.1:9/');
	lossyProxy = await new LoopbackServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const headers = Object.entries(request.headers).filter(([name]) =>
				/^x-|^content-type/.test(name),
			);
			void fetch(new URL(request.url!, n8n.url), {
				method: 'POST',
				headers: headers as Array<[string, string]>,
				body: Buffer.concat(chunks),
			}).then(() => response.destroy());
		});
	}).listen();
	[twilio, unasked, withoutAlerts] = await Promise.all(
		[1, 2, 3].map(() => startTwilioAccount({ route, retryDelay: 50 })),
	);
	for (const phoneNumber of [
		...[POLLED_NUMBER, SERVICE_NUMBER, HOME_EXAMPLE_NUMBER, CATCH_UP_EXAMPLE_NUMBER, OLD_NUMBER],
	]) {
		twilio.account.resources.addNumber({ phoneNumber, friendlyName: phoneNumber });
	}
	withoutAlerts.account.conditions.fail({
		path: /Alerts/,
		with: { status: 403 },
		times: Infinity,
	});
	folder = await mkdtemp(join(tmpdir(), 'n8n-nothing-missed-'));
	await startAt(OLD_URL);
	const credentialOf = async ({ credential }: TwilioAccount, phoneNumber = OUR_NUMBER) =>
		await n8n.api.createCredential('twilioSmsApi', { ...credential, phoneNumber });
	const credential = await credentialOf(twilio);
	const home = await credentialOf(twilio, POLLED_NUMBER);
	const options = { downloadMedia: true };
	await text('Before the publication');
	webhook = await publish(credential, {
		handlers: HANDLERS,
		pollTimes: EVERY_MINUTE,
		options,
		simplify: false,
	});
	polling = await publish(home, { receiveBy: 'polling', handlers: HANDLERS, options });
	const { sid } = twilio.account.resources.addService({
		friendlyName: 'Desk',
		numbers: [SERVICE_NUMBER],
	});
	service = await publish(credential, {
		listenOn: 'messagingService',
		messagingServiceSid: { __rl: true, mode: 'sid', value: sid },
	});
	old = await publish(await credentialOf(twilio, OLD_NUMBER), {});
	notCatchingUp = await publish(await credentialOf(unasked), { options: { catchUp: false } });
	blind = await publish(await credentialOf(withoutAlerts), { pollTimes: EVERY_MINUTE });
	examples = await Promise.all(
		[HOME_EXAMPLE_NUMBER, CATCH_UP_EXAMPLE_NUMBER].map(
			async (number) => await importExamples(n8n.api, await credentialOf(twilio, number)),
		),
	);
	for (const { id } of [examples[0]['receive-at-home'], examples[1]['catching-up']]) {
		expect(await n8n.api.activate(id)).toMatchObject({ status: 'published' });
	}
}, 900_000);

afterAll(async () => {
	await n8n?.dispose();
	for (const account of [twilio, unasked, withoutAlerts]) await account?.simulator.close();
	await lossyProxy?.close();
	if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

let publicUrl = OLD_URL;
let losesAnswers = false;

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

const textsTo = (person: string, from: string) =>
	twilio.account.messages
		.filter((message) => message.to === person && message.from === from)
		.map(({ body }) => body);

/** Makes what came in just now something that came in earlier, in all that Twilio keeps of it. */
function comesFrom(agoMs: number, body: string): void {
	const message = twilio.account.messages.find((one) => one.body === body)!;
	const date = new Date(Date.now() - agoMs);
	message.date_created = message.date_sent = message.date_updated = rfc2822(date);
	const alerts = twilio.account.alerts.filter(({ resourceSid }) => resourceSid === message.sid);
	for (const alert of alerts) alert.generatedAt = alert.listedAt = date;
}

/** What each execution of a workflow began with, output by output. */
const outputsOf = ({ outputs }: Execution) => outputs['Twilio SMS Trigger'];
const bodiesOf = (executions: Execution[]) =>
	inOneOrder(
		executions.map((execution) =>
			outputsOf(execution).map((items) => items.map(({ json }) => json.Body ?? json.body)),
		),
	);

/** n8n may number those that a poll starts one right after the other in another order. */
const inOneOrder = <T>(list: T[]) =>
	[...list].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

/** The item of the text that no handler took. */
const otherItem = (executions: Execution[], body: string) =>
	executions
		.flatMap((execution) => outputsOf(execution)[1])
		.find(({ json }) => (json.Body ?? json.body) === body);

it('a trigger that polls gets each text on its handler and changes nothing at Twilio', async () => {
	const before = JSON.stringify(twilio.account.resources.number(POLLED_NUMBER));
	for (const body of ['Hello', 'menu please']) await text(body, POLLED_NUMBER);
	await text('At home', HOME_EXAMPLE_NUMBER);
	for (const body of ['STOP', 'START']) await text(body, HOME_EXAMPLE_NUMBER, { from: OTHER });
	await text('', POLLED_NUMBER, { media: [PICTURE] });
	const executions = await n8n.api.waitForExecutions(polling.id, 3, POLL_MS);
	expect(bodiesOf(executions)).toEqual(
		inOneOrder([
			[[], ['Hello']],
			[['menu please'], []],
			[[], ['']],
		]),
	);
	expect(otherItem(executions, '')).toMatchObject({
		json: { numMedia: 1 },
		binary: { media_0: { mimeType: 'image/png' } },
	});
	expect(JSON.stringify(twilio.account.resources.number(POLLED_NUMBER))).toBe(before);
});

it('the example "Receive at home" answers what it finds, and keeps quiet after STOP', async () => {
	await n8n.api.waitForExecutions(examples[0]['receive-at-home'].id, 3, POLL_MS);
	for (const person of [PERSON, OTHER]) {
		const answers = textsTo(person, HOME_EXAMPLE_NUMBER);
		expect(answers.filter((body) => body.startsWith('Thank you for your text'))).toHaveLength(1);
	}
});

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
	await publishedLongAgo(old);
	for (const body of ['Missed 1', 'menu missed', 'Missed 3']) {
		expect(await text(body)).not.toMatchObject({ status: 200 });
		await text(body, POLLED_NUMBER);
	}
	await text('', OUR_NUMBER, { media: [PICTURE] });
	for (const number of [SERVICE_NUMBER, CATCH_UP_EXAMPLE_NUMBER]) await text('Missed 4', number);
	for (const body of ['Two days old', 'Yesterday']) await text(body, OLD_NUMBER);
	comesFrom(TOO_LONG_AGO, 'Two days old');
	comesFrom(LONG_AGO, 'Yesterday');
	for (const { account } of [unasked, withoutAlerts]) {
		await account.receive({ from: PERSON, to: OUR_NUMBER, body: 'Missed 5' });
	}
	await sleep(GIVEN_UP_MS);
	unasked.account.requests.length = 0;
	await startAt(NEW_URL);

	const caughtUp = (await n8n.api.waitForExecutions(webhook.id, delivered + 4, 2 * POLL_MS)).slice(
		delivered,
	);
	expect(bodiesOf(caughtUp)).toEqual(
		inOneOrder([
			[[], ['Missed 1']],
			[['menu missed'], []],
			[[], ['Missed 3']],
			[[], ['']],
		]),
	);
	// The fields of the request itself, which Twilio's log of messages does not have.
	const { json } = otherItem(caughtUp, 'Missed 1')!;
	expect(json).toMatchObject({ caughtUp: true, ToCountry: 'US' });
	expect(otherItem(caughtUp, '')).toMatchObject({
		binary: { media_0: { mimeType: 'image/png' } },
	});
	const found = (await n8n.api.waitForExecutions(polling.id, polled + 3, 2 * POLL_MS)).slice(
		polled,
	);
	expect(bodiesOf(found)).toEqual(
		inOneOrder([
			[[], ['Missed 1']],
			[['menu missed'], []],
			[[], ['Missed 3']],
		]),
	);
});

it('so does what came to a Messaging Service', async () => {
	expect(bodiesOf(await n8n.api.waitForExecutions(service.id, 1))).toEqual([[['Missed 4']]]);
});

it('the example "Catching up" says sorry to those who had to wait, and to nobody else', async () => {
	const { id } = examples[1]['catching-up'];
	await n8n.api.waitForExecutions(id, 1);
	await text('In time', CATCH_UP_EXAMPLE_NUMBER);
	await n8n.api.waitForExecutions(id, 2);
	const missed = twilio.account.messages.find(({ to }) => to === CATCH_UP_EXAMPLE_NUMBER)!;
	expect(textsTo(PERSON, CATCH_UP_EXAMPLE_NUMBER)).toEqual([
		expect.stringMatching(`^Sorry that you had to wait: .* at ${timeInNewYork(missed)}\\.`),
		expect.stringMatching(/^Thank you/),
	]);
});

/** As people there read it, who have n8n's own default for its time zone. */
const timeInNewYork = ({ date_created: date }: { date_created: string }) =>
	new Date(date).toLocaleTimeString('en-GB', {
		...{ hour: '2-digit', minute: '2-digit', timeZone: 'America/New_York' },
	} as const);

it('what is older than a day does not start the workflow', async () => {
	expect(bodiesOf(await n8n.api.waitForExecutions(old.id, 1))).toEqual([[['Yesterday']]]);
});

it('a trigger that is told not to catch up asks Twilio for no text', async () => {
	const asked = unasked.account.requests.filter(({ path }) => /Alerts|Messages/.test(path));
	expect(asked).toEqual([]);
	expect(await n8n.api.executions(notCatchingUp.id)).toEqual([]);
});

it("a credential that may not read alerts finds what was missed by Twilio's log, and says so once", async () => {
	expect(bodiesOf(await n8n.api.waitForExecutions(blind.id, 1, 2 * POLL_MS))).toEqual([
		[['Missed 5']],
	]);
	const lines = n8n.log().match(/alerts could not be read/g);
	expect(lines).toHaveLength(1);
});

it('nothing comes a second time when n8n starts once more', async () => {
	const workflows = [webhook, service, old, blind, polling];
	const count = async () =>
		await Promise.all(workflows.map(async ({ id }) => (await n8n.api.executions(id)).length));
	const before = await count();
	await n8n.restart();
	await sleep(8_000);
	expect(await count()).toEqual(before);
});

it('what was taken while the answer was lost comes again only if n8n forgot it, and is marked', async () => {
	const before = (await n8n.api.executions(webhook.id)).length;
	losesAnswers = true;
	expect(await text('Answer lost')).not.toMatchObject({ status: 200 });
	losesAnswers = false;
	await n8n.api.waitForExecutions(webhook.id, before + 1);
	await sleep(GIVEN_UP_MS);
	await n8n.restart();
	const executions = await n8n.api.waitForExecutions(webhook.id, before + 2, 2 * POLL_MS);
	const items = executions.slice(before).map((execution) => outputsOf(execution)[1][0].json);
	expect(items.map(({ Body, caughtUp }) => [Body, caughtUp])).toEqual([
		['Answer lost', undefined],
		['Answer lost', true],
	]);
});

it('the number points to the new address by itself, and texts arrive there', async () => {
	expect(twilio.account.resources.number(OUR_NUMBER)!.sms_url).toContain(NEW_URL);
	expect(await text('At the new address')).toMatchObject({ status: 200 });
});

it('a Twilio that is down when n8n starts takes nothing out of service, and nothing comes twice', async () => {
	const [taken, polled] = await Promise.all(
		[webhook, polling].map(async ({ id }) => (await n8n.api.executions(id)).length),
	);
	await n8n.stop();
	// Too late for Twilio to have given up on it when n8n is back, and listed even later.
	Object.assign(twilio.account.conditions, { alertDelay: 45_000, keepsInboundErrors: false });
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
});

it('the number gets back what it had, when the workflow is unpublished', async () => {
	await n8n.api.deactivate(webhook.id);
	expect(twilio.account.resources.number(OUR_NUMBER)!.sms_url).toBe(
		'https://demo.twilio.com/welcome/sms/reply',
	);
});

/** As if the workflow had been published days ago, and looked for texts then. n8n must be down. */
async function publishedLongAgo({ id }: StoredWorkflow): Promise<void> {
	const days = new Date(Date.now() - 3 * TOO_LONG_AGO).toISOString();
	const { nodePath } = await installN8n();
	const script = `
		const [file, id, days] = process.argv.slice(1);
		const database = new (require('node:sqlite').DatabaseSync)(file);
		const { staticData } = database.prepare('SELECT staticData FROM workflow_entity WHERE id = ?').get(id);
		const data = JSON.parse(staticData);
		Object.assign(data['node:Twilio SMS Trigger'].cursor, { publishedAt: days, lookedAt: days });
		database.prepare('UPDATE workflow_entity SET staticData = ? WHERE id = ?').run(JSON.stringify(data), id);
	`;
	const database = join(folder, 'n8n/.n8n/database.sqlite');
	await run(nodePath, ['-e', script, database, id, days], { cwd: folder });
}
