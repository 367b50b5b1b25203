import { parseClass } from './parseClass';
import { characterSet, parseCharacter, parseSetEscape } from './parseEscape';
import { parseGroup } from './parseGroup';
import type { PatternCursor } from './patternCursor';
import type { Assertion, PatternTree } from './patternTree';

const ASSERTIONS: Array<[notation: RegExp, assertion: Assertion]> = [
	[/\^/y, 'start'],
	[/\$/y, 'end'],
	[/\\b/y, 'wordBoundary'],
	[/\\B/y, 'noWordBoundary'],
];

const QUANTIFIER = /(?:[*+?]|\{(\d+)(,?)(\d*)\})/y;
const LIMITS = new Map([
	['*', { min: 0, max: Infinity }],
	['+', { min: 1, max: Infinity }],
	['?', { min: 0, max: 1 }],
]);

/** @throws PatternError when it isn't a pattern, or one that a linear-time matcher can't match */
export function parsePattern(cursor: PatternCursor): PatternTree {
	const tree = parseChoice(cursor, 0);
	if (!cursor.atEnd) {
		cursor.fail('this ")" has no "(" before it. To look for a bracket, write \\).');
	}
	return tree;
}

function parseChoice(cursor: PatternCursor, depth: number): PatternTree {
	const options = [parseSequence(cursor, depth)];
	while (cursor.take(/\|/y)) options.push(parseSequence(cursor, depth));
	return { type: 'choice', options };
}

function parseSequence(cursor: PatternCursor, depth: number): PatternTree {
	const parts: PatternTree[] = [];
	while (!cursor.sees(/[|)]|$/y)) {
		parts.push(parseAssertion(cursor) ?? parseRepetition(cursor, parseAtom(cursor, depth)));
	}
	return { type: 'sequence', parts };
}

function parseAssertion(cursor: PatternCursor): PatternTree | undefined {
	const found = ASSERTIONS.find(([notation]) => cursor.take(notation));
	return found && { type: 'assertion', assertion: found[1] };
}

function parseAtom(cursor: PatternCursor, depth: number): PatternTree {
	const quantifier = cursor.sees(QUANTIFIER)?.[0];
	if (quantifier !== undefined) {
		cursor.fail(
			`there is nothing before "${quantifier}" that it could repeat. To look for the character itself, write \\${quantifier[0]}.`,
		);
	}
	if (cursor.sees(/\\[1-9k]/y)) {
		cursor.fail(
			'repeating what a group found, with \\1 or \\k<name>, is not supported, as it can take too long.',
		);
	}
	if (cursor.sees(/\(/y)) return parseGroup(cursor, depth, parseChoice);
	return { type: 'character', set: parseSet(cursor) };
}

function parseSet(cursor: PatternCursor): string {
	if (cursor.take(/\./y)) return '.';
	if (cursor.sees(/\[/y)) return parseClass(cursor);
	return parseSetEscape(cursor) ?? characterSet(parseCharacter(cursor));
}

function parseRepetition(cursor: PatternCursor, of: PatternTree): PatternTree {
	const { position } = cursor;
	const quantifier = cursor.take(QUANTIFIER);
	if (!quantifier) return of;
	const { min, max } = LIMITS.get(quantifier[0]) ?? readLimits(quantifier);
	if (min > max) {
		cursor.fail(`the first number in ${quantifier[0]} is greater than the second.`, position);
	}
	// Lazy or not, there is a match or there is none.
	cursor.take(/\?/y);
	return { type: 'repetition', of, min, max, position };
}

function readLimits([, least, comma, most]: RegExpExecArray) {
	const min = Number(least);
	if (!comma) return { min, max: min };
	return { min, max: most ? Number(most) : Infinity };
}
