import type { IDataObject } from 'n8n-workflow';

import { toE164 } from '../shared/e164';
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
	numMedia: number;
	optOut: string | null;
}

const CONDITIONS: Record<Condition, (message: HandledMessage, value: string) => boolean> = {
	contains: ({ body }, value) => anyOf(value, (part) => lower(body).includes(part)),
	from: ({ from }, value) => anyOf(value, (part) => sameSender(from ?? '', part)),
	hasMedia: ({ numMedia }) => numMedia > 0,
	keyword: ({ body }, value) => anyOf(value, (part) => firstWord(body) === part),
	optOut: ({ optOut }, value) => optOut !== null && (!value || value === optOut),
	regex: ({ body }, value) => matchesPattern(body, value),
	startsWith: ({ body }, value) => anyOf(value, (part) => lower(body).trim().startsWith(part)),
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

// Several words may be separated by commas.
function anyOf(value: string, matches: (part: string) => boolean): boolean {
	return value
		.split(',')
		.map((part) => lower(part).trim())
		.some((part) => part !== '' && matches(part));
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

function lower(text: string): string {
	return text.normalize('NFC').toLowerCase();
}

function firstWord(body: string): string {
	return lower(body)
		.replace(/^[^\p{L}\p{N}]+/u, '')
		.split(/[^\p{L}\p{M}\p{N}\p{Join_C}'’-]+/u)[0];
}

function sameSender(from: string, value: string): boolean {
	const [channel, address] = splitChannel(lower(from));
	const [wantedChannel, wanted] = splitChannel(value);
	const isChannel = wantedChannel === '' || wantedChannel === channel;
	return isChannel && (wanted === address || toE164(wanted) === address);
}

function splitChannel(address: string): [channel: string, address: string] {
	const [, channel = '', rest] = /^(?:([a-z]+):)?(.*)$/s.exec(address) ?? [];
	return [channel, rest];
}
