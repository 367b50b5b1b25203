import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { IncomingPhoneNumber } from '../simulator/phoneNumber';
import { Halt } from '../simulator/halt';
import type { HaltMoment } from '../simulator/halt';
import type { Instance } from '../support/n8n/instance';
import { startInstance } from '../support/n8n/instance';
import type { Credential } from '../support/n8n/n8nApi';
import { packPackage } from '../support/n8n/packPackage';
import type { TwilioAccount } from '../support/twilioAccount';
import { startTwilioAccount } from '../support/twilioAccount';
import type { Operation, Site, Stage } from './operations';
import { OPERATIONS } from './operations';

/** With `E2E_SHORT=1` only some operations, and of each only the last request, of which n8n gets no answer. */
const isShort = Boolean(process.env.E2E_SHORT);
const IN_SHORT = ['publishing', 'unpublishing', 'sending three messages'];
const operations = Object.entries(OPERATIONS).filter(
	([name]) => !isShort || IN_SHORT.includes(name),
);

const QUIET_MS = 2_000;
const REACHED_MS = 60_000;
/** Time for n8n to take up again what it was at. */
const RECOVERY_MS = 6_000;

/** n8n 2 goes on with a publication that it was killed in, but by default only after two minutes. */
const SOON = {
	N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '10',
	N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000',
};

const TEST_MS = 45 * 60_000;

let twilio: TwilioAccount;
let n8n: Instance;
let credential: Credential;

beforeAll(async () => {
	twilio = await startTwilioAccount();
	n8n = await startInstance({ tarball: await packPackage(), env: SOON });
	credential = await n8n.api.createCredential('twilioSmsApi', twilio.credential);
}, 900_000);

afterAll(async () => {
	await n8n?.dispose();
	await twilio?.simulator.close();
});

const newSite = (): Site => ({
	api: n8n.api,
	account: twilio.account,
	credential,
	webhookBase: n8n.url,
	before: [],
});

/** Waits until n8n has asked nothing of Twilio for a while. */
async function quiet(): Promise<void> {
	const { requests } = twilio.account;
	let seen: number;
	do {
		seen = requests.length;
		await sleep(QUIET_MS);
	} while (requests.length > seen);
}

/** The requests that an operation makes of Twilio when nothing goes wrong, and what it leaves. */
async function record(operation: Operation): Promise<{ requests: string[]; wrong: string[] }> {
	const site = newSite();
	const stage = await operation(site);
	await quiet();
	const { requests } = twilio.account;
	const first = requests.length;
	await stage.run();
	await quiet();
	const made = requests.slice(first).map(({ method, path }) => `${method} ${path}`);
	for (const { id } of stage.listening) await n8n.api.stopListening(id).catch(() => undefined);
	return { requests: made, wrong: (await undo(site, stage)).wrong };
}

interface Cell {
	nth: number;
	moment: HaltMoment;
}

/** Kills n8n in the operation, starts it again, and says what is wrong then. */
async function crash(operation: Operation, { moment, nth }: Cell): Promise<Result> {
	const site = newSite();
	const stage = await operation(site);
	await quiet();
	const halt = new Halt(moment, nth);
	twilio.account.conditions.halt = halt;
	// n8n does not live to answer.
	const running = stage.run().catch(() => undefined);
	const reached = await Promise.race([halt.reached, sleep(REACHED_MS, undefined, { ref: false })]);
	await n8n.kill();
	delete twilio.account.conditions.halt;
	await running;
	await n8n.restart();
	await sleep(RECOVERY_MS);
	const wrong = reached === undefined ? ['n8n never made that request'] : [];
	const outcome = await afterwards(stage);
	const undone = await undo(site, stage);
	return { ...outcome, ...undone, wrong: [...wrong, ...undone.wrong] };
}

interface Result {
	wrong: string[];
	/** What n8n has made of the execution that it was killed in. */
	executions: string[];
	/** How many of the messages went out. */
	sent: number;
	/** Whether unpublishing alone did not put the number back. */
	isPublishedFirst: boolean;
}

async function afterwards({
	sending,
	recipients,
}: Stage): Promise<Pick<Result, 'executions' | 'sent'>> {
	const executions = sending ? await n8n.api.executions(sending.id) : [];
	const sent = twilio.account.messages.filter(({ to }) => recipients.includes(to)).length;
	return { executions: executions.map(({ status }) => status), sent };
}

/** Unpublishes everything, and says what is not as it should be then. */
async function undo(
	{ before }: Site,
	{ listening, sending, recipients }: Stage,
): Promise<Pick<Result, 'wrong' | 'isPublishedFirst'>> {
	const wrong: string[] = [];
	let isPublishedFirst = false;
	for (const { id } of listening) isPublishedFirst ||= await takeOff(id, before);
	if (sending) await n8n.api.deactivate(sending.id);
	for (const number of changed(before)) wrong.push(`the number is left as ${number}`);
	for (const recipient of recipients) {
		const { length } = twilio.account.messages.filter(({ to }) => to === recipient);
		if (length > 1) wrong.push(`${recipient} got ${length} messages`);
	}
	return { wrong, isPublishedFirst };
}

/**
 * Unpublishes a workflow. Where n8n was killed before it noted that the workflow is published, or in a
 * test listen, there is nothing to unpublish: it is published first.
 *
 * @returns whether it had to be
 */
async function takeOff(id: string, before: IncomingPhoneNumber[]): Promise<boolean> {
	const { activeVersionId, active } = await n8n.api.workflow(id);
	await n8n.api.deactivate(id);
	if (activeVersionId || active || changed(before).length === 0) return false;
	await n8n.api.activate(id);
	await n8n.api.deactivate(id);
	return true;
}

/** Those of the numbers that are not as they were, in every respect but when they were changed. */
function changed(before: IncomingPhoneNumber[]): string[] {
	return before.flatMap((number) => {
		const now = twilio.account.resources.number(number.phone_number)!;
		const { sms_url: url, sms_method: method, sms_application_sid: application } = now;
		const isSame = isDeepStrictEqual({ ...now, date_updated: '' }, { ...number, date_updated: '' });
		return isSame ? [] : [JSON.stringify({ url, method, application })];
	});
}

const print = (text: string) => process.stdout.write(`${text}\n`);

it.each(operations)(
	'%s: a power cut before or after any request leaves no number changed and sends nothing twice',
	async (name, operation) => {
		const { requests, wrong } = await record(operation);
		expect(wrong).toEqual([]);
		print(`${name}: ${requests.length} requests`);
		const all = requests.flatMap((request, index) =>
			(['before', 'after'] as const).map((moment) => ({ request, moment, nth: index + 1 })),
		);
		const faults: string[] = [];
		for (const { request, ...cell } of isShort ? all.slice(-1) : all) {
			const result = await crash(operation, cell);
			const { executions, sent, isPublishedFirst } = result;
			const messages = executions.length > 0 ? ` (${sent} sent, ${executions.join(', ')})` : '';
			const notes = isPublishedFirst ? ' (once published and unpublished)' : messages;
			const where = `${cell.moment} ${cell.nth}, ${request.replace(/\/2010.*?\/AC\w+/, '')}`;
			print(`  killed ${where}: ${result.wrong.join('; ') || 'right'}${notes}`);
			if (result.wrong.length > 0) faults.push(`${where}: ${result.wrong.join('; ')}`);
		}
		expect(faults).toEqual([]);
	},
	TEST_MS,
);
