import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { cacheFolder } from './cacheFolder';
import { run, runNpm } from './run';
import { withLock } from './withLock';

/** What n8n runs over every package that asks to be verified. */
const SCANNER = '@n8n/scan-community-package';
const VERSION = '0.32.0';

/** Beside n8n's installations: it wants another TypeScript and other linters than this project. */
export async function installScanner(): Promise<string> {
	const directory = join(cacheFolder(), `scanner-${VERSION}`);
	await mkdir(cacheFolder(), { recursive: true });
	await withLock(`${directory}.lock`, { onWait: () => undefined }, async () => {
		if (existsSync(directory)) return;
		const partial = `${directory}.partial-${process.pid}`;
		await mkdir(partial);
		const dependencies = { [SCANNER]: VERSION };
		await writeFile(join(partial, 'package.json'), JSON.stringify({ private: true, dependencies }));
		await writeFile(join(partial, '.npmrc'), 'ignore-scripts=true\n');
		await runNpm(['install', '--no-audit', '--no-fund', '--no-progress'], { cwd: partial });
		await rename(partial, directory);
	});
	return join(directory, 'node_modules', SCANNER, 'scanner/scanner.mjs');
}

/** What n8n's scanner says of a packed package: it reads what users get, as it does on npm. */
export async function scanPackage(tarball: string): Promise<{ passed: boolean; details?: string }> {
	const scanner = pathToFileURL(await installScanner()).href;
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-twilio-sms-scan-'));
	try {
		await run('tar', ['-xzf', tarball, '-C', folder], { cwd: folder });
		const program = `
			const { analyzePackage } = await import(${JSON.stringify(scanner)});
			console.log(JSON.stringify(await analyzePackage(${JSON.stringify(join(folder, 'package'))})));
		`;
		const args = ['--input-type=module', '--eval', program];
		const { stdout } = await promisify(execFile)(process.execPath, args);
		return JSON.parse(stdout.trim().split('\n').at(-1)!) as { passed: boolean; details?: string };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
