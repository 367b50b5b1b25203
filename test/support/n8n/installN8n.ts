import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cacheFolder } from './cacheFolder';
import { withLock } from './withLock';
import type { NodeForN8n } from './nodeForN8n';
import { chooseNodeForN8n } from './nodeForN8n';
import { explainInstallFailure } from './explainInstallFailure';
import type { N8nRelease } from './releases';
import { release as releaseOfThisRun } from './releases';
import { run, runNpm } from './run';

export interface N8nInstall {
	version: string;
	directory: string;
	/** The Node that runs this n8n. */
	nodePath: string;
	/** n8n's start file, an argument for that Node. */
	binPath: string;
}

export interface InstallOptions {
	release?: N8nRelease;
	log?: (line: string) => void;
	signal?: AbortSignal;
}

const NEEDED_BYTES = 4 * 1024 ** 3;

const MARKER = 'installed.json';

async function assertDiskSpace(folder: string): Promise<void> {
	const { bavail, bsize } = await statfs(folder);
	if (bavail * bsize >= NEEDED_BYTES) return;
	const gigabytes = (bytes: number) => (bytes / 1024 ** 3).toFixed(1);
	throw new Error(
		`n8n needs ${gigabytes(NEEDED_BYTES)} GB of free disk space in ${folder}, which has ` +
			`${gigabytes(bavail * bsize)} GB. Free some, or set N8N_CACHE_DIR to a folder elsewhere.`,
	);
}

async function installInto(
	directory: string,
	{ version, overrides, nativeModules }: N8nRelease,
	node: NodeForN8n,
	{ log, signal }: Required<Pick<InstallOptions, 'log'>> & InstallOptions,
): Promise<void> {
	const dependencies = { n8n: version, ...node.dependencies };
	await mkdir(directory);
	await writeFile(
		join(directory, 'package.json'),
		JSON.stringify({ private: true, dependencies, overrides }),
	);
	// The Node that runs npm here may be older than the one n8n asks for.
	await writeFile(join(directory, '.npmrc'), 'ignore-scripts=true\nengine-strict=false\n');

	const options = (step: string, env?: NodeJS.ProcessEnv) => ({
		cwd: directory,
		env,
		signal,
		onProgress: (elapsed: string) => log(`  ${step} … ${elapsed}`),
	});
	await runNpm(
		['install', '--no-audit', '--no-fund', '--no-progress'],
		options('downloading, step 1 of 2'),
	);
	await runNpm(
		['rebuild', '--ignore-scripts=false', ...nativeModules],
		options('preparing native modules, step 2 of 2', node.npmEnvironment(directory)),
	);
	const loadAll = nativeModules.map((name) => `require('${name}')`).join(';');
	await run(node.nodePath(directory), ['-e', loadAll], options('checking'));
	await writeFile(join(directory, MARKER), JSON.stringify({ version }));
}

/** Also removes what installations left behind that were interrupted. */
async function removePartialInstalls(directory: string): Promise<void> {
	const parent = dirname(directory);
	const partial = `${basename(directory)}.partial-`;
	for (const name of await readdir(parent)) {
		if (name.startsWith(partial)) await rm(join(parent, name), { recursive: true, force: true });
	}
}

/** A real n8n, installed once per machine and version. Later calls return at once. */
export async function installN8n(options: InstallOptions = {}): Promise<N8nInstall> {
	const { release = releaseOfThisRun, log = console.log, signal } = options;
	const { version } = release;
	const node = chooseNodeForN8n();
	const { platform, arch, pid } = process;
	const directory = join(cacheFolder(), `n8n-${version}-${platform}-${arch}-node${node.major}`);
	// An installation that Node 24 itself has made has no Node of its own.
	const isInstalled = () =>
		[join(directory, MARKER), node.nodePath(directory)].every((file) => existsSync(file));

	if (!isInstalled()) {
		await mkdir(dirname(directory), { recursive: true });
		const onWait = () => log(`Waiting for another process that installs n8n ${version} …`);
		await withLock(`${directory}.lock`, { onWait, signal }, async () => {
			if (isInstalled()) return;
			await removePartialInstalls(directory);
			await assertDiskSpace(dirname(directory));
			log(`Installing n8n ${version} (once, 3-8 minutes, about 3 GB) …`);
			const partial = `${directory}.partial-${pid}`;
			try {
				await installInto(partial, release, node, { log, signal });
				await rm(directory, { recursive: true, force: true });
				await rename(partial, directory);
			} catch (error) {
				throw signal?.aborted ? error : explainInstallFailure(error, version);
			} finally {
				await rm(partial, { recursive: true, force: true });
			}
			log(`n8n ${version} is installed in ${directory}`);
		});
	}
	const binPath = join(directory, 'node_modules/n8n/bin/n8n');
	return { version, directory, nodePath: node.nodePath(directory), binPath };
}
