import { systemEnvironment } from './environment';
import type { N8nInstall } from './installN8n';
import { pathStartingWith } from './nodeForN8n';
import type { ReadyProcess } from './readyProcess';
import { startReadyProcess } from './readyProcess';

/** n8n's own commands. `start` is all of n8n; the others take work off it in queue mode. */
export type N8nCommand = 'start' | 'worker' | 'webhook';

export interface N8nProcessOptions {
	install: N8nInstall;
	command?: N8nCommand;
	userFolder: string;
	/** Where it takes requests; a worker answers nothing there but questions about its health. */
	port: number;
	brokerPort: number;
	publicUrl?: string;
	env?: NodeJS.ProcessEnv;
	onOutput: (text: string) => void;
	signal?: AbortSignal;
}

const HOST = '127.0.0.1';
const REQUEST_TIMEOUT_MS = 10_000;

/** What `start` answers in JSON once it takes requests: until then every path is a page. */
const HEALTH: Record<N8nCommand, string[]> = {
	start: ['/healthz/readiness', '/rest/settings'],
	worker: ['/healthz/readiness'],
	webhook: ['/healthz/readiness'],
};

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
		N8N_WORKER_SERVER_ADDRESS: HOST,
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_EDITOR_BASE_URL: localUrl(port),
		WEBHOOK_URL: publicUrl ?? localUrl(port),
		// The newer name, which n8n applies to test URLs as well.
		N8N_WEBHOOK_URL: publicUrl ?? localUrl(port),
		// Without a pool, the default of n8n 1, it stores an execution's status some time before its data.
		DB_SQLITE_POOL_SIZE: '3',
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

async function answersJson(url: string): Promise<boolean> {
	try {
		const answer = await fetch(url, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
		return answer.ok && !!answer.headers.get('content-type')?.includes('json');
	} catch {
		return false;
	}
}

/** Starts n8n and waits until it takes requests. */
export async function startN8n(options: N8nProcessOptions): Promise<ReadyProcess> {
	const { install, command = 'start', userFolder, port, onOutput, signal } = options;
	return await startReadyProcess(install.nodePath, [install.binPath, command], {
		name: `n8n ${command}`,
		// n8n reads a .env file of the folder it is started in.
		cwd: userFolder,
		env: n8nEnvironment(options),
		onOutput,
		signal,
		isReady: async () => {
			const answers = HEALTH[command].map((path) => answersJson(localUrl(port) + path));
			return (await Promise.all(answers)).every((ready) => ready);
		},
	});
}
