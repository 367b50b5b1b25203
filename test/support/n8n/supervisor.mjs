/**
 * Runs a command and its descendants for as long as the starter lives: `node supervisor.mjs
 * <command> <args...>`, started as the leader of a process group, with a pipe as standard input.
 * The operating system closes that pipe however the starter dies, even by SIGKILL.
 */
import { spawn, spawnSync } from 'node:child_process';
import process from 'node:process';

const onWindows = process.platform === 'win32';
const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, {
	stdio: ['ignore', 'inherit', 'inherit'],
	// Windows starts a command file such as npm.cmd only through a shell.
	shell: command.endsWith('.cmd'),
});

function killEverything() {
	if (onWindows) spawnSync('taskkill', ['/pid', String(process.pid), '/t', '/f']);
	else process.kill(-process.pid, 'SIGKILL');
}

process.stdin.on('end', killEverything).on('error', killEverything).resume();
// Only the command is asked to stop: it must be able to take leave of its own children.
process.on('SIGTERM', () => child.kill('SIGTERM'));

child.on('error', (error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(127);
});
child.on('exit', (code) => process.exit(code ?? 1));
