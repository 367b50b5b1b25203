import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort';
import { installN8n } from './installN8n';
import type { N8nApi } from './n8nApi';
import { createN8nApi } from './n8nApi';
import type { N8nProcess } from './n8nProcess';
import { localUrl, startN8n } from './n8nProcess';
import type { Owner } from './n8nSession';
import { createSession } from './n8nSession';
import { unpackIntoUserFolder } from './packPackage';

export interface InstanceOptions {
	/** A packed community package, made available as n8n's own installer would. */
	tarball?: string;
	/** Kept when given; otherwise a new one in the temp folder, removed by `dispose`. */
	userFolder?: string;
	port?: number;
	/** The address the outside world reaches this n8n at, if not its own. */
	publicUrl?: string;
	/** Needed for a user folder that already has an owner. */
	owner?: Owner;
	/** Wins over what the instance sets by itself. */
	env?: NodeJS.ProcessEnv;
	signal?: AbortSignal;
}

export interface Instance {
	url: string;
	userFolder: string;
	owner: Owner;
	api: N8nApi;
	/** What n8n has written so far, over all its starts. */
	log: () => string;
	/** A shutdown as an operator does it. */
	stop: () => Promise<void>;
	/** A power cut. */
	kill: () => Promise<void>;
	/** Starts again in the same place, after a stop if n8n runs. */
	restart: () => Promise<void>;
	/** Stops for good. */
	dispose: () => Promise<void>;
}

function newOwner(): Owner {
	// n8n insists on a capital letter and a digit.
	const password = `N8n-${randomBytes(9).toString('base64url')}`;
	return { email: 'owner@example.com', password };
}

export async function startInstance(options: InstanceOptions = {}): Promise<Instance> {
	const { tarball, publicUrl, env, signal, owner = newOwner() } = options;
	const install = await installN8n({ signal });
	const port = await freePort(options.port);
	const brokerPort = await freePort();
	const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'n8n-instance-')));
	const url = localUrl(port);
	const session = createSession(url);
	let output = '';

	const start = () =>
		startN8n({
			install,
			userFolder,
			port,
			brokerPort,
			publicUrl,
			env,
			signal,
			onOutput: (text) => {
				output += text;
			},
		});

	const removeOwnFolder = async () => {
		if (options.userFolder) return;
		await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
	};

	async function startAndSignIn(): Promise<N8nProcess> {
		const started = await start();
		try {
			await session.signIn(owner);
		} catch (error) {
			await started.kill();
			throw error;
		}
		return started;
	}

	let n8n: N8nProcess;
	try {
		await mkdir(userFolder, { recursive: true });
		if (tarball) await unpackIntoUserFolder(tarball, userFolder);
		n8n = await startAndSignIn();
	} catch (error) {
		await removeOwnFolder();
		throw error;
	}

	return {
		url,
		userFolder,
		owner,
		api: createN8nApi(session),
		log: () => output,
		stop: () => n8n.stop(),
		kill: () => n8n.kill(),
		restart: async () => {
			await n8n.stop();
			n8n = await start();
		},
		dispose: async () => {
			await n8n.stop();
			await removeOwnFolder();
		},
	};
}
