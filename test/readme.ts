import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { format, resolveConfig } from 'prettier';
import { sendOptions, waitingOptions } from '../nodes/TwilioSms/actions/message/options';
import { triggerFields } from '../nodes/TwilioSms/trigger/fields';
import { DELIVERY_ADVICE, headlineFor, REQUEST_ADVICE } from '../nodes/TwilioSms/twilio/advice';
import { FAILURES, OPERATIONS, PUBLISHING, UNREACHABLE } from './support/engine/failures';

const ROOT = resolve(__dirname, '..');

/** The pages with lists of what the nodes have. */
const PAGES = ['README.md', 'docs/errors.md', 'docs/reliability.md'];

// GitHub hides what looks like an HTML tag.
const asText = (text: string) =>
	text.replace(/</g, '&lt;').replace(/\{\{.*?\}\}/g, (code) => `\`${code}\``);

// A list, as Prettier makes each cell of a table as wide as the widest of its column.
const list = (entries: Array<[term: string, text: string]>) =>
	entries.map(([term, text]) => `- **${term}**: ${asText(text)}`).join('\n');

const sentence = (text: string) => text.replace(/([^.!?])$/, '$1.');

const optionsOf = (field: INodeProperties) => field.options as INodeProperties[];

const optionList = (field: INodeProperties) =>
	list(
		optionsOf(field).map(({ displayName, description }) => [
			displayName,
			sentence(description ?? ''),
		]),
	);

const requestErrors = () =>
	list(
		Object.entries(REQUEST_ADVICE).map(([code, advice]) => {
			const headline = headlineFor(Number(code), 400);
			return [code, headline ? `_${headline}_. ${advice}` : advice];
		}),
	);

const failureList = () =>
	list([
		['Failures', [...FAILURES, ...UNREACHABLE].map(([name]) => name).join(', ')],
		['Operations', OPERATIONS.join(', ')],
		['When a workflow is published', PUBLISHING.join(', ')],
	]);

const failureCounts = () =>
	list([
		[
			'Failures of Twilio',
			`each of ${OPERATIONS.length} operations with ${FAILURES.length + UNREACHABLE.length} kinds of ` +
				'failures, too many requests, a wrong certificate and a slow Twilio; publishing and ' +
				'unpublishing with those that can occur there. A clear error, nothing sent twice, no ' +
				'earlier webhook lost, no secret in an error.',
		],
	]);

/** The lists, by the name of the place that is marked for each. */
const PLACES: Record<string, () => string> = {
	'message options': () => optionList(sendOptions),
	'waiting options': () => {
		const known = new Set(optionsOf(sendOptions).map(({ name }) => name));
		const own = optionsOf(waitingOptions).filter(({ name }) => !known.has(name));
		return optionList({ ...waitingOptions, options: own });
	},
	'trigger options': () => optionList(triggerFields.find(({ name }) => name === 'options')!),
	'request errors': requestErrors,
	'failures tried': failureList,
	'failures counted': failureCounts,
	'delivery errors': () => list(Object.entries(DELIVERY_ADVICE)),
};

/** A page with its lists as the nodes' descriptions and advice have them now. */
export async function withLists(page: string): Promise<string> {
	let text = page;
	for (const [name, contents] of Object.entries(PLACES)) {
		const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
		const [before, rest] = text.split(begin);
		const after = rest?.split(end)[1];
		if (after !== undefined) text = `${before}${begin}\n\n${contents()}\n\n${end}${after}`;
	}
	return await format(text, { ...(await resolveConfig(__filename)), parser: 'markdown' });
}

async function update(): Promise<void> {
	for (const page of PAGES) {
		const path = resolve(ROOT, page);
		await writeFile(path, await withLists(await readFile(path, 'utf8')));
	}
}

if (require.main === module) void update();
