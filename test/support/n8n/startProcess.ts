import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface StartOptions {
	cwd: string;
	env: NodeJS.ProcessEnv;
	onOutput: (text: string) => void;
}

/** A command with all its descendants. They never outlive this process, however it ends. */
export interface SupervisedProcess {
	/** Resolves to the exit code once no process of the group is left. */
	exited: Promise<number>;
	/** Asks the command, not its children, to end. */
	terminate: () => void;
	/** Ends the command and all its children at once. */
	kill: () => void;
}

const SUPERVISOR = join(__dirname, 'supervisor.mjs');

const onWindows = process.platform === 'win32';

function killGroup(leader: number): void {
	if (onWindows) {
		spawnSync('taskkill', ['/pid', String(leader), '/t', '/f']);
		return;
	}
	try {
		process.kill(-leader, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

export function startProcess(
	command: string,
	args: string[],
	{ cwd, env, onOutput }: StartOptions,
): SupervisedProcess {
	const supervisor = spawn(process.execPath, [SUPERVISOR, command, ...args], {
		cwd,
		env,
		// Its own group, so that one signal reaches grandchildren such as n8n's task runner.
		detached: !onWindows,
		windowsHide: true,
	});
	supervisor.stdout.setEncoding('utf8').on('data', onOutput);
	supervisor.stderr.setEncoding('utf8').on('data', onOutput);
	const leader = supervisor.pid;
	if (leader === undefined) throw new Error(`Could not start ${command}.`);

	let running = true;
	supervisor.once('exit', () => {
		running = false;
		killGroup(leader);
	});
	return {
		exited: once(supervisor, 'close').then(([code]) => (typeof code === 'number' ? code : 1)),
		terminate: () => {
			// Windows has no SIGTERM: Node would end the supervisor alone and orphan the rest.
			if (onWindows) killGroup(leader);
			else supervisor.kill('SIGTERM');
		},
		kill: () => {
			// A later process may have been given the same id.
			if (running) killGroup(leader);
		},
	};
}
