import { setTimeout as sleep } from 'node:timers/promises';
import type { StartOptions } from './startProcess';
import { startProcess } from './startProcess';

export interface ReadyProcessOptions extends Omit<StartOptions, 'onOutput'> {
	/** For people: who could not be started. */
	name: string;
	/** Asked again and again, with all that the program has written so far. */
	isReady: (output: string) => boolean | Promise<boolean>;
	onOutput?: (text: string) => void;
	signal?: AbortSignal;
}

/** A server that takes requests. */
export interface ReadyProcess {
	/** A shutdown as an operator does it, enforced when it takes too long. */
	stop: () => Promise<void>;
	/** A power cut. */
	kill: () => Promise<void>;
}

const START_TIMEOUT_MS = 120_000;
/** Longer than n8n gives the executions it still runs. */
const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 100;
const LINES_OF_A_FAILURE = 40;

/** Starts a server and waits until it takes requests. */
export async function startReadyProcess(
	command: string,
	args: string[],
	{ name, isReady, onOutput, signal, ...options }: ReadyProcessOptions,
): Promise<ReadyProcess> {
	signal?.throwIfAborted();
	let output = '';
	const server = startProcess(command, args, {
		...options,
		onOutput: (text) => {
			output += text;
			onOutput?.(text);
		},
	});
	let exitCode: number | undefined;
	void server.exited.then((code) => {
		exitCode = code;
	});

	async function kill(): Promise<void> {
		server.kill();
		await server.exited;
	}

	async function stop(): Promise<void> {
		server.terminate();
		const timer = setTimeout(server.kill, STOP_TIMEOUT_MS);
		await server.exited;
		clearTimeout(timer);
	}

	async function fail(reason: string): Promise<never> {
		await kill();
		const lastLines = output.trim().split('\n').slice(-LINES_OF_A_FAILURE).join('\n');
		throw new Error(`${name} ${reason}. Its last lines:\n${lastLines}`);
	}

	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isReady(output))) {
		if (signal?.aborted) await kill();
		signal?.throwIfAborted();
		if (exitCode !== undefined) await fail(`ended with code ${exitCode} while it started`);
		if (Date.now() > deadline) await fail(`was not ready after ${START_TIMEOUT_MS / 1000} s`);
		await sleep(POLL_MS);
	}
	return { stop, kill };
}
