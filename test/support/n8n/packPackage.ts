import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { run, runNpm } from './run';

interface PackageJson {
	name: string;
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
}

const CHECKOUT = resolve(__dirname, '../../..');

async function readPackageJson(folder: string): Promise<PackageJson> {
	return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as PackageJson;
}

/**
 * Where tools keep what they can make again; the next tarball takes the place of this one. Each of
 * Jest's workers has its own.
 */
const CACHE = join(
	CHECKOUT,
	'node_modules/.cache/n8n-nodes-twilio-sms',
	process.env.JEST_WORKER_ID ?? '0',
);

/** Packs the built checkout as `npm publish` would. Returns the tarball's path. */
export async function packPackage(): Promise<string> {
	const { n8n } = await readPackageJson(CHECKOUT);
	const missing = [...n8n.nodes, ...n8n.credentials].filter(
		(file) => !existsSync(join(CHECKOUT, file)),
	);
	if (missing.length > 0) {
		throw new Error(`Run "npm run build" first: there is no ${missing.join(', no ')}.`);
	}

	await rm(CACHE, { recursive: true, force: true });
	await mkdir(CACHE, { recursive: true });
	await runNpm(['pack', '--ignore-scripts', '--pack-destination', CACHE], { cwd: CHECKOUT });
	const tarball = (await readdir(CACHE)).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error(`npm pack left no tarball in ${CACHE}.`);
	return join(CACHE, tarball);
}

/** Does what n8n's installer of community packages does once it has downloaded a tarball. */
export async function unpackIntoUserFolder(tarball: string, userFolder: string): Promise<void> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	await mkdir(nodesFolder, { recursive: true });
	const unpacked = await mkdtemp(join(nodesFolder, 'unpacked-'));
	await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1'], { cwd: nodesFolder });

	const { name, version } = await readPackageJson(unpacked);
	const target = join(nodesFolder, 'node_modules', name);
	await rm(target, { recursive: true, force: true });
	await mkdir(dirname(target), { recursive: true });
	await rename(unpacked, target);
	await writeFile(
		join(nodesFolder, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies: { [name]: version } }),
	);
}
