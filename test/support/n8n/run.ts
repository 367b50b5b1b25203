import { npmEnvironment, systemEnvironment } from './environment';
import { startProcess } from './startProcess';

export interface RunOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** Called now and then while it works, so that a person sees that something still happens. */
	onProgress?: (elapsed: string) => void;
	signal?: AbortSignal;
}

const PROGRESS_INTERVAL_MS = 20_000;
const LINES_OF_A_FAILURE = 25;

export class CommandError extends Error {
	constructor(
		command: string,
		readonly output: string,
	) {
		const lastLines = output.trim().split('\n').slice(-LINES_OF_A_FAILURE).join('\n');
		super(`${command} failed. Its last lines:\n${lastLines}`);
		this.name = 'CommandError';
	}
}

function elapsedSince(start: number): string {
	const seconds = Math.round((Date.now() - start) / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Runs a command to its end, without a terminal. */
export async function run(
	command: string,
	args: string[],
	{ cwd, env = systemEnvironment(), onProgress, signal }: RunOptions,
): Promise<void> {
	signal?.throwIfAborted();
	const started = Date.now();
	const output: string[] = [];
	const child = startProcess(command, args, { cwd, env, onOutput: (text) => output.push(text) });
	const progress = setInterval(() => onProgress?.(elapsedSince(started)), PROGRESS_INTERVAL_MS);
	signal?.addEventListener('abort', child.kill);
	try {
		const code = await child.exited;
		signal?.throwIfAborted();
		if (code !== 0) throw new CommandError([command, ...args].join(' '), output.join(''));
	} finally {
		clearInterval(progress);
		signal?.removeEventListener('abort', child.kill);
	}
}

/** Runs npm free of the settings of an npm script it may be called from. */
export async function runNpm(args: string[], options: RunOptions): Promise<void> {
	const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	await run(npm, args, { ...options, env: { ...npmEnvironment(), ...options.env } });
}
