import './typeScriptFirst';
import type { ICredentialDataDecryptedObject, IRun } from 'n8n-workflow';
import { runWorkflow, toNodeRun, twilioSmsWorkflow } from '../support/engine/engine';
import { people } from './people';

/** Bytes that live on the heap beyond what was there before the run. */
export interface Growth {
	count: number;
	milliseconds: number;
	/** At the worst moment of the run. */
	peak: number;
	/** At the end of the run, everything that n8n keeps of it included. */
	after: number;
	/** What the items that came out are by themselves. */
	output: number;
	/** Once nobody needs the run any more. */
	left: number;
}

const SEND = {
	resource: 'message',
	operation: 'send',
	to: '={{ $json.to }}',
	message: '={{ $json.text }}',
};

const LOOK_EVERY_MS = 500;

function heapUsed(): number {
	global.gc!();
	return process.memoryUsage().heapUsed;
}

async function growth(count: number, credential: ICredentialDataDecryptedObject): Promise<Growth> {
	const workflow = twilioSmsWorkflow(SEND, { items: people(count) });
	const before = heapUsed();
	let peak = before;
	const look = setInterval(() => (peak = Math.max(peak, heapUsed())), LOOK_EVERY_MS);
	const start = performance.now();
	const kept: { run?: IRun; copy?: unknown } = { run: await runWorkflow(workflow, credential) };
	const milliseconds = performance.now() - start;
	clearInterval(look);
	const after = heapUsed();
	const { items, error } = toNodeRun(kept.run!);
	if (error || items.length !== count) throw error ?? new Error(`${items.length} items came out`);
	kept.copy = structuredClone(items);
	const output = heapUsed() - after;
	items.length = 0;
	delete kept.run;
	delete kept.copy;
	const left = heapUsed() - before;
	return {
		count,
		milliseconds,
		peak: Math.max(peak, after) - before,
		after: after - before,
		output,
		left,
	};
}

async function main(): Promise<void> {
	const { count, credential } = JSON.parse(process.argv[2]);
	// So that nothing is counted that n8n loads or compiles once.
	await growth(300, credential);
	process.stdout.write(JSON.stringify(await growth(count, credential)));
}

void main();
