import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

// Prettier is a module that Jest does not load, so the script runs by itself.
const inspect = (expression: string) =>
	execFileSync(process.execPath, ['--import', 'tsx', '-e', expression], { cwd: ROOT }).toString();

it.each(['README.md', 'docs/errors.md', 'docs/reliability.md'])(
	'%s lists what the nodes have (npm run readme writes it)',
	(page) => {
		const written = readFileSync(resolve(ROOT, page), 'utf8');
		expect(written).toMatch(/<!-- [\w ]+ -->\n\n- \*\*/);
		const script = `
			const { readFileSync } = require('node:fs');
			const { withLists } = require('./test/readme.ts');
			withLists(readFileSync('${page}', 'utf8')).then((text) => process.stdout.write(text));
		`;
		expect(inspect(script)).toBe(written);
	},
);

it('every link to a section of the README leads to one', () => {
	const text = readFileSync(resolve(ROOT, 'README.md'), 'utf8');
	const sections = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
		title
			.toLowerCase()
			.replace(/[^\w\- ]/g, '')
			.replace(/ /g, '-'),
	);
	const linked = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
	expect(linked.length).toBeGreaterThan(10);
	expect(linked.filter((anchor) => !sections.includes(anchor))).toEqual([]);
});
