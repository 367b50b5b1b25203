import type { INodeProperties } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { TwilioSmsApi } from '../../credentials/TwilioSmsApi.credentials';
import { TwilioSms } from '../../nodes/TwilioSms/TwilioSms.node';
import { TwilioSmsTrigger } from '../../nodes/TwilioSms/TwilioSmsTrigger.node';

const ROOT = resolve(__dirname, '../..');

/** What the editor calls fields, and what can be chosen in them. */
const SHOWN = new Set<string>(
	[
		...new TwilioSmsApi().properties,
		...new TwilioSms().description.properties,
		...new TwilioSmsTrigger().description.properties,
	].flatMap(namesIn),
);

function namesIn(field: INodeProperties): string[] {
	const inner = (field.options ?? []).flatMap((option) => {
		if ('values' in option) return [option.displayName, ...option.values.flatMap(namesIn)];
		return 'displayName' in option ? namesIn(option) : [option.name];
	});
	return [field.displayName, ...inner];
}

/** n8n's own, which the texts name as well. */
const OF_N8N = new Set(['Execute Once', 'Webhook URLs']);

const matchesIn = (text: string, pattern: RegExp) =>
	[...text.matchAll(pattern)].map(([, name]) => name);

describe('the editor has what the README calls an option:', () => {
	const readme = readFileSync(join(ROOT, 'README.md'), 'utf8').replace(/\s+/g, ' ');
	const options = new Set(matchesIn(readme, /options? _([^_]+)_/gi));

	it.each([...options])('%s', (name) => {
		expect(SHOWN).toContain(name);
	});

	it('of which there are some', () => expect(options.size).toBeGreaterThan(5));
});

describe('the editor has what a text in it calls a field, an option or a filter:', () => {
	const sources = readdirSync(join(ROOT, 'nodes'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => readFileSync(join(ROOT, 'nodes', file), 'utf8'));
	const quoted = new Set(
		sources.flatMap((source) => [
			...matchesIn(source, /\b(?:field|option|filter)s? "([^"$]+)"/gi),
			...matchesIn(source, /\b(?:[Ss]et|[Oo]pen) "([^"$]+)"/g),
			...matchesIn(source, /\b[Ss]et "[^"$]+" to "([^"$]+)"/g),
		]),
	);

	it.each([...quoted])('%s', (name) => {
		expect(SHOWN.has(name) || OF_N8N.has(name)).toBe(true);
	});

	it('of which there are many', () => expect(quoted.size).toBeGreaterThan(15));
});
