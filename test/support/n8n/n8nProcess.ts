import { setTimeout as sleep } from 'node:timers/promises';
import { systemEnvironment } from './environment';
import type { N8nInstall } from './installN8n';
import { pathStartingWith } from './nodeForN8n';
import { startProcess } from './startProcess';

export interface N8nProcessOptions {
	install: N8nInstall;
	userFolder: string;
	port: number;
	brokerPort: number;
	publicUrl?: string;
	env?: NodeJS.ProcessEnv;
	onOutput: (text: string) => void;
	signal?: AbortSignal;
}

export interface N8nProcess {
	stop: () => Promise<void>;
	kill: () => Promise<void>;
}

const HOST = '127.0.0.1';
const START_TIMEOUT_MS = 120_000;
/** Longer than n8n itself gives the executions it still runs. */
const STOP_TIMEOUT_MS = 20_000;
const REQUEST_TIMEOUT_MS = 10_000;
const POLL_MS = 250;
const LINES_OF_A_FAILURE = 40;

export const localUrl = (port: number) => `http://${HOST}:${port}`;

function n8nEnvironment(options: N8nProcessOptions): NodeJS.ProcessEnv {
	const { install, userFolder, port, brokerPort, publicUrl, env } = options;
	return {
		...systemEnvironment(),
		// n8n starts its task runner as "node".
		PATH: pathStartingWith(install.nodePath),
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: HOST,
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_EDITOR_BASE_URL: localUrl(port),
		WEBHOOK_URL: publicUrl ?? localUrl(port),
		// The newer name, which n8n applies to test URLs as well.
		N8N_WEBHOOK_URL: publicUrl ?? localUrl(port),
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		...env,
	};
}

async function isReady(url: string): Promise<boolean> {
	try {
		const [readiness, settings] = await Promise.all(
			['/healthz/readiness', '/rest/settings'].map(
				async (path) =>
					await fetch(url + path, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) }),
			),
		);
		// While it starts, n8n answers every path with a page.
		return readiness.ok && !!settings.headers.get('content-type')?.includes('json');
	} catch {
		return false;
	}
}

/** Starts n8n and waits until it takes requests. */
export async function startN8n(options: N8nProcessOptions): Promise<N8nProcess> {
	const { install, userFolder, port, onOutput, signal } = options;
	signal?.throwIfAborted();
	let output = '';
	const n8n = startProcess(install.nodePath, [install.binPath, 'start'], {
		// n8n reads a .env file of the folder it is started in.
		cwd: userFolder,
		env: n8nEnvironment(options),
		onOutput: (text) => {
			output += text;
			onOutput(text);
		},
	});
	let exitCode: number | undefined;
	void n8n.exited.then((code) => {
		exitCode = code;
	});

	async function kill(): Promise<void> {
		n8n.kill();
		await n8n.exited;
	}

	async function stop(): Promise<void> {
		n8n.terminate();
		const timer = setTimeout(n8n.kill, STOP_TIMEOUT_MS);
		await n8n.exited;
		clearTimeout(timer);
	}

	async function fail(reason: string): Promise<never> {
		await kill();
		const lastLines = output.trim().split('\n').slice(-LINES_OF_A_FAILURE).join('\n');
		throw new Error(`n8n ${reason}. Its last lines:\n${lastLines}`);
	}

	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isReady(localUrl(port)))) {
		if (signal?.aborted) await kill();
		signal?.throwIfAborted();
		if (exitCode !== undefined) await fail(`ended with code ${exitCode} while it started`);
		if (Date.now() > deadline) await fail(`was not ready after ${START_TIMEOUT_MS / 1000} s`);
		await sleep(POLL_MS);
	}
	return { stop, kill };
}
