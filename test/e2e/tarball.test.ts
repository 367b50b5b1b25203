import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { packPackage } from '../support/n8n/packPackage';
import { scanPackage } from '../support/n8n/scanPackage';

const run = promisify(execFile);

let tarball: string;

beforeAll(async () => {
	tarball = await packPackage();
});

const read = async (file: string) =>
	(await run('tar', ['-xzOf', tarball, `package/${file}`])).stdout;

it('has what users and n8n need, and nothing else', async () => {
	const { stdout } = await run('tar', ['-tzf', tarball]);
	const files = stdout
		.trim()
		.split('\n')
		.map((file) => file.replace('package/', ''));
	expect(files).toEqual(
		expect.arrayContaining([
			...['package.json', 'README.md', 'LICENSE.md', 'index.js'],
			...['dist/THIRD-PARTY-LICENSES.md', 'dist/credentials/TwilioSmsApi.credentials.js'],
			...['dist/nodes/TwilioSms/TwilioSms.node.json', 'dist/nodes/TwilioSms/twilioSms.svg'],
		]),
	);
	const others = files.filter(
		(file) => !/^dist\/|^(?:package\.json|index\.js|\w+\.md)$/.test(file),
	);
	expect(others).toEqual([]);
	expect(files.filter((file) => /\.(?:ts|map|tsbuildinfo)$/.test(file))).toEqual([]);
});

it('is smaller than 200 kB', async () => {
	expect((await stat(tarball)).size).toBeLessThan(200_000);
});

it('has the licence of each library that is part of it', async () => {
	const licenses = await read('dist/THIRD-PARTY-LICENSES.md');
	for (const library of ['libphonenumber-js', 're2js']) {
		expect(licenses).toMatch(new RegExp(`^## ${library} [\\d.]+ \\(MIT\\)$`, 'm'));
	}
	expect(licenses.match(/Permission is hereby granted, free of charge/g)).toHaveLength(2);
});

it("is passed by n8n's scanner of packages", async () => {
	expect(await scanPackage(tarball)).toEqual({ passed: true });
});

it('imports nothing but what n8n has, and uses no console', async () => {
	const { stdout } = await run('tar', ['-tzf', tarball]);
	const built = stdout.match(/package\/dist\/\S+\.js$/gm)!;
	for (const file of built) {
		const code = await read(file.replace('package/', ''));
		expect([file, code.match(/\b(?:console\.|globalThis\b|__dirname\b|__filename\b)/g)]).toEqual([
			file,
			null,
		]);
		const imported = [...code.matchAll(/\brequire\("([^"./][^"]*)"\)/g)].map(([, name]) => name);
		expect([file, imported.filter((name) => !['n8n-workflow', 'crypto'].includes(name))]).toEqual([
			file,
			[],
		]);
	}
});
