import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cacheFolder } from './cacheFolder';
import { withLock } from './withLock';
import type { NodeForN8n } from './nodeForN8n';
import { chooseNodeForN8n } from './nodeForN8n';
import { explainInstallFailure } from './explainInstallFailure';
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
	version?: string;
	log?: (line: string) => void;
	signal?: AbortSignal;
}

export const N8N_VERSION = '2.41.1';

const NEEDED_BYTES = 4 * 1024 ** 3;

/** n8n starts with these native modules or not at all; its other install scripts are optional. */
const NATIVE_MODULES = ['sqlite3', 'isolated-vm'];

/** linkedom 0.18.14 and later depend on a package that some registries do not carry. */
const OVERRIDES = { linkedom: '0.18.13' };

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
	version: string,
	node: NodeForN8n,
	{ log, signal }: Required<Pick<InstallOptions, 'log'>> & InstallOptions,
): Promise<void> {
	const dependencies = { n8n: version, ...node.dependencies };
	await mkdir(directory);
	await writeFile(
		join(directory, 'package.json'),
		JSON.stringify({ private: true, dependencies, overrides: OVERRIDES }),
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
		['rebuild', '--ignore-scripts=false', ...NATIVE_MODULES],
		options('preparing native modules, step 2 of 2', node.npmEnvironment(directory)),
	);
	const loadAll = NATIVE_MODULES.map((name) => `require('${name}')`).join(';');
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

/** A real n8n, installed once per machine. Later calls return at once. */
export async function installN8n(options: InstallOptions = {}): Promise<N8nInstall> {
	const { version = N8N_VERSION, log = console.log, signal } = options;
	const node = chooseNodeForN8n();
	const { platform, arch, pid } = process;
	const directory = join(cacheFolder(), `n8n-${version}-${platform}-${arch}-node${node.major}`);
	// An installation made by a newer Node has no Node of its own.
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
				await installInto(partial, version, node, { log, signal });
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
