import { toObject } from '../../shared/parameters';
import { channelOf, readPhoneNumber, withoutChannel } from '../../twilio/phoneNumber';
import type { Pattern } from './pattern';
import { compilePattern } from './pattern';

export type Condition =
	| 'contains'
	| 'from'
	| 'hasMedia'
	| 'keyword'
	| 'optOut'
	| 'regex'
	| 'startsWith';

/** One rule of the parameter `handlers`, which is one named output of the trigger. */
export interface Rule {
	name: string;
	condition: string;
	value: string;
}

/** What the conditions look at. */
export interface HandledMessage {
	body: string;
	from: string | null;
	to: string | null;
	numMedia: number;
	optOut: string | null;
}

type Matches = (message: HandledMessage, value: string) => boolean | Promise<boolean>;

const CONDITIONS = new Map<string, Matches>(
	Object.entries({
		contains: ({ body }, value) => anyPart(value, body, (part, text) => text.includes(part)),
		from: async ({ from, to }, value) => await isFrom(from ?? '', value, to ?? ''),
		hasMedia: ({ numMedia }) => numMedia > 0,
		keyword: ({ body }, value) =>
			anyPart(value, body, (part, text) => firstWord(text) === toKeyword(part)),
		optOut: ({ optOut }, value) => optOut !== null && (!value || value === optOut),
		regex: async ({ body }, value) => await matchesPattern(body, value),
		startsWith: ({ body }, value) =>
			anyPart(value, body, (part, text) => text.trim().startsWith(part)),
	} satisfies Record<Condition, Matches>),
);

/**
 * The rules of the parameter `handlers`. Never throws: what an expression made of a rule must not
 * cost the message, so that a rule which is none matches nothing.
 */
export function toRules(handlers: unknown): Rule[] {
	const { rules } = toObject(handlers);
	if (!Array.isArray(rules)) return [];
	return rules.map((rule) => {
		const { name, condition, value } = toObject(rule);
		return { name: toText(name), condition: toText(condition), value: toText(value) };
	});
}

/** The index of the first rule that a message matches, or of the output "Other" behind them. */
export async function outputFor(message: HandledMessage, rules: Rule[]): Promise<number> {
	for (const [index, { condition, value }] of rules.entries()) {
		if (await CONDITIONS.get(condition)?.(message, value)) return index;
	}
	return rules.length;
}

/** What a value consists of: several words may be separated by commas. */
export function partsOf(value: string): string[] {
	return value
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean);
}

/**
 * A text as handlers compare it: upper and lower case, the two ways to write an accent, and
 * straight and curly quotes are the same. Phones curl them as people type; n8n does not.
 */
export function foldText(text: string): string {
	return text.normalize('NFC').toLowerCase().replace(/[‘’ʼ]/g, "'").replace(/[“”]/g, '"');
}

// Letters and digits, with apostrophes and hyphens between them: signs and emoji are no words.
const WORD = String.raw`[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}\p{Join_C}'-]*[\p{L}\p{M}\p{N}])?`;
const FIRST_WORD = new RegExp(WORD, 'u');
const EACH_WORD = new RegExp(WORD, 'gu');

/** The first word of a text that `foldText` made comparable, or `''`. */
export function firstWord(folded: string): string {
	return FIRST_WORD.exec(folded)?.[0] ?? '';
}

/**
 * The word that a keyword stands for: `#menu` and `Menu!` for `menu`.
 *
 * @returns `undefined` when it is not one word, which no first word can be
 */
export function toKeyword(folded: string): string | undefined {
	const words = folded.match(EACH_WORD);
	return words?.length === 1 ? words[0] : undefined;
}

function anyPart(
	value: string,
	given: string,
	matches: (part: string, given: string) => boolean,
): boolean {
	const folded = foldText(given);
	return partsOf(value).some((part) => matches(foldText(part), folded));
}

// Numbers are read in the country of the number that the message came to.
async function isFrom(from: string, value: string, to: string): Promise<boolean> {
	for (const part of partsOf(value)) {
		const isChannel = !/^[a-z]+:/i.test(part) || channelOf(part) === channelOf(from);
		const wanted = withoutChannel(part);
		if (!isChannel || from === '') continue;
		if (foldText(wanted) === foldText(withoutChannel(from))) return true;
		const { address } = await readPhoneNumber(wanted, withoutChannel(to));
		if (address === withoutChannel(from)) return true;
	}
	return false;
}

// Patterns are the same from message to message, and compiling one takes longer than using it.
const patterns = new Map<string, Pattern | undefined>();
const PATTERNS_AT_MOST = 100;

async function matchesPattern(body: string, value: string): Promise<boolean> {
	if (!patterns.has(value)) {
		const pattern = await readPattern(value.trim());
		if (patterns.size >= PATTERNS_AT_MOST) patterns.clear();
		patterns.set(value, pattern);
	}
	return patterns.get(value)?.test(body) ?? false;
}

// A pattern that an expression made wrong must not cost the message: publishing refuses the others.
async function readPattern(source: string): Promise<Pattern | undefined> {
	try {
		return source ? await compilePattern(source) : undefined;
	} catch {
		return undefined;
	}
}

function toText(value: unknown): string {
	return typeof value === 'object' ? '' : String(value ?? '');
}
