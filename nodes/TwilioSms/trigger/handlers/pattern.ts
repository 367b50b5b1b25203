/** A regular expression in JavaScript's notation, whose matching takes linear time. */
export interface Pattern {
	/** Whether it matches anywhere in the text. */
	test(text: string): boolean;
}

/** What is wrong with a pattern, for the person who typed it. */
export class PatternError extends Error {
	override readonly name = 'PatternError';
}

interface Notation {
	body: string;
	ignoreCase: boolean;
	multiline: boolean;
	dotAll: boolean;
}

const MAX_LENGTH = 1000;

// In RE2's instructions. Time and memory grow with it; patterns that people write stay far below.
const MAX_PROGRAM = 20_000;

/**
 * Compiles a pattern for RE2, which cannot be made slow by a text as JavaScript's own engine can
 * (ReDoS): a stranger's message must not hang n8n. RE2's notation differs from JavaScript's, so
 * what differs is written anew; what RE2 cannot do is refused.
 *
 * @param source a bare pattern, in which case doesn't matter, or `/pattern/flags`
 * @throws PatternError
 * @see https://github.com/google/re2/wiki/Syntax
 */
export async function compilePattern(source: string): Promise<Pattern> {
	const notation = readNotation(source);
	const { body, ignoreCase, multiline, dotAll } = notation;
	assertJavaScript(body);
	const translated = new Translation(notation).result();
	const { RE2JS } = await import('re2js');
	const flags =
		(ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) |
		(multiline ? RE2JS.MULTILINE : 0) |
		(dotAll ? RE2JS.DOTALL : 0);
	const compiled = compile(() => RE2JS.compile(translated, flags));
	return { test: (text) => compiled.test(forRe2(text, notation)) };
}

function compile<T extends { programSize(): number }>(compileWithRe2: () => T): T {
	let problem = '';
	try {
		const compiled = compileWithRe2();
		if (compiled.programSize() <= MAX_PROGRAM) return compiled;
	} catch (error) {
		problem = error instanceof Error ? error.message : String(error);
	}
	const isTooLarge = problem === '' || /repeat|size|nest|large/i.test(problem);
	throw new PatternError(
		isTooLarge
			? 'it repeats more than can be looked for'
			: `it holds something that handlers cannot look for (${problem})`,
	);
}

/** Tells `/pattern/flags` from a bare pattern, whose case doesn't matter: people text "YES". */
function readNotation(source: string): Notation {
	if (source.length > MAX_LENGTH) {
		throw new PatternError(
			`it can have up to ${MAX_LENGTH} characters, and this one has ${source.length}`,
		);
	}
	const end = source.lastIndexOf('/');
	const body = source.slice(1, end);
	const letters = source.slice(end + 1);
	const isDelimited = end > 0 && source.startsWith('/') && /^[a-z]*$/i.test(letters);
	if (!isDelimited || endsInsideEscape(body)) {
		return { body: source, ignoreCase: true, multiline: false, dotAll: false };
	}
	const unknown = /[^imsug]/.exec(letters)?.[0];
	if (unknown !== undefined) {
		throw new PatternError(
			`"${unknown}" is not a flag that can stand after the last "/". The flags are i, m, s, u and g. To look for a slash at the start of a text, write \\/ there`,
		);
	}
	return {
		body,
		ignoreCase: letters.includes('i'),
		multiline: letters.includes('m'),
		dotAll: letters.includes('s'),
	};
}

function endsInsideEscape(text: string): boolean {
	return /(?:^|[^\\])(?:\\\\)*\\$/.test(text);
}

// JavaScript's own words, and what they mean to somebody who typed the pattern.
const PROBLEMS: Array<[javaScript: RegExp, plain: string]> = [
	[/Unterminated group/, 'a "(" has no ")" after it. To look for a bracket, write \\('],
	[/Unmatched '\)'/, 'a ")" has no "(" before it. To look for a bracket, write \\)'],
	[/Unterminated character class/, 'a "[" has no "]" after it. To look for a bracket, write \\['],
	[
		/Nothing to repeat|Incomplete quantifier/,
		'there is nothing in front of a "*", "+", "?" or "{" that it could repeat. To look for such a sign, write a backslash in front of it',
	],
	[/numbers out of order/, 'the first number in {…} is greater than the second'],
	[/Range out of order/, 'a range in [ ] is the wrong way round, such as z-a'],
	[
		/\\ at end of pattern/,
		'there is nothing after the last backslash. To look for one, write \\\\',
	],
	[/Invalid group/, 'a group cannot start like this one. To look for a bracket, write \\('],
	[/capture group name/, 'the name of a group is not one, or there twice'],
	[
		/Invalid property name/,
		'\\p needs the name of a kind of characters, such as \\p{L} for letters',
	],
];

/** Makes sure that JavaScript understands it, strictly or with what it forgives. */
function assertJavaScript(body: string): void {
	if (problemIn(body, 'u') === undefined || problemIn(body, '') === undefined) return;
	const problem = problemIn(body, 'u') ?? '';
	const [, plain] = PROBLEMS.find(([javaScript]) => javaScript.test(problem)) ?? [];
	throw new PatternError(plain ?? `it is not a regular expression (${problem})`);
}

function problemIn(body: string, flags: string): string | undefined {
	try {
		new RegExp(body, flags);
		return undefined;
	} catch (error) {
		return (error as Error).message.replace(/^.*\/[a-z]*: /s, '');
	}
}

const LINE_END_CODES = [0x0a, 0x0d, 0x2028, 0x2029];

const LINE_ENDS = '\\n\\r\\x{2028}\\x{2029}';

// RE2 ends lines at \n only. Where case doesn't matter, JavaScript counts the long s and the Kelvin
// sign as word characters, and RE2 does not.
function forRe2(text: string, { ignoreCase, multiline }: Notation): string {
	const letters = ignoreCase ? text.replaceAll('\u017f', 's').replaceAll('\u212a', 'k') : text;
	if (!multiline) return letters;
	return letters.replaceAll('\r', '\n').replaceAll('\u2028', '\n').replaceAll('\u2029', '\n');
}

const REFUSED: Array<[start: RegExp, reason: string]> = [
	[
		/^\(\?<?[=!]/,
		'it looks ahead or behind with (?=…), (?!…), (?<=…) or (?<!…), which handlers cannot do',
	],
	[
		/^\(\?[a-z-]*[:)]/,
		'options such as (?i) are not supported. Write them behind the pattern, as in /yes/i',
	],
];

/** Writes a pattern that JavaScript understands in RE2's notation. */
class Translation {
	private position = 0;

	private readonly body: string;

	constructor(private readonly notation: Notation) {
		this.body = notation.body;
	}

	result(): string {
		let translated = '';
		while (this.position < this.body.length) translated += this.next();
		return translated;
	}

	private next(): string {
		const rest = this.body.slice(this.position);
		if (rest.startsWith('\\')) return this.escape();
		if (rest.startsWith('[')) return this.characterClass();
		if (rest.startsWith('(')) return this.group(rest);
		if (rest.startsWith('.') && !this.notation.dotAll) return this.take(1, `[^${LINE_ENDS}]`);
		const [quantifier] = /^\{\d+(?:,\d*)?\}/.exec(rest) ?? [];
		if (quantifier) return this.take(quantifier.length, quantifier);
		if (/^[{}\]]/.test(rest)) return this.take(1, `\\${rest[0]}`);
		return this.character(rest);
	}

	private take(length: number, translated: string): string {
		this.position += length;
		return translated;
	}

	private character(rest: string): string {
		const code = rest.codePointAt(0)!;
		this.assertLineEnds((one) => one === code);
		const character = String.fromCodePoint(code);
		return this.take(character.length, character);
	}

	private group(rest: string): string {
		const [, reason] = REFUSED.find(([start]) => start.test(rest) && !rest.startsWith('(?:')) ?? [];
		if (reason) throw new PatternError(reason);
		// What a group has found is of no use here.
		const [start] = /^\((?:\?:|\?<[^>]*>)?/.exec(rest)!;
		return this.take(start.length, '(?:');
	}

	private escape(): string {
		const set = this.set();
		if (set) return `[${set}]`;
		const [boundary] = /^\\[bB]/.exec(this.body.slice(this.position)) ?? [];
		if (boundary) return this.take(2, boundary);
		const code = this.escapedCharacter(false);
		this.assertLineEnds((one) => one === code);
		return codePoint(code);
	}

	private characterClass(): string {
		this.position++;
		const isNegated = this.body[this.position] === '^';
		if (isNegated) this.position++;
		let members = '';
		while (this.body[this.position] !== ']') members += this.member();
		this.position++;
		if (members) return `[${isNegated ? '^' : ''}${members}]`;
		return isNegated ? '[\\x{0}-\\x{10ffff}]' : '[^\\x{0}-\\x{10ffff}]';
	}

	private member(): string {
		const set = this.set();
		if (set) return set;
		const from = this.classCharacter();
		const isRange = this.body[this.position] === '-' && this.body[this.position + 1] !== ']';
		if (!isRange) return this.range(from, from);
		const dash = this.position++;
		// "[a-\d]" has no range in it: the dash is one of its members.
		if (this.set()) {
			this.position = dash;
			return this.range(from, from);
		}
		return this.range(from, this.classCharacter());
	}

	private range(from: number, to: number): string {
		this.assertLineEnds((code) => from <= code && code <= to);
		return from === to ? codePoint(from) : `${codePoint(from)}-${codePoint(to)}`;
	}

	// Line ends of all kinds become one in the text, which must make no difference to the pattern.
	private assertLineEnds(isMember: (code: number) => boolean): void {
		if (!this.notation.multiline) return;
		const members = LINE_END_CODES.filter(isMember).length;
		if (members === 0 || members === LINE_END_CODES.length) return;
		throw new PatternError(
			'with the flag m it cannot look for a certain kind of line end. Write \\s, which is any of them',
		);
	}

	private classCharacter(): number {
		if (this.body[this.position] === '\\') return this.escapedCharacter(true);
		const code = this.body.codePointAt(this.position)!;
		this.position += code > 0xffff ? 2 : 1;
		return code;
	}

	/** The members of a set such as `\d` or `\p{L}`, for between square brackets. */
	private set(): string | undefined {
		const rest = this.body.slice(this.position);
		const [escaped] = /^\\(?:[dDwWsS]|[pP]\{[^}]*\})/.exec(rest) ?? [];
		if (!escaped) return undefined;
		this.position += escaped.length;
		const flags = this.notation.ignoreCase ? 'iu' : 'u';
		const set = setOf(escaped, flags);
		this.assertLineEnds((code) => set.test(String.fromCodePoint(code)));
		return membersOf(escaped, flags);
	}

	/** The code point that an escape stands for. */
	private escapedCharacter(isInClass: boolean): number {
		const rest = this.body.slice(this.position);
		const numbered =
			/^\\u([dD][89abAB][\da-fA-F]{2})\\u([dD][c-fC-F][\da-fA-F]{2})/.exec(rest) ??
			/^\\u\{([\da-fA-F]+)\}/.exec(rest) ??
			/^\\u([\da-fA-F]{4})/.exec(rest) ??
			/^\\x([\da-fA-F]{2})/.exec(rest);
		if (numbered) {
			const [whole, high, low] = numbered;
			this.position += whole.length;
			const code = parseInt(high, 16);
			if (low) return 0x10000 + ((code - 0xd800) << 10) + (parseInt(low, 16) - 0xdc00);
			if (code <= 0x10ffff) return code;
		}
		const [, control] = /^\\c([a-zA-Z])/.exec(rest) ?? [];
		if (control) {
			this.position += 3;
			return control.charCodeAt(0) % 32;
		}
		if (/^\\0(?!\d)/.test(rest)) {
			this.position += 2;
			return 0;
		}
		if (/^\\[1-9]|^\\k</.test(rest) && !isInClass) {
			throw new PatternError('it repeats what a group found, which handlers cannot do');
		}
		if (/^\\(?:\d|[xucpP](?!\p{L}?$))/u.test(rest) || /^\\[\dxucpP]/.test(rest)) {
			throw new PatternError(
				`what stands behind a backslash is not known: ${Array.from(rest).slice(0, 4).join('')}`,
			);
		}
		const code = rest.codePointAt(1)!;
		this.position += code > 0xffff ? 3 : 2;
		const known = CONTROLS[rest[1]];
		if (known !== undefined) return known;
		return rest[1] === 'b' && isInClass ? 8 : code;
	}
}

const CONTROLS: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

const LAST_CODE_POINT = 0x10ffff;

const members = new Map<string, string>();

// RE2 knows fewer sets, reads `\s` as ASCII, and with "ignore case" it negates in another order. So
// they are written out as JavaScript has them.
function membersOf(set: string, flags: string): string {
	const key = `${set} ${flags}`;
	const known = members.get(key) ?? writeOut(setOf(set, flags));
	members.set(key, known);
	return known;
}

function writeOut(set: RegExp): string {
	const ranges: string[] = [];
	let start = -1;
	for (let code = 0; code <= LAST_CODE_POINT + 1; code++) {
		const isMember = code <= LAST_CODE_POINT && set.test(String.fromCodePoint(code));
		if (isMember && start < 0) start = code;
		if (!isMember && start >= 0) {
			ranges.push(`${codePoint(start)}-${codePoint(code - 1)}`);
			start = -1;
		}
	}
	return ranges.join('');
}

function setOf(set: string, flags: string): RegExp {
	if (problemIn(set, flags) === undefined) return new RegExp(set, flags);
	throw new PatternError(
		`${set} is not the name of a kind of characters, such as \\p{L} for letters. Small and capital letters matter in it`,
	);
}

function codePoint(code: number): string {
	return `\\x{${code.toString(16)}}`;
}
