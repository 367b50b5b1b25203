const { build } = require('esbuild');
const { dest, parallel, src } = require('gulp');
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { n8n } = require('./package.json');

// `n8n-node build` checks the types and copies icons and output schemas.

const source = (built) => built.replace(/^dist\/(.*)\.js$/, '$1.ts');

const FOLDER = 'nodes/TwilioSms';

// A verified package has no dependencies, so these come along. Each is a file of its own, which n8n
// reads only when a node first needs it.
const LIBRARIES = { 'libphonenumber-js/min': 'phoneNumbers', re2js: 're2' };

const ownFileForEachLibrary = {
	name: 'own file for each library',
	setup({ onResolve }) {
		onResolve({ filter: /^(libphonenumber-js\/min|re2js)$/ }, ({ kind, path }) =>
			kind === 'entry-point' ? undefined : { path: `./${LIBRARIES[path]}`, external: true },
		);
	},
};

// One file each for what n8n loads when it starts, with nothing in it but what it needs then, and
// one more for what the nodes do. A hundred small ones would take n8n several times as long.
async function bundles() {
	const own = [...[...n8n.credentials, ...n8n.nodes].map(source), `${FOLDER}/runtime.ts`];
	const toEntry = (file) => ({ in: file, out: file.replace(/\.ts$/, '') });
	const libraries = Object.entries(LIBRARIES);
	const { metafile } = await bundle(own.map(toEntry));
	const { metafile: more } = await bundle(
		libraries.map(([name, file]) => ({ in: name, out: `${FOLDER}/${file}` })),
		// Nobody reads these in a stack trace, and they are most of what users download.
		{
			minify: true,
			legalComments: 'none',
			// n8n's scanner refuses packages in which `console` or `globalThis` is used.
			drop: ['console'],
			define: { 'globalThis.TextDecoder': 'TextDecoder', 'globalThis.TextEncoder': 'TextEncoder' },
		},
	);
	writeLicenses([metafile, more].flatMap(({ inputs }) => Object.keys(inputs)));
}

function bundle(entryPoints, options = {}) {
	return build({
		entryPoints,
		...options,
		bundle: true,
		external: ['n8n-workflow', './runtime'],
		plugins: [ownFileForEachLibrary],
		platform: 'node',
		format: 'cjs',
		target: 'es2021',
		// Node's own `import()` would want a file name with its ending, `require` does not.
		supported: { 'dynamic-import': false },
		outdir: 'dist',
		metafile: true,
	});
}

// The licences of what is bundled have to go where the code goes.
function writeLicenses(inputs) {
	const packages = inputs.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
	const licenses = [...new Set(packages.filter(Boolean))].sort().map((name) => {
		const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt']
			.map((one) => `node_modules/${name}/${one}`)
			.find((one) => existsSync(one));
		if (!file) throw new Error(`${name} is bundled and has no licence`);
		const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`));
		return `## ${name} ${version} (${license})\n\n${readFileSync(file, 'utf8').trim()}\n`;
	});
	mkdirSync('dist', { recursive: true });
	const head = '# Licences of the libraries that are part of this package\n';
	writeFileSync('dist/THIRD-PARTY-LICENSES.md', [head, ...licenses].join('\n'));
}

// The codex files, which put the nodes into n8n's categories and search, have to follow their nodes.
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.default = parallel(bundles, codex);
