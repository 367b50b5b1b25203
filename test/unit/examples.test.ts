import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { IWorkflowBase } from 'n8n-workflow';

const EXAMPLES = resolve(__dirname, '../../examples');
const files = readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));
const read = (file: string) =>
	JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as Pick<IWorkflowBase, 'nodes'>;

describe.each(files)('the example %s', (file) => {
	const { nodes } = read(file);

	it('has a note that says what to change first', () => {
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(notes).toHaveLength(1);
		const content = String(notes[0].parameters.content);
		expect(content).toContain('**Change first**');
		expect(content).toContain('Choose your credential');
	});

	it('holds no credential and no number of anybody', () => {
		expect(nodes.filter(({ credentials }) => credentials)).toEqual([]);
		// North America keeps 555-0100 to 555-0199 for fiction.
		const numbers = JSON.stringify(nodes).match(/\+1\d{10}/g) ?? [];
		expect(numbers.filter((number) => !/^\+1\d{3}55501\d\d$/.test(number))).toEqual([]);
	});

	it.each(['README.md', 'examples/README.md'])('is described in %s', (readme) => {
		expect(readFileSync(resolve(EXAMPLES, '..', readme), 'utf8')).toContain(file);
	});
});
