import type { IDataObject } from 'n8n-workflow';

import { toE164 } from '../shared/e164';
import { foldText } from './foldText';
import { firstWord, toKeyword } from './keyword';
import type { Pattern } from './pattern/compilePattern';
import { compilePattern } from './pattern/compilePattern';

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
	condition: Condition;
	value?: string;
}

/** What the conditions look at. */
export interface HandledMessage {
	body: string;
	from: string | null;
	to: string | null;
	numMedia: number;
	optOut: string | null;
}

const CONDITIONS: Record<Condition, (message: HandledMessage, value: string) => boolean> = {
	contains: ({ body }, value) => anyOf(value, body, (part, text) => text.includes(part)),
	from: ({ from, to }, value) =>
		anyOf(value, from ?? '', (part, sender) => sameSender(sender, part, to ?? '')),
	hasMedia: ({ numMedia }) => numMedia > 0,
	keyword: ({ body }, value) =>
		anyOf(value, body, (part, text) => firstWord(text) === toKeyword(part)),
	optOut: ({ optOut }, value) => optOut !== null && (!value || value === optOut),
	regex: ({ body }, value) => matchesPattern(body, value),
	startsWith: ({ body }, value) => anyOf(value, body, (part, text) => text.trim().startsWith(part)),
};

/** The index of the first rule that a message matches, or of the output "Other" behind them. */
export function outputFor(message: HandledMessage, rules: Rule[]): number {
	// What an expression made of a rule must not cost the message.
	const index = rules.findIndex(({ condition, value }) =>
		CONDITIONS[condition]?.(message, String(value ?? '')),
	);
	return index < 0 ? rules.length : index;
}

/** The rules of the parameter `handlers`. */
export function rulesOf(handlers: IDataObject): Rule[] {
	return (handlers.rules ?? []) as unknown as Rule[];
}

/** What a value consists of: several words may be separated by commas. */
export function partsOf(value: string): string[] {
	return value
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean);
}

function anyOf(
	value: string,
	given: string,
	matches: (part: string, given: string) => boolean,
): boolean {
	const folded = foldText(given);
	return partsOf(value).some((part) => matches(foldText(part), folded));
}

// Patterns are the same from message to message, and reading one takes longer than using it.
const patterns = new Map<string, Pattern | undefined>();
const PATTERNS_AT_MOST = 100;

function matchesPattern(body: string, pattern: string): boolean {
	if (!patterns.has(pattern)) {
		if (patterns.size >= PATTERNS_AT_MOST) patterns.clear();
		patterns.set(pattern, readPattern(pattern));
	}
	return patterns.get(pattern)?.test(body) ?? false;
}

// A pattern that an expression made wrong must not cost the message: activation refuses the others.
function readPattern(pattern: string): Pattern | undefined {
	try {
		return pattern.trim() ? compilePattern(pattern.trim()) : undefined;
	} catch {
		return undefined;
	}
}

function sameSender(from: string, value: string, to: string): boolean {
	const [channel, address] = splitChannel(from);
	const [wantedChannel, wanted] = splitChannel(value);
	const isChannel = wantedChannel === '' || wantedChannel === channel;
	const [, ownNumber] = splitChannel(to);
	return isChannel && (wanted === address || toE164(wanted, ownNumber) === address);
}

function splitChannel(address: string): [channel: string, address: string] {
	const [, channel = '', rest] = /^(?:([a-z]+):)?(.*)$/s.exec(address) ?? [];
	return [channel, rest];
}
