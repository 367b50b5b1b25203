import type { PatternCursor } from './patternCursor';

// Deeper ones could exhaust the stack.
const MAX_DEPTH = 100;

const UNSUPPORTED: Array<[opening: RegExp, problem: string]> = [
	[
		/\(\?<?[=!]/y,
		'looking ahead or behind with (?=…), (?!…), (?<=…) or (?<!…) is not supported, as it can take too long.',
	],
	[
		/\(\?[a-z-]+[:)]/iy,
		'options such as (?i) are not supported here. Write them behind the pattern, as in /pattern/i.',
	],
	[/\(\?</y, 'the name of a group is letters, digits and _ between < and >, as in (?<name>…).'],
	[/\(\?/y, 'a group cannot start with this. The kinds there are: (…), (?:…) and (?<name>…).'],
];

/** Reads a group's brackets, and what is between them with `parseInside`. */
export function parseGroup<T>(
	cursor: PatternCursor,
	depth: number,
	parseInside: (cursor: PatternCursor, depth: number) => T,
): T {
	const { position } = cursor;
	if (depth === MAX_DEPTH) {
		cursor.fail(`there are more than ${MAX_DEPTH} groups inside each other.`);
	}
	if (!cursor.take(/\((?:\?:|\?<[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*>|(?!\?))/uy)) {
		const [, problem] = UNSUPPORTED.find(([opening]) => cursor.sees(opening))!;
		cursor.fail(problem);
	}
	const inside = parseInside(cursor, depth + 1);
	if (!cursor.take(/\)/y)) {
		cursor.fail('this "(" has no ")" after it. To look for a bracket, write \\(.', position);
	}
	return inside;
}
