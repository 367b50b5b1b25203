import type { PatternCursor } from './patternCursor';

const fromHex = ([, digits]: RegExpExecArray) => parseInt(digits, 16);

/** The first that fits counts. */
const CHARACTERS: Array<[notation: RegExp, codePoint: (found: RegExpExecArray) => number]> = [
	[
		/\\u([dD][89abAB][\da-fA-F]{2})\\u([dD][c-fC-F][\da-fA-F]{2})/y,
		([, high, low]) => String.fromCharCode(parseInt(high, 16), parseInt(low, 16)).codePointAt(0)!,
	],
	[/\\u\{0*([\da-fA-F]{1,5}|10[\da-fA-F]{4})\}/y, fromHex],
	[/\\u([\da-fA-F]{4})/y, fromHex],
	[/\\x([\da-fA-F]{2})/y, fromHex],
	[/\\c([a-zA-Z])/y, ([, letter]) => letter.charCodeAt(0) % 32],
	[/\\0(?!\d)/y, () => 0],
	[/\\t/y, () => 9],
	[/\\n/y, () => 10],
	[/\\v/y, () => 11],
	[/\\f/y, () => 12],
	[/\\r/y, () => 13],
	[/\\([^\dcux])/suy, ([, itself]) => itself.codePointAt(0)!],
	[/[^\\]/suy, ([itself]) => itself.codePointAt(0)!],
];

const UNREADABLE: Array<[notation: RegExp, problem: string]> = [
	[/\\\d/y, 'a backslash with a number is not supported. A zero byte is \\0.'],
	[/\\x/y, '\\x needs two hexadecimal digits after it, as in \\x41.'],
	[/\\u/y, '\\u needs the number of a character after it, as in \\u0041 or \\u{1F600}.'],
	[/\\c/y, '\\c needs a letter from A to Z after it, as in \\cM.'],
	[/\\/y, 'there is nothing after the backslash. To look for a backslash, write \\\\.'],
];

/** Reads a character that stands for itself, or is written with a backslash. */
export function parseCharacter(cursor: PatternCursor): number {
	for (const [notation, codePoint] of CHARACTERS) {
		const found = cursor.take(notation);
		if (found) return codePoint(found);
	}
	const [, problem] = UNREADABLE.find(([notation]) => cursor.sees(notation))!;
	return cursor.fail(problem);
}

/** Reads `\d`, `\p{L}` and the like, as an expression. */
export function parseSetEscape(cursor: PatternCursor): string | undefined {
	const shorthand = cursor.take(/\\[dDsSwW]/y);
	if (shorthand) return shorthand[0];
	if (!cursor.sees(/\\[pP]/y)) return undefined;
	const { position } = cursor;
	const property = cursor.take(/\\[pP]\{[\w=]+\}/y)?.[0];
	if (property === undefined || !isKnown(property)) {
		cursor.fail(
			'\\p needs the name of a kind of characters after it, as in \\p{L} for letters or \\p{Emoji}. Small and capital letters matter in it.',
			position,
		);
	}
	return property;
}

function isKnown(property: string): boolean {
	try {
		return new RegExp(property, 'u').unicode;
	} catch {
		return false;
	}
}

export function characterSet(codePoint: number): string {
	return `\\u{${codePoint.toString(16)}}`;
}
