import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { askWorkflow } from '../support/n8n/askWorkflow';
import type { Instance } from '../support/n8n/instance';
import { startInstance } from '../support/n8n/instance';
import { packPackage } from '../support/n8n/packPackage';
import { triggerWorkflow } from '../support/n8n/triggerWorkflow';
import type { StoredWorkflow } from '../support/n8n/workflowsApi';
import { linkIn, pressButton } from '../support/answerPage';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';
import type { Attack } from './attack';
import { isUnfinished, mayHang, strangers, toBytes, tooLarge } from './attack';
import type { Secret } from './forgeries';
import { almostAnswers, forgeries, rightAnswer, signedText, textOf } from './forgeries';
import { publishPlainWebhook, startPlainWait } from './plainNodes';
import type { Outcome } from './wire';
import { sendBytes } from './wire';

const isShort = Boolean(process.env.E2E_SHORT);
const COUNT = Number(process.env.HOSTILE_COUNT ?? (isShort ? 600 : 50_000));
const WARM_UP = Math.min(COUNT / 4, 2_500);
const AT_ONCE = 20;
/** Whatever happens, it is over then. */
const TIME_LIMIT_MS = isShort ? 15 * 60_000 : 120 * 60_000;
/** Longer than n8n takes for any request when it has nothing else to do. */
const AT_REST_MS = 30_000;
const SETTLE_MS = 180_000;
const BATCH = 250;
/** Those that may leave n8n hanging cost seconds and memory each, with any node. */
const HANGING_AT_MOST = isShort ? 40 : 400;
/** Bytes by which n8n's memory differs from time to time. */
const KEPT_MARGIN = 256 * 1024 * 1024;

/** Always the same ones in short, where nobody is there to look into new ones. */
const seed = Number(process.env.HOSTILE_SEED ?? (isShort ? 1 : Date.now() % 1_000_000_000));

type Target = 'trigger' | 'page';

interface Aimed extends Attack {
	target: Target;
	/** Stops in the middle, after so many bytes. */
	cutAfter?: number;
}

let twilio: TwilioAccount;
let n8n: Instance;
let listening: StoredWorkflow;
let asking: string;
let link: string;
let secret: Secret;
let startedAt: number;
/** The path of Webhook nodes of n8n's own, which check nothing, for comparison. */
const plain: Record<Target, string> = { trigger: '', page: '' };

beforeAll(async () => {
	twilio = await startTwilioAccount();
	n8n = await startInstance({
		tarball: await packPackage(),
		env: { N8N_METRICS: 'true' },
		collectsGarbage: true,
	});
	const { api } = n8n;
	const credential = await api.createCredential('twilioSmsApi', twilio.credential);
	listening = await api.createWorkflow(triggerWorkflow(credential, {}));
	expect(await api.activate(listening.id)).toMatchObject({ status: 'published' });
	const { authToken } = twilio.account;
	secret = { authToken, url: number().sms_url.replace(/#.*/s, '') };

	const question = { to: PERSON, message: 'Refund 40 USD?' };
	const ask = await api.createWorkflow(askWorkflow(credential, question));
	asking = await api.runWorkflow(ask.id, 'Start');
	expect((await api.waitForExecution(asking)).status).toBe('waiting');
	link = linkIn(twilio.account.messages.at(-1)!.body);

	plain.trigger = await publishPlainWebhook(api, ['POST'], 2);
	plain.page = await publishPlainWebhook(api, ['GET', 'POST'], 1);
	startedAt = await metric('process_start_time_seconds');
}, 900_000);

afterAll(async () => {
	await n8n?.dispose();
	await twilio?.simulator.close();
});

const number = () => twilio.account.resources.number(OUR_NUMBER)!;

/** n8n's own figures, as operators watch them. */
async function metric(name: string): Promise<number> {
	const text = await (await fetch(`${n8n.url}/metrics`)).text();
	const [, figure] = new RegExp(`^n8n_${name} (\\S+)$`, 'm').exec(text) ?? [];
	return Number(figure);
}

const residentMemory = () => metric('process_resident_memory_bytes');

/** Where the target is, as a request line has it. */
function pathOf(target: Target): string {
	const { pathname, search } = new URL(target === 'trigger' ? secret.url : link);
	return pathname + search;
}

/** Attacks without end; those of the same seed are the same. */
function* attacks(firstSeed: number): Generator<Aimed> {
	const at = (target: Target, arbitrary: fc.Arbitrary<Attack>): fc.Arbitrary<Aimed> =>
		arbitrary.map((attack) => ({ ...attack, target }));
	const cut = (target: Target, attack: Attack): fc.Arbitrary<Aimed> =>
		fc.constant({ ...attack, target, cutAfter: 0 });
	const any = fc.oneof(
		{ weight: 30, arbitrary: at('trigger', strangers) },
		{ weight: 20, arbitrary: at('page', strangers) },
		{ weight: 15, arbitrary: at('trigger', forgeries(secret)) },
		{ weight: 5, arbitrary: at('page', almostAnswers) },
		{ weight: 18, arbitrary: cut('trigger', signedText(secret, textOf(0, 'Stopped'))) },
		{ weight: 12, arbitrary: cut('page', rightAnswer) },
	);
	const cuts: Record<Target, number> = { trigger: 0, page: 0 };
	for (let made = 0; ; made += BATCH) {
		for (const attack of fc.sample(any, { seed: firstSeed + made, numRuns: BATCH })) {
			yield attack.cutAfter === undefined ? attack : { ...attack, cutAfter: cuts[attack.target]++ };
		}
	}
}

/** So many of those that n8n answers; as far as there is room, the others are kept for later. */
function* answerable(all: Iterator<Aimed>, most: number, hanging: Aimed[]): Generator<Aimed> {
	for (let yielded = 0; yielded < most; ) {
		const { value: attack, done } = all.next();
		if (done) return;
		if (!mayHang(attack)) {
			yielded += 1;
			yield attack;
		} else if (hanging.length < HANGING_AT_MOST) hanging.push(attack);
	}
}

function bytesOf(attack: Aimed, path = pathOf(attack.target)): Buffer {
	const bytes = toBytes(attack, new URL(n8n.url).host, path);
	// Round and round, at every byte but behind the last one.
	return attack.cutAfter === undefined ? bytes : bytes.subarray(0, attack.cutAfter % bytes.length);
}

async function send(
	attack: Aimed,
	{ path, timeoutMs }: { path?: string; timeoutMs?: number } = {},
): Promise<Outcome> {
	const { cutAfter, hangUpAt } = attack;
	const hangsUp = cutAfter !== undefined || hangUpAt !== undefined;
	return await sendBytes({
		port: Number(new URL(n8n.url).port),
		bytes: bytesOf(attack, path),
		isUnfinished: hangsUp || isUnfinished(attack),
		hangUp: hangsUp ? ((cutAfter ?? 0) % 2 ? 'politely' : 'abruptly') : undefined,
		timeoutMs,
	});
}

const isFailure = (outcome: Outcome) =>
	typeof outcome === 'number' ? outcome >= 500 : outcome === 'no answer in time';

interface Failure {
	attack: Aimed;
	outcome: Outcome;
}

interface Report {
	sent: number;
	byOutcome: Map<string, number>;
	byKind: Map<string, number>;
	failures: Failure[];
}

const newReport = (): Report => ({
	sent: 0,
	byOutcome: new Map(),
	byKind: new Map(),
	failures: [],
});

const count = (counts: Map<string, number>, key: string) =>
	counts.set(key, (counts.get(key) ?? 0) + 1);

/** Sends them all, so many at a time. The first error ends it. */
async function attackWith(
	all: Iterable<Aimed>,
	report: Report,
	{ deadline, path }: { deadline: number; path?: (target: Target) => string },
): Promise<void> {
	const next = all[Symbol.iterator]();
	let isOver = false;
	const worker = async () => {
		while (!isOver && Date.now() < deadline) {
			const { value: attack, done } = next.next();
			if (done) return;
			const outcome = await send(attack, { path: path?.(attack.target) });
			report.sent += 1;
			count(report.byOutcome, `${attack.target}: ${outcome}`);
			count(report.byKind, `${attack.target}: ${attack.kind}`);
			if (isFailure(outcome)) report.failures.push({ attack, outcome });
			if (report.sent % 2_500 === 0) {
				print(`${report.sent} sent, resident memory ${megabytes(await residentMemory())}`);
			}
		}
	};
	const workers = Array.from({ length: AT_ONCE }, () =>
		worker().finally(() => {
			isOver = true;
		}),
	);
	await Promise.all(workers);
}

/** A path at which a Wait node of n8n's own waits; a request that it takes uses it up. */
let waitPath: string | undefined;

async function sendToPlainWait(attack: Aimed): Promise<Outcome> {
	waitPath ??= await startPlainWait(n8n.api);
	const outcome = await send(attack, { path: waitPath, timeoutMs: AT_REST_MS });
	if (!isFailure(outcome)) waitPath = undefined;
	return outcome;
}

/**
 * Sends a request that failed again, now that n8n has nothing else to do, and beside it to nodes of
 * n8n's own: what fails there alike, or failed only while n8n was busy, is not this package's.
 *
 * @returns whose the failure is, or undefined where it is this package's
 */
async function blame({ attack, outcome }: Failure): Promise<string | undefined> {
	const timeoutMs = AT_REST_MS;
	const atRest = await send(attack, { timeoutMs });
	if (!isFailure(atRest)) return 'not at rest';
	// At an address that is no webhook n8n reads no body, and so fails only at the right one. Where n8n
	// answers before it has read a large body, the answer may get lost with the connection.
	const right = { ...attack, readdress: (path: string) => path };
	for (const same of [attack, right, attack, right, attack, right]) {
		const beside = await send(same, { path: plain[attack.target], timeoutMs });
		if (beside === outcome || beside === atRest) return 'with a Webhook node, too';
	}
	const isAlike = attack.target === 'page' && (await sendToPlainWait(attack)) === atRest;
	return isAlike ? 'with a Wait node, too' : undefined;
}

/** The failures that are this package's, in words. */
async function ownFailures({ failures }: Report): Promise<string[]> {
	const others = new Map<string, number>();
	const own: string[] = [];
	for (const failure of failures) {
		const { attack, outcome } = failure;
		const what = `${attack.target}, ${attack.kind}: ${outcome}`;
		const whose = await blame(failure);
		if (whose) count(others, `${what} (${whose})`);
		else own.push(`${what}: ${bytesOf(attack).toString('latin1').slice(0, 1_500)}`);
	}
	print(`Failures of n8n's own:\n${table(others)}`);
	return own;
}

const print = (text: string) => process.stdout.write(`${text}\n`);
const table = (counts: Map<string, number>) =>
	[...counts]
		.sort(([a], [b]) => a.localeCompare(b))
		.map(([key, times]) => `  ${String(times).padStart(6)}  ${key}`)
		.join('\n');

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

/** Given back at last, or as it is when the time is over. */
const settledMemory = async (most: number) =>
	await waitFor('n8n to give memory back', SETTLE_MS, async () => {
		const now = await residentMemory();
		return now <= most ? now : undefined;
	}).catch(residentMemory);

const hanging: Aimed[] = [];

async function expectNothingStarted(): Promise<void> {
	expect(await metric('process_start_time_seconds')).toBe(startedAt);
	expect(await n8n.api.executions(listening.id)).toEqual([]);
	expect((await n8n.api.execution(asking)).status).toBe('waiting');
	expect(n8n.log()).not.toContain(secret.authToken);
}

it(
	'starts nothing, answers nothing, fails nowhere and keeps no memory, whatever strangers send',
	async () => {
		print(`HOSTILE_SEED=${seed} sends the same ${COUNT} requests again.`);
		const began = Date.now();
		const deadline = began + TIME_LIMIT_MS;
		const report = newReport();
		const large = (isShort ? tooLarge.slice(0, 3) : tooLarge).flatMap((attack): Aimed[] => [
			{ ...attack, target: 'trigger' },
			{ ...attack, target: 'page' },
		]);
		const endless = attacks(seed);

		await attackWith(answerable(large.values(), large.length, hanging), report, { deadline });
		const largeSent = report.sent;
		await attackWith(answerable(endless, WARM_UP, hanging), report, { deadline });
		await sleep(10_000);
		const before = await residentMemory();
		await attackWith(answerable(endless, COUNT - WARM_UP, hanging), report, { deadline });
		const after = await settledMemory(1.5 * before);
		print(
			[
				`${report.sent} requests in ${Math.round((Date.now() - began) / 60_000)} minutes`,
				`resident memory: ${megabytes(before)} after warm-up, ${megabytes(after)} at the end`,
				`By what came back:\n${table(report.byOutcome)}`,
				`By what was wrong:\n${table(report.byKind)}`,
			].join('\n'),
		);
		expect(await ownFailures(report)).toEqual([]);
		expect(report.sent).toBe(COUNT + largeSent);
		expect(after).toBeLessThanOrEqual(1.5 * before);
		await expectNothingStarted();
	},
	TIME_LIMIT_MS + 30 * 60_000,
);

it(
	'does no worse than a Webhook node with requests that n8n itself is never done with',
	async () => {
		const deadline = Date.now() + TIME_LIMIT_MS;
		const failures: Failure[][] = [];
		const kept: number[] = [];
		for (const path of [undefined, (target: Target) => plain[target]]) {
			const before = await residentMemory();
			const report = newReport();
			await attackWith(hanging, report, { deadline, path });
			expect(report.sent).toBe(hanging.length);
			await sleep(10_000);
			kept.push(Math.max(0, (await residentMemory()) - before));
			// Which of them get no answer is a matter of what n8n is at meanwhile, with any node.
			failures.push(report.failures.filter(({ outcome }) => typeof outcome === 'number'));
			print(`${path ? 'A Webhook node' : 'This package'}:\n${table(report.byOutcome)}`);
		}
		const [ours, others] = failures;
		print(`${hanging.length} requests made n8n keep ${kept.map(megabytes).join(', beside it ')}`);
		const alike = new Set(others.map(({ outcome }) => outcome));
		const unlike = ours.filter(({ outcome }) => !alike.has(outcome));
		expect(await ownFailures({ ...newReport(), failures: unlike })).toEqual([]);
		expect(kept[0]).toBeLessThanOrEqual(1.5 * kept[1] + KEPT_MARGIN);
		await expectNothingStarted();
	},
	TIME_LIMIT_MS,
);

it('takes a text of Twilio afterwards as if nothing had been', async () => {
	expect(
		await twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: 'Hello' }),
	).toMatchObject({
		status: 200,
		body: '<Response/>',
	});
	const executions = await n8n.api.waitForExecutions(listening.id, 1);
	expect(executions.map(({ outputs }) => outputs['Twilio SMS Trigger'][0][0].json.body)).toEqual([
		'Hello',
	]);
});

it('takes the answer on the page afterwards, too', async () => {
	expect((await pressButton(link, 'Approve')).status).toBe(200);
	const { outputs } = await n8n.api.waitForExecution(asking, 'success');
	expect(outputs.Ask[0]).toMatchObject([{ json: { data: { approved: true } } }]);
});
