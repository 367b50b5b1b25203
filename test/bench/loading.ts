import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { installN8n } from '../support/n8n/installN8n';
import { median, tenths, whole } from './figures';
import type { Result } from './report';

interface Cost {
	milliseconds: number;
	bytes: number;
}

type Contestant = 'own' | 'builtIn' | 'sdk';

type Costs = Record<Contestant, Cost[]>;

const PROCESSES = 9;
/** Fraction of what the SDK costs, in time and in heap. */
const LIMIT = 20;
const TIMEOUT_MS = 30_000;
const PROBE = join(__dirname, 'loadingProbe.mjs');
const BUILT = resolve(__dirname, '../../dist');

const OWN = [
	'credentials/TwilioSmsApi.credentials.js',
	'nodes/TwilioSms/TwilioSms.node.js',
	'nodes/TwilioSms/TwilioSmsTrigger.node.js',
];

const BUILT_IN = [
	'credentials/TwilioApi.credentials.js',
	'nodes/Twilio/Twilio.node.js',
	'nodes/Twilio/TwilioTrigger.node.js',
];

/**
 * n8n loads the nodes of a community package in each of its processes, used or not. The limits
 * are the SDK's, as it is the code that a package for Twilio would bring along otherwise. They
 * are not kept if what only running needs is loaded at the start.
 */
export async function loading(): Promise<Result[]> {
	const { nodePath, directory } = await installN8n();
	const base = join(directory, 'node_modules/n8n-nodes-base/dist');
	const contestants: Record<Contestant, string[]> = {
		own: ['n8n-workflow', ...OWN.map((file) => join(BUILT, file))],
		builtIn: ['n8n-workflow', ...BUILT_IN.map((file) => join(base, file))],
		sdk: ['', require.resolve('twilio')],
	};
	const costs: Costs = { own: [], builtIn: [], sdk: [] };
	for (let round = 0; round < PROCESSES; round++) {
		for (const [name, args] of Object.entries(contestants)) {
			costs[name as Contestant].push(await probe(nodePath, args));
		}
	}
	const time = (cost: Cost) => cost.milliseconds;
	const heap = (cost: Cost) => cost.bytes;
	return [
		compared('time', costs, time, (milliseconds) => `${tenths(milliseconds)} ms`),
		compared('heap', costs, heap, (bytes) => `${whole(bytes / 1000)} kB`),
	];
}

function compared(
	what: string,
	costs: Costs,
	valueOf: (cost: Cost) => number,
	written: (value: number) => string,
): Result {
	const own = median(costs.own.map(valueOf));
	const builtIn = median(costs.builtIn.map(valueOf));
	const sdk = median(costs.sdk.map(valueOf));
	return {
		what: `Loading both nodes and the credential: ${what}`,
		own: written(own),
		other: `${written(sdk)} Twilio's SDK (n8n's two Twilio nodes: ${written(builtIn)})`,
		ratio: `1/${tenths(sdk / own)}`,
		guard: `at most 1/${LIMIT}`,
		isKept: own <= sdk / LIMIT,
	};
}

async function probe(nodePath: string, args: string[]): Promise<Cost> {
	const command = ['--expose-gc', PROBE, ...args];
	const { stdout } = await promisify(execFile)(nodePath, command, { timeout: TIMEOUT_MS });
	return JSON.parse(stdout) as Cost;
}
