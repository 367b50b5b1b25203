import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCleanUps } from '../cleanUps';
import { freePort } from './freePort';
import { installN8n } from './installN8n';
import type { N8nCommand } from './n8nProcess';
import { localUrl, startN8n } from './n8nProcess';
import { unpackIntoUserFolder } from './packPackage';
import type { Connection } from './privacy';
import { leaks, readTraffic } from './privacy';

export interface N8nServerOptions {
	/** `start` without a wish. */
	command?: N8nCommand;
	/** A packed community package, made available as n8n's own installer would. */
	tarball?: string;
	/** Kept when given; otherwise a new one in the temp folder, removed by `dispose`. */
	userFolder?: string;
	port?: number;
	/** The address the outside world reaches this n8n at, if not its own. */
	publicUrl?: string;
	/** Wins over what the server sets by itself. */
	env?: NodeJS.ProcessEnv;
	signal?: AbortSignal;
	/** Leaves out the check that no secret gets out, which costs some time. */
	isUnchecked?: boolean;
	/** For measurements of memory. */
	collectsGarbage?: boolean;
}

/** One n8n process at a time, in a place of its own. */
export interface N8nServer {
	url: string;
	userFolder: string;
	/** What n8n has written so far, over all its starts. */
	log: () => string;
	/** What n8n sent so far, by the connections that it opened. Nothing of an unchecked n8n. */
	traffic: () => Promise<Connection[]>;
	/** A shutdown as an operator does it. */
	stop: () => Promise<void>;
	/** A power cut. */
	kill: () => Promise<void>;
	/** Starts again in the same place, after a stop if n8n runs. */
	restart: () => Promise<void>;
	/** Stops for good. Fails if one of the accounts' secrets got out. */
	dispose: () => Promise<void>;
}

const preloading = (files: string[]): NodeJS.ProcessEnv => ({
	NODE_OPTIONS: files.map((file) => `--require "${join(__dirname, file)}"`).join(' '),
});

export async function startN8nServer(options: N8nServerOptions): Promise<N8nServer> {
	const { command, tarball, publicUrl, signal, isUnchecked, collectsGarbage } = options;
	const install = await installN8n({ signal });
	const port = await freePort(options.port);
	const brokerPort = await freePort();
	const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'n8n-instance-')));
	const trafficFile = join(userFolder, `traffic-${port}.jsonl`);
	const preloaded = [
		...(isUnchecked ? [] : ['recorder.cjs']),
		...(collectsGarbage ? ['garbageCollector.cjs'] : []),
	];
	const recording = { RECORDED_TRAFFIC_FILE: trafficFile };
	const env = { ...preloading(preloaded), ...recording, ...options.env };
	const cleanUps = createCleanUps();
	let output = '';

	const start = () =>
		startN8n({
			install,
			command,
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

	try {
		if (!options.userFolder) {
			cleanUps.add(() => rm(userFolder, { recursive: true, force: true, maxRetries: 5 }));
		}
		if (!isUnchecked) {
			cleanUps.add(async () => {
				const leaked = await leaks({ userFolder, trafficFile, log: output });
				if (leaked.length > 0) throw new Error(`Secrets got out: ${leaked.join('; ')}`);
			});
		}
		await mkdir(userFolder, { recursive: true });
		if (tarball) await unpackIntoUserFolder(tarball, userFolder);
		let n8n = await start();
		cleanUps.add(() => n8n.stop());
		return {
			url: localUrl(port),
			userFolder,
			log: () => output,
			traffic: async () => await readTraffic(trafficFile),
			stop: () => n8n.stop(),
			kill: () => n8n.kill(),
			restart: async () => {
				await n8n.stop();
				n8n = await start();
			},
			dispose: cleanUps.run,
		};
	} catch (error) {
		await cleanUps.run();
		throw error;
	}
}
