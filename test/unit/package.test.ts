import type { ICredentialType, INodeType } from 'n8n-workflow';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

import packageJson from '../../package.json';

const ROOT = resolve(__dirname, '../..');
const NODES = join(ROOT, 'nodes/TwilioSms');

const read = (path: string) => readFileSync(path, 'utf8');
const sources = (folder: string) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.[cm]?ts$/.test(file))
		.map((file) => join(ROOT, folder, file));
const source = (built: string) => join(ROOT, built.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
const importsOf = (file: string) =>
	ts.preProcessFile(read(file), true, true).importedFiles.map(({ fileName }) => fileName);

/** Where the relative imports of a file lead to, from the root. */
const reached = (file: string) =>
	importsOf(file)
		.filter((name) => name.startsWith('.'))
		.map((name) =>
			relative(ROOT, resolve(dirname(file), name))
				.split(sep)
				.join('/'),
		);

/** The rooms of the source, the particular before the general, and what each may import. */
const ROOMS: Array<[room: string, imports: string[]]> = [
	['credentials/', ['nodes/TwilioSms/twilio/']],
	['nodes/TwilioSms/twilio/', ['nodes/TwilioSms/twilio/']],
	['nodes/TwilioSms/shared/', ['nodes/TwilioSms/shared/', 'nodes/TwilioSms/twilio/']],
	...['actions', 'trigger'].map((room): [string, string[]] => [
		`nodes/TwilioSms/${room}`,
		[`nodes/TwilioSms/${room}`, 'nodes/TwilioSms/shared/', 'nodes/TwilioSms/twilio/'],
	]),
	[
		'nodes/TwilioSms/runtime',
		['nodes/TwilioSms/actions', 'nodes/TwilioSms/trigger', 'nodes/TwilioSms/twilio/'],
	],
	['nodes/TwilioSms/listSearch', ['nodes/TwilioSms/runtime']],
	[
		'nodes/TwilioSms/TwilioSmsTrigger.node',
		['nodes/TwilioSms/listSearch', 'nodes/TwilioSms/runtime', 'nodes/TwilioSms/trigger'],
	],
	[
		'nodes/TwilioSms/TwilioSms.node',
		['nodes/TwilioSms/actions', 'nodes/TwilioSms/listSearch', 'nodes/TwilioSms/runtime'],
	],
];

async function instance<T>(built: string): Promise<T> {
	const exported = (await import(source(built))) as Record<string, new () => T>;
	const name = built.split('/').pop()!.split('.')[0];
	return new exported[name]();
}

describe('the package', () => {
	it('brings nothing along and asks for n8n-workflow alone', () => {
		expect(packageJson).not.toHaveProperty('dependencies');
		expect(packageJson).not.toHaveProperty('optionalDependencies');
		expect(packageJson).not.toHaveProperty('bundledDependencies');
		expect(packageJson).not.toHaveProperty('bundleDependencies');
		expect(packageJson).not.toHaveProperty('overrides');
		expect(packageJson.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('runs nothing when it is installed', () => {
		for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
			expect(packageJson.scripts).not.toHaveProperty(script);
		}
	});

	it('can be found by n8n, and has no more in it than what is built', () => {
		expect(packageJson.name).toMatch(/^n8n-nodes-/);
		expect(packageJson.keywords).toContain('n8n-community-node-package');
		expect(packageJson.files).toEqual(['dist']);
		expect(packageJson.n8n).toMatchObject({ n8nNodesApiVersion: 1, strict: true });
	});

	it('names every node and credential that there is, and none that there is not', () => {
		const built = (pattern: RegExp, folder: string) =>
			sources(folder)
				.filter((file) => pattern.test(file))
				.map((file) => `dist/${relative(ROOT, file).replace(/\.ts$/, '.js')}`)
				.sort();
		expect([...packageJson.n8n.nodes].sort()).toEqual(built(/\.node\.ts$/, 'nodes'));
		expect([...packageJson.n8n.credentials].sort()).toEqual(
			built(/\.credentials\.ts$/, 'credentials'),
		);
	});
});

describe.each(packageJson.n8n.nodes)('%s', (built) => {
	it('is listed by n8n under the name that it has', async () => {
		const { description } = await instance<INodeType>(built);
		const codex = JSON.parse(read(source(built).replace(/\.ts$/, '.json'))) as { node: string };
		expect(codex.node).toBe(`${packageJson.name}.${description.name}`);
	});

	it('has an icon for light and one for dark', async () => {
		const { description } = await instance<INodeType>(built);
		expect(description.icon).toEqual({
			light: expect.stringMatching(/^file:.+\.svg$/),
			dark: expect.stringMatching(/^file:.+\.dark\.svg$/),
		});
		for (const icon of Object.values(description.icon as { light: string; dark: string })) {
			const file = resolve(dirname(source(built)), icon.slice('file:'.length));
			expect(read(file)).toMatch(/^(<\?xml[^>]*>\s*)?<svg[\s\S]*<\/svg>\s*$/);
		}
	});

	it('asks for a credential that this package has', async () => {
		const { description } = await instance<INodeType>(built);
		const credentials = await Promise.all(
			packageJson.n8n.credentials.map((file) => instance<ICredentialType>(file)),
		);
		expect(description.credentials!.map(({ name }) => name)).toEqual(
			credentials.map(({ name }) => name),
		);
	});
});

describe.each(packageJson.n8n.credentials)('%s', (built) => {
	it('has the icons of the nodes', async () => {
		const { icon } = await instance<ICredentialType>(built);
		for (const one of Object.values(icon as { light: string; dark: string })) {
			const file = resolve(dirname(source(built)), one.slice('file:'.length));
			expect(dirname(file)).toBe(NODES);
			expect(existsSync(file)).toBe(true);
		}
	});
});

describe.each([...sources('nodes'), ...sources('credentials')].map((file) => relative(ROOT, file)))(
	'%s',
	(name) => {
		const file = join(ROOT, name);

		// The libraries are bundled by the build.
		it('imports nothing that n8n would not let it', () => {
			for (const imported of importsOf(file)) {
				expect(imported).toMatch(
					/^(\.{1,2}\/|\.$|(n8n-workflow|crypto)$)|^(libphonenumber-js\/min|re2js)$/,
				);
			}
		});

		it('imports only what is below it', () => {
			const room = (path: string) => ROOMS.find(([folder]) => path.startsWith(folder))!;
			const [, below] = room(name.split(sep).join('/'));
			for (const imported of reached(file)) expect(below).toContain(room(`${imported}.`)[0]);
		});
	},
);

it.each(['TwilioSms.node.ts', 'TwilioSmsTrigger.node.ts', 'listSearch.ts'])(
	'%s loads what only running needs when it runs',
	(name) => {
		const file = read(join(NODES, name));
		expect(file).toContain("await import('./runtime')");
		expect(file).not.toMatch(/^(import|export) .*\/runtime'/m);
	},
);

it('no file imports itself by a way round', () => {
	const graph = new Map(
		[...sources('nodes'), ...sources('credentials')].map((file) => {
			const name = relative(ROOT, file).split(sep).join('/').replace(/\.ts$/, '');
			const folder = (one: string) => (existsSync(join(ROOT, `${one}.ts`)) ? one : `${one}/index`);
			return [name, reached(file).map(folder)];
		}),
	);
	const visit = (name: string, path: string[]): void => {
		expect(path).not.toContain(name);
		for (const next of graph.get(name)!) visit(next, [...path, name]);
	};
	for (const name of graph.keys()) visit(name, []);
});

it('the simulator knows nothing of the package, so that no fault can hide on both sides', () => {
	const files = sources('test/simulator');
	expect(files.length).toBeGreaterThan(0);
	for (const file of files) {
		for (const imported of reached(file)) expect(imported).toMatch(/^test\/simulator\//);
		expect(importsOf(file)).not.toContain(packageJson.name);
	}
});
