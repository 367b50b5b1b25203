import { loadavg } from 'node:os';
import { installN8n } from '../support/n8n/installN8n';
import type { TwilioN8n } from '../support/n8n/twilioN8n';
import { startTwilioN8n } from '../support/n8n/twilioN8n';
import { loading } from './loading';
import { manyItems } from './manyItems';
import { ownTime } from './ownTime';
import { receiving } from './receiving';
import type { Result } from './report';
import { surroundings, toTable } from './report';
import { memory, sending, sendingMany } from './sending';

/** By the names that select them on the command line; without names all are taken. */
const MEASUREMENTS: Record<string, () => Promise<Result[]>> = {
	loading,
	ownTime,
	manyItems,
	sending: async () => await sending(await n8nForAll()),
	sendingMany: async () => await sendingMany(await n8nForAll()),
	memory: async () => await memory(await n8nForAll()),
	receiving: async () => await receiving(await n8nForAll()),
};

/** Whatever hangs, the load on this machine ends. */
const TIMEOUT_MS = 10 * 60_000;

let n8n: Promise<TwilioN8n> | undefined;

function n8nForAll(): Promise<TwilioN8n> {
	return (n8n ??= startTwilioN8n({ isUnchecked: true }));
}

async function stop(): Promise<void> {
	await (await n8n?.catch(() => undefined))?.close();
}

async function measure(names: string[]): Promise<Result[]> {
	const results: Result[] = [];
	for (const name of names) {
		if (!(name in MEASUREMENTS)) {
			throw new Error(`There is no "${name}" among ${Object.keys(MEASUREMENTS).join(', ')}.`);
		}
	}
	await installN8n();
	for (const name of names) {
		process.stderr.write(`${name} …\n`);
		results.push(...(await MEASUREMENTS[name]()));
	}
	return results;
}

async function main(): Promise<void> {
	const end = (reason: string) => {
		process.stderr.write(`${reason}\n`);
		void stop().finally(() => process.exit(1));
	};
	setTimeout(end, TIMEOUT_MS, 'The measurements take too long.').unref();
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);

	const names = process.argv.slice(2);
	const [loadBefore] = loadavg();
	try {
		const results = await measure(names.length > 0 ? names : Object.keys(MEASUREMENTS));
		process.stdout.write(`\n${toTable(results)}\n\n${surroundings(loadBefore)}\n`);
		if (!results.every(({ isKept }) => isKept)) process.exitCode = 1;
	} catch (error) {
		process.stderr.write(`${(error as Error).message}\n`);
		process.exitCode = 1;
	} finally {
		await stop();
	}
}

void main();
