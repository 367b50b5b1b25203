import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { median } from '../bench/figures';
import type { Instance } from '../support/n8n/instance';
import { startInstance } from '../support/n8n/instance';
import { packPackage } from '../support/n8n/packPackage';
import { followedBy, plainWorkflow, triggerWorkflow } from '../support/n8n/triggerWorkflow';
import type { StoredWorkflow } from '../support/n8n/workflowsApi';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, startTwilioAccount } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';

const isShort = Boolean(process.env.E2E_SHORT);
const MINUTES = isShort ? 1 : 20;
const DURATION_MS = MINUTES * 60_000;
const TEXT_EVERY_MS = 500;
const SWITCH_EVERY_MS = 20_000;
const SAMPLE_EVERY_MS = 1_000;
/** How much more the heap may grow than with n8n's nodes; a short run ends before n8n has warmed up. */
const TOLERANCE = isShort ? 1.3 : 1.1;
/** Connections that are kept for the next request come and go, on a busy machine many of them. */
const HANDLES = isShort ? 20 : 5;

/** Of a workflow that is switched on and off all the time. */
const SWITCHED_NUMBER = '+14155550142';

let twilio: TwilioAccount;
/** With this package. */
let own: Run;
/** With n8n's Webhook and HTTP Request nodes in its place, in an n8n of its own. */
let plain: Run;

interface Run {
	n8n: Instance;
	/** A text comes in, or what stands for one; a reply goes out. */
	text: (from: string) => Promise<void>;
	/** Is published, gets one text and is unpublished. */
	switchOnce: (from: string) => Promise<void>;
	samples: Sample[];
	texts: number;
	switches: number;
}

/** What n8n says of itself. */
interface Sample {
	atMs: number;
	/** In bytes, as are those in use of the heap. */
	memory: number;
	heap: number;
	handles: number;
	files: number;
}

beforeAll(async () => {
	twilio = await startTwilioAccount();
	twilio.account.resources.addNumber({ phoneNumber: SWITCHED_NUMBER });
	own = await startOwn();
	plain = await startPlain();
}, 900_000);

afterAll(async () => {
	await own?.n8n.dispose();
	await plain?.n8n.dispose();
	await twilio?.simulator.close();
});

const measured = { env: { N8N_METRICS: 'true' }, collectsGarbage: true };
const counted = { samples: [], texts: 0, switches: 0 };

async function publish({ api }: Instance, { id }: StoredWorkflow): Promise<void> {
	expect(await api.activate(id)).toMatchObject({ status: 'published' });
}

async function startOwn(): Promise<Run> {
	const n8n = await startInstance({ tarball: await packPackage(), ...measured });
	const credential = await n8n.api.createCredential('twilioSmsApi', twilio.credential);
	const workflow = (parameters: INodeParameters) =>
		n8n.api.createWorkflow(
			followedBy(triggerWorkflow(credential, parameters), {
				name: 'Reply',
				type: 'n8n-nodes-twilio-sms.twilioSms',
				parameters: { operation: 'reply', message: '=Thank you for: {{ $json.body }}' },
				credentials: { twilioSmsApi: credential },
			}),
		);
	await publish(n8n, await workflow({}));
	const phoneNumber = { __rl: true, mode: 'number', value: SWITCHED_NUMBER };
	const switched = await workflow({ listenOn: 'number', phoneNumber });
	const receive = async (from: string, to: string) => {
		const delivery = await twilio.account.receive({ from, to, body: `Text of ${from}` });
		expect(delivery).toMatchObject({ status: 200 });
	};
	return {
		...{ n8n, ...counted, samples: [] },
		text: async (from) => await receive(from, OUR_NUMBER),
		switchOnce: async (from) => {
			const before = twilio.account.resources.number(SWITCHED_NUMBER)!.sms_url;
			await publish(n8n, switched);
			await receive(from, SWITCHED_NUMBER);
			await n8n.api.deactivate(switched.id);
			expect(twilio.account.resources.number(SWITCHED_NUMBER)!.sms_url).toBe(before);
		},
	};
}

async function startPlain(): Promise<Run> {
	const n8n = await startInstance(measured);
	const { accountSid: user, authToken: password, baseUrl } = twilio.credential;
	const credential = await n8n.api.createCredential('httpBasicAuth', { user, password });
	const parameters = (from: string): INodeParameters => ({
		method: 'POST',
		url: `${String(baseUrl)}/2010-04-01/Accounts/${String(user)}/Messages.json`,
		authentication: 'genericCredentialType',
		genericAuthType: 'httpBasicAuth',
		sendBody: true,
		contentType: 'form-urlencoded',
		bodyParameters: {
			parameters: [
				{ name: 'From', value: from },
				{ name: 'To', value: '={{ $json.body.From }}' },
				{ name: 'Body', value: '=Thank you for: {{ $json.body.Body }}' },
			],
		},
	});
	const workflow = async (from: string) => {
		const path = crypto.randomUUID();
		const json = followedBy(plainWorkflow(path), {
			name: 'Reply',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: parameters(from),
			credentials: { httpBasicAuth: credential },
		});
		return { path, stored: await n8n.api.createWorkflow(json) };
	};
	const receive = async (path: string, From: string) => {
		const body = new URLSearchParams({ From, Body: `Text of ${From}`, MessageSid: 'SM1' });
		const answer = await fetch(`${n8n.url}/webhook/${path}`, { method: 'POST', body });
		expect(answer.status).toBe(200);
	};
	const always = await workflow(OUR_NUMBER);
	await publish(n8n, always.stored);
	const switched = await workflow(SWITCHED_NUMBER);
	return {
		...{ n8n, ...counted, samples: [] },
		text: async (from) => await receive(always.path, from),
		switchOnce: async (from) => {
			await publish(n8n, switched.stored);
			await receive(switched.path, from);
			await n8n.api.deactivate(switched.stored.id);
		},
	};
}

async function sample({ url }: Instance, since: number): Promise<Sample> {
	const atMs = Date.now() - since;
	const text = await (await fetch(`${url}/metrics`)).text();
	const metric = (name: string) => {
		const [, figure] = new RegExp(`^n8n_${name} (\\S+)$`, 'm').exec(text) ?? [];
		return Number(figure);
	};
	return {
		atMs,
		memory: metric('process_resident_memory_bytes'),
		heap: metric('nodejs_heap_size_used_bytes'),
		handles: metric('nodejs_active_handles_total'),
		files: metric('process_open_fds'),
	};
}

/** Does it at this pace until the time is over or it fails, and waits for what it began. */
async function atPace(everyMs: number, work: (index: number) => Promise<void>): Promise<void> {
	const end = Date.now() + DURATION_MS;
	const begun: Array<Promise<void>> = [];
	const failures: unknown[] = [];
	for (let index = 0; Date.now() < end && failures.length === 0; index++) {
		begun.push(work(index).catch((error: unknown) => void failures.push(error)));
		await sleep(everyMs);
	}
	await Promise.all(begun);
	if (failures.length > 0) throw failures[0];
}

/** Each text is of somebody else, so that its reply can be told from the others. */
const person = (run: Run, kind: number, index: number) =>
	`+1415${run === own ? 6 : 7}${kind}${String(index).padStart(5, '0')}`;

async function keepBusy(run: Run): Promise<void> {
	const since = Date.now();
	let switched = Promise.resolve();
	await Promise.all([
		atPace(TEXT_EVERY_MS, async (index) => {
			await run.text(person(run, 0, index));
			run.texts++;
		}),
		atPace(SWITCH_EVERY_MS, async (index) => {
			// One after the other, however long one takes.
			switched = switched.then(async () => {
				await run.switchOnce(person(run, 1, index));
				run.switches++;
			});
			await switched;
		}),
		atPace(SAMPLE_EVERY_MS, async () => void run.samples.push(await sample(run.n8n, since))),
	]);
}

/** What a figure was once n8n was warm, and in the end: of the heap what a garbage collection leaves. */
function between(run: Run, figure: 'memory' | 'heap' | 'handles' | 'files'): [number, number] {
	const within = (from: number, to: number) => {
		const share = ({ atMs }: Sample) => atMs / DURATION_MS;
		const values = run.samples
			.filter((one) => share(one) >= from && share(one) <= to)
			.map((one) => one[figure]);
		return figure === 'heap' ? Math.min(...values) : median(values);
	};
	return [within(0.25, 0.45), within(0.8, 1)];
}

const megabytes = (values: number[]) => values.map((value) => `${Math.round(value / 1e6)} MB`);

function report(name: string, run: Run): string {
	const memory = megabytes(between(run, 'memory')).join(' -> ');
	const heap = megabytes(between(run, 'heap')).join(' -> ');
	const [handles, files] = [between(run, 'handles'), between(run, 'files')].map((two) =>
		two.join(' -> '),
	);
	return (
		`${name}: ${run.texts} texts, ${run.switches} times on and off; memory ${memory}, ` +
		`heap ${heap}, handles ${handles}, open files ${files}`
	);
}

/** How many people got how many replies. */
function repliesOf(run: Run): Record<number, number> {
	const prefix = person(run, 0, 0).slice(0, 6);
	const replies = new Map<string, number>();
	for (const { to } of twilio.account.messages) {
		if (to.startsWith(prefix)) replies.set(to, (replies.get(to) ?? 0) + 1);
	}
	const counts: Record<number, number> = {};
	for (const count of replies.values()) counts[count] = (counts[count] ?? 0) + 1;
	return counts;
}

it(
	'keeps memory and handles as flat as nodes of n8n do, and answers each text once',
	async () => {
		await Promise.all([keepBusy(own), keepBusy(plain)]);
		process.stdout.write(`${report('Twilio SMS', own)}\n${report("n8n's nodes", plain)}\n`);

		for (const run of [own, plain]) {
			const all = { 1: run.texts + run.switches };
			await waitFor('the last replies', 60_000, async () =>
				repliesOf(run)[1] >= all[1] ? true : undefined,
			);
			expect(repliesOf(run)).toEqual(all);
		}
		const growth = (run: Run) => {
			const [first, last] = between(run, 'heap');
			return last / first;
		};
		expect(growth(own)).toBeLessThanOrEqual(Math.max(growth(plain), 1) * TOLERANCE);
		for (const figure of ['handles', 'files'] as const) {
			const [first, last] = between(own, figure);
			const [plainFirst, plainLast] = between(plain, figure);
			const allowed = Math.max(plainLast - plainFirst, 0) + HANDLES;
			expect(last - first).toBeLessThanOrEqual(allowed);
		}
	},
	DURATION_MS + 300_000,
);
