import { characterSet, parseCharacter, parseSetEscape } from './parseEscape';
import type { PatternCursor } from './patternCursor';

const BACKSPACE = 8;

/** Reads `[…]`, which the cursor has to see, as an expression with the flag u. */
export function parseClass(cursor: PatternCursor): string {
	const { position } = cursor;
	const members = [cursor.take(/\[\^?/y)![0]];
	while (!cursor.take(/\]/y)) {
		if (cursor.atEnd) {
			cursor.fail('this "[" has no "]" after it. To look for a bracket, write \\[.', position);
		}
		members.push(parseMember(cursor));
	}
	return `${members.join('')}]`;
}

function parseMember(cursor: PatternCursor): string {
	const { position } = cursor;
	const from = parseEnd(cursor);
	if (!cursor.take(/-(?!\]|$)/y)) return expression(from);
	const to = parseEnd(cursor);
	// Only strict JavaScript refuses [\w-.], and people write it for e-mail addresses.
	if (typeof from === 'string' || typeof to === 'string') {
		return `${expression(from)}\\-${expression(to)}`;
	}
	if (from > to) {
		cursor.fail(
			`the range from "${String.fromCodePoint(from)}" to "${String.fromCodePoint(to)}" is the wrong way round. To look for a hyphen, write \\-.`,
			position,
		);
	}
	return `${expression(from)}-${expression(to)}`;
}

function parseEnd(cursor: PatternCursor): string | number {
	if (cursor.take(/\\b/y)) return BACKSPACE;
	return parseSetEscape(cursor) ?? parseCharacter(cursor);
}

function expression(end: string | number): string {
	return typeof end === 'string' ? end : characterSet(end);
}
