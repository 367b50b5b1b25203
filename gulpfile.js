const { build } = require('esbuild');
const { dest, parallel, src } = require('gulp');
const { n8n } = require('./package.json');

// `n8n-node build` checks the types and copies icons and output schemas.

const source = (built) => built.replace(/^dist\/(.*)\.js$/, '$1.ts');

// One file each for what n8n loads when it starts, with nothing in it but what it needs then, and
// one more for what the nodes do. A hundred small ones would take n8n several times as long.
const bundles = () =>
	build({
		entryPoints: [...[...n8n.credentials, ...n8n.nodes].map(source), 'nodes/TwilioSms/running.ts'],
		bundle: true,
		external: ['n8n-workflow', './running'],
		platform: 'node',
		format: 'cjs',
		target: 'es2021',
		// Node's own `import()` would want a file name with its ending, `require` does not.
		supported: { 'dynamic-import': false },
		outbase: '.',
		outdir: 'dist',
	});

// The codex files, which put the nodes into n8n's categories and search, have to follow their nodes.
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.default = parallel(bundles, codex);
