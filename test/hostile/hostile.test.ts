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
const COUNT = Number(process.env.HOSTILE_COUNT ?? (isShort ? 2_000 : 50_000));
const WARM_UP = Math.min(COUNT / 4, 2_500);
const AT_ONCE = 20;
/** Whatever happens, it is over then. */
const TIME_LIMIT_MS = isShort ? 15 * 60_000 : 120 * 60_000;
const SETTLE_MS = 180_000;
const BATCH = 250;

const seed = Number(process.env.HOSTILE_SEED ?? Date.now() % 1_000_000_000);

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
/** The path of Webhook nodes of n8n's own, which check nothing, for comparison. */
const plain: Record<Target, string> = { trigger: '', page: '' };

beforeAll(async () => {
	twilio = await startTwilioAccount();
	n8n = await startInstance({
		tarball: await packPackage(),
		env: { N8N_METRICS: 'true' },
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

/** So many attacks; those of the same seed are the same. */
function* attacks(count: number, firstSeed: number): Generator<Aimed> {
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
	for (let made = 0; made < count; made += BATCH) {
		const numRuns = Math.min(BATCH, count - made);
		for (const attack of fc.sample(any, { seed: firstSeed + made, numRuns })) {
			yield attack.cutAfter === undefined ? attack : { ...attack, cutAfter: cuts[attack.target]++ };
		}
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

/** Who else than this package's nodes gets the same from n8n. */
async function withoutOurs(attack: Aimed, outcome: Outcome): Promise<string | undefined> {
	const { target } = attack;
	// Several at once, as n8n may have been at some others of them, and at the right address, too.
	const same = [attack, { ...attack, readdress: (path: string) => path }];
	const beside = Array.from({ length: 8 }, (_, index) =>
		send(same[index % 2], { path: plain[target] }),
	);
	if ((await Promise.all(beside)).includes(outcome)) return 'a Webhook node';
	if (target === 'trigger') return undefined;
	const path = await startPlainWait(n8n.api);
	return (await send(attack, { path })) === outcome ? 'a Wait node' : undefined;
}

interface Report {
	sent: number;
	byOutcome: Map<string, number>;
	byKind: Map<string, number>;
	/** What went wrong in n8n itself, as it does without this package's nodes. */
	asPlain: Map<string, number>;
	wrong: string[];
}

const newReport = (): Report => ({
	sent: 0,
	byOutcome: new Map(),
	byKind: new Map(),
	asPlain: new Map(),
	wrong: [],
});

const count = (counts: Map<string, number>, key: string) =>
	counts.set(key, (counts.get(key) ?? 0) + 1);

async function take(attack: Aimed, report: Report): Promise<void> {
	const outcome = await send(attack);
	const { target, kind } = attack;
	report.sent += 1;
	count(report.byOutcome, `${target}: ${outcome}`);
	count(report.byKind, `${target}: ${kind}`);
	if (!isFailure(outcome)) return;
	const what = `${target}, ${kind}: ${outcome}`;
	// n8n may just have had much to do.
	const isLate = async () =>
		typeof outcome === 'string' && !isFailure(await send(attack, { timeoutMs: 60_000 }));
	const isSlow = !mayHang(attack) && (await isLate());
	const other = isSlow ? undefined : await withoutOurs(attack, outcome);
	if (other) count(report.asPlain, `${what}, as from ${other} of n8n's own`);
	else if (isSlow || (await isLate())) count(report.asPlain, `${target}: answered only later`);
	else report.wrong.push(`${what}: ${bytesOf(attack).toString('latin1').slice(0, 1_500)}`);
}

/** Sends them all, so many at a time. */
async function attackWith(all: Iterable<Aimed>, report: Report, deadline: number): Promise<void> {
	const next = all[Symbol.iterator]();
	const worker = async () => {
		while (Date.now() < deadline) {
			const { value, done } = next.next();
			if (done) return;
			await take(value, report);
			if (report.sent % 2_500 === 0) {
				print(`${report.sent} sent, resident memory ${megabytes(await residentMemory())}`);
			}
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** All that pass the test; the others are kept for later. */
function* sieve(all: Iterable<Aimed>, isLater: (attack: Aimed) => boolean, later: Aimed[]) {
	for (const attack of all) {
		if (isLater(attack)) later.push(attack);
		else yield attack;
	}
}

const print = (text: string) => process.stdout.write(`${text}\n`);
const table = (counts: Map<string, number>) =>
	[...counts]
		.sort(([a], [b]) => a.localeCompare(b))
		.map(([key, times]) => `  ${String(times).padStart(6)}  ${key}`)
		.join('\n');

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

it(
	'starts nothing, answers nothing, fails nowhere and keeps no memory, whatever strangers send',
	async () => {
		print(`HOSTILE_SEED=${seed} sends the same ${COUNT} requests again.`);
		const began = Date.now();
		const deadline = began + TIME_LIMIT_MS;
		const startedAt = await metric('process_start_time_seconds');
		const report = newReport();

		const large = (isShort ? tooLarge.slice(0, 3) : tooLarge).flatMap((attack): Aimed[] => [
			{ ...attack, target: 'trigger' },
			{ ...attack, target: 'page' },
		]);
		const hanging: Aimed[] = [];
		const unlessHanging = (all: Iterable<Aimed>) => sieve(all, mayHang, hanging);

		await attackWith(unlessHanging(large), report, deadline);
		await attackWith(unlessHanging(attacks(WARM_UP, seed)), report, deadline);
		await sleep(10_000);
		const before = await residentMemory();
		await attackWith(unlessHanging(attacks(COUNT - WARM_UP, seed + WARM_UP)), report, deadline);
		const after = await waitFor('n8n to give memory back', SETTLE_MS, async () => {
			const now = await residentMemory();
			return now <= 1.5 * before ? now : undefined;
		}).catch(residentMemory);
		// What n8n is never done with it keeps, whatever node it is for, and so these come last.
		const counted = report.sent;
		await attackWith(hanging, report, deadline);
		print(
			[
				`${report.sent} requests in ${Math.round((Date.now() - began) / 60_000)} minutes`,
				`resident memory: ${megabytes(before)} after warm-up, ${megabytes(after)} after ${counted}`,
				`${megabytes(await residentMemory())} after ${hanging.length} more that may leave n8n hanging`,
				`By what came back:\n${table(report.byOutcome)}`,
				`By what was wrong:\n${table(report.byKind)}`,
				`Failures of n8n's own:\n${table(report.asPlain)}`,
			].join('\n'),
		);
		expect(report.wrong).toEqual([]);
		expect(report.sent).toBe(COUNT + large.length);
		expect(await metric('process_start_time_seconds')).toBe(startedAt);
		expect(after).toBeLessThanOrEqual(1.5 * before);
		expect(await n8n.api.executions(listening.id)).toEqual([]);
		expect((await n8n.api.execution(asking)).status).toBe('waiting');
		expect(n8n.log()).not.toContain(secret.authToken);
	},
	TIME_LIMIT_MS + 10 * 60_000,
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
