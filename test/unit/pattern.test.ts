import fc from 'fast-check';

import { buildProgram } from '../../nodes/TwilioSms/trigger/pattern/buildProgram';
import { compilePattern } from '../../nodes/TwilioSms/trigger/pattern/compilePattern';
import { matchesAnywhere } from '../../nodes/TwilioSms/trigger/pattern/matchPattern';
import { parsePattern } from '../../nodes/TwilioSms/trigger/pattern/parsePattern';
import { PatternCursor } from '../../nodes/TwilioSms/trigger/pattern/patternCursor';
import { PatternError } from '../../nodes/TwilioSms/trigger/pattern/patternError';

const NO_FLAGS = { ignoreCase: false, multiline: false, dotAll: false };

function thrownBy(source: string): unknown {
	try {
		compilePattern(source);
		return undefined;
	} catch (error) {
		return error;
	}
}

/** What JavaScript makes of a pattern, if it takes it. */
function native(pattern: string, flags: string): RegExp | undefined {
	try {
		return new RegExp(pattern, flags);
	} catch {
		return undefined;
	}
}

/**
 * Whether JavaScript finds a pattern that starts at any of the characters. When it looks for itself,
 * V8 also finds \B between the two halves of an emoji, against the standard.
 */
function foundByJavaScript(pattern: string, flags: string, text: string): boolean {
	const expression = new RegExp(pattern, `y${flags}`);
	const characters = Array.from(text);
	return [...characters.keys(), characters.length].some((count) => {
		expression.lastIndex = characters.slice(0, count).join('').length;
		return expression.test(text);
	});
}

/** How many states are looked at, of how many, before there is an answer. */
function effort(pattern: string, text: string) {
	const program = buildProgram(parsePattern(new PatternCursor(pattern, 0)), NO_FLAGS);
	let steps = 0;
	const states = new Proxy(program.states, {
		get(target, key) {
			if (key !== 'length') steps++;
			return Reflect.get(target, key) as unknown;
		},
	});
	const matches = matchesAnywhere({ ...program, states }, text);
	return { matches, steps, size: program.states.length };
}

const TEXTS = [
	'',
	'a',
	'b',
	'ab',
	'aab',
	'abab',
	'YES',
	'yes please',
	'Yes!',
	'no',
	'yesterday',
	'HELP me',
	'stop\nnow',
	'one\r\ntwo',
	'x\u2028y\u2029z',
	'order #12345',
	'+1 (555) 010-9999',
	'2024-12-31',
	'me.you@example.co.uk',
	'{name}',
	'a{,3}',
	'a{2',
	'C:\\temp',
	'1/2',
	'a-b',
	'[x]',
	'^',
	'straße',
	'STRASSE',
	'ſ',
	'\u212a',
	'é',
	'É',
	'Ω',
	'\u2126',
	'ω',
	'ς',
	'Σ',
	'İ',
	'ı',
	'ǅ',
	'привет',
	'ПРИВЕТ',
	'日本',
	'😀',
	'I 👍🏽 it',
	'\ud83d',
	'\ude00',
	'\ude00\ud83d',
	'\0',
	'\b',
	'\t',
	'\v\f',
	'\u00a0',
	'\ufeff',
	'_',
	'\r',
];

describe('a pattern means what it means to JavaScript', () => {
	it.each([
		'',
		'yes',
		'YES',
		'^yes$',
		'^(yes|y|ok)\\b',
		'\\byes\\b',
		'\\Bes',
		'es\\B',
		'\\B',
		'\\b',
		'yes|no',
		'|',
		'(|a)b',
		'^$',
		'$^',
		'a^',
		'$a',
		'.',
		'^.$',
		'^..$',
		'^...$',
		'e.p',
		'stop.now',
		'stop\\snow',
		'x.y',
		'\\d',
		'\\D',
		'^\\d+$',
		'#(\\d{5})',
		'\\d{4}-\\d{2}-\\d{2}',
		'\\w',
		'\\W',
		'^\\w+$',
		'^\\W+$',
		'\\s',
		'^\\S+$',
		'[abc]',
		'[^abc]',
		'^[^abc]+$',
		'[a-c]{2}',
		'[]',
		'[^]',
		'[\\]]',
		'[\\^]',
		'[\\-]',
		'[a\\-]',
		'[-a]',
		'[a-]',
		'[--/]',
		'[\\b]',
		'[\\d\\s]',
		'[^\\d\\s]',
		'[^\\W]',
		'[^\\w]',
		'[\\w.]+@[\\w.]+\\.[a-z]{2,}',
		'[.*+?]',
		'[é-í]',
		'[α-ω]',
		'[😀-😎]',
		'[^😀]',
		'a*',
		'^a*$',
		'^a+b',
		'^a?b$',
		'a{2}',
		'^a{2,}',
		'^a{1,}b$',
		'^a{1,2}b$',
		'^a{0,1}b$',
		'^a{0,1}b',
		'^(ab){2}$',
		'^(?:ab)+$',
		'^(?<twice>ab){2}$',
		'a{0}b',
		'^a*?b',
		'a+?b??',
		'a{1,2}?b',
		'(a*)*b',
		'(a|a)*b',
		'(?:)*',
		'(?:a?){3}b',
		'(?:^|b)a',
		'(?:^)*a',
		'(?:\\b|a)+$',
		'(^a|b$){2}',
		'\\t',
		'\\n',
		'\\r\\n',
		'\\f',
		'\\v',
		'\\0',
		'\\x41',
		'\\u0041',
		'\\u{41}',
		'\\u{1F600}',
		'\\u{00001f600}',
		'\\uD83D\\uDE00',
		'\\ud83d',
		'\\ude00',
		'\\uD83D',
		'[\\uD83D\\uDE00]',
		'[\\ud83d\\u{DE00}]',
		'\\cJ',
		'\\cm',
		'\\p{L}',
		'^\\p{L}+$',
		'\\P{L}',
		'\\p{Lu}',
		'\\P{Lu}',
		'\\p{Ll}',
		'[^\\P{Lu}]',
		'[^\\p{Lu}]',
		'\\p{Emoji}',
		'\\p{Emoji_Presentation}',
		'\\p{Script=Cyrillic}',
		'\\p{sc=Han}',
		'[\\p{L}\\p{N}]+',
		'\\^',
		'\\$',
		'\\.',
		'\\(\\d{3}\\)',
		'\\+1',
		'\\[x\\]',
		'\\{name\\}',
		'C:\\\\',
		'1\\/2',
		'1/2',
		'ß',
		'ẞ',
		'SS',
		'ſ',
		's',
		'k',
		'\u212a',
		'É',
		'Ω',
		'\u2126',
		'σ',
		'ς',
		'i',
		'İ',
		'ı',
		'ǆ',
		'привет',
		'😀',
		'👍',
		'\\ude00|😁',
	])('%j', (pattern) => {
		for (const flags of ['', 'i', 'm', 's', 'ims']) {
			const expected = TEXTS.filter((text) => foundByJavaScript(pattern, `u${flags}`, text));
			const { test } = compilePattern(`/${pattern}/${flags}`);
			expect([flags, TEXTS.filter(test)]).toEqual([flags, expected]);
		}
	});

	it.each([
		['{name}', '\\{name\\}'],
		['a{,3}', 'a\\{,3\\}'],
		['a{2', 'a\\{2'],
		['a{', 'a\\{'],
		['}', '\\}'],
		[']', '\\]'],
		['[x]]', '[x]\\]'],
		['^[\\w-.]+$', '^[\\w\\-.]+$'],
		['[+-\\d]', '[+\\-\\d]'],
		['[\\w-\\s]', '[\\w\\-\\s]'],
		['\\a', 'a'],
		['\\-', '-'],
		['\\#', '#'],
		['\\ ', ' '],
		['\\@', '@'],
		['\\é', 'é'],
		['\\😀', '😀'],
		['\\_', '_'],
		['[\\B]', 'B'],
		['[\\k]', 'k'],
		['\\X31', 'X31'],
		['\\U0041', 'U0041'],
		['\\Cm', 'Cm'],
	])('%j, which only its flag u refuses, as %j', (pattern, strict) => {
		expect(native(pattern, 'iu')).toBeUndefined();
		expect(native(pattern, 'i')).toBeDefined();
		const expected = TEXTS.filter((text) => foundByJavaScript(strict, 'iu', text));
		expect(TEXTS.filter(compilePattern(pattern).test)).toEqual(expected);
	});

	it('for each pair of a small and a capital letter', () => {
		const letters = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));
		const related = (letter: string) =>
			[letter.toLowerCase(), letter.toUpperCase()].filter((other) => other !== letter);
		for (const letter of letters.filter((one) => related(one).length > 0)) {
			const { test } = compilePattern(`^${letter}$`);
			const expected = new RegExp(`^${letter}$`, 'iu');
			for (const other of related(letter)) {
				expect([letter, other, test(other)]).toEqual([letter, other, expected.test(other)]);
			}
		}
	});
});

const character = fc.constantFrom(
	...['a', 'b', 'A', 'B', '1', ' ', '\n', '\r', '_', '-', 's', 'ſ', 'k', '\u212a', 'é', 'É', 'ß'],
	...['Ω', '\u2126', 'σ', 'ς', 'İ', '\u2028', '😀', '😁', '\ud83d', '\ude00'],
);
const shortText = fc.string({ unit: character, maxLength: 7 });
const oneOfSet = fc.oneof(
	character,
	fc.constantFrom('\\d', '\\D', '\\w', '\\W', '\\s', '\\S', '\\p{L}', '\\P{Lu}', '\\p{Emoji}'),
	fc.constantFrom('\\n', '\\x61', '\\u0041', '\\u{1F600}', '\\ud83d', '\\ude00', '\\cJ', '\\x00'),
);
const range = fc
	.tuple(character, character)
	.map((ends) => ends.sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!).join('-'))
	.filter((typed) => !typed.includes('--'));
const classOf = fc
	.tuple(
		fc.boolean(),
		fc.array(
			fc.oneof(
				oneOfSet.map((one) => one.replace(/^-$/, '\\-')),
				range,
			),
			{ maxLength: 3 },
		),
	)
	.map(([negated, members]) => `[${negated ? '^' : ''}${members.join('')}]`);
const quantifier = fc
	.tuple(fc.constantFrom('*', '+', '?', '{2}', '{0}', '{1,}', '{0,2}', '{1,3}'), fc.boolean())
	.map(([amount, lazy]) => amount + (lazy ? '?' : ''));
const { pattern: randomTree } = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
	pattern: fc
		.array(
			fc.array(
				fc.oneof(
					tie('atom'),
					tie('atom'),
					fc.tuple(tie('atom'), quantifier).map((parts) => parts.join('')),
					fc.constantFrom('^', '$', '\\b', '\\B'),
				),
				{ maxLength: 3 },
			),
			{ minLength: 1, maxLength: 3 },
		)
		.map((options) => options.map((parts) => parts.join('')).join('|')),
	atom: fc.oneof(
		{ maxDepth: 3, depthSize: 'small' },
		oneOfSet,
		fc.constant('.'),
		classOf,
		fc
			.tuple(fc.constantFrom('(', '(?:'), tie('pattern'))
			.map(([open, inner]) => `${open}${inner})`),
	),
}));
// Halves of an emoji that happened to meet can leave a range the wrong way round.
const randomPattern = randomTree.filter((pattern) => native(pattern, 'u') !== undefined);
const randomFlags = fc.subarray(['i', 'm', 's']).map((flags) => flags.join(''));

describe('any pattern', () => {
	it('of what is supported agrees with JavaScript on any text', () => {
		fc.assert(
			fc.property(
				randomPattern,
				randomFlags,
				fc.array(shortText, { minLength: 1, maxLength: 3 }),
				(pattern, flags, texts) => {
					const { test } = compilePattern(`/${pattern}/${flags}`);
					const expected = texts.map((text) => foundByJavaScript(pattern, `u${flags}`, text));
					expect(texts.map(test)).toEqual(expected);
				},
			),
			{ numRuns: 5_000 },
		);
	});

	// Shorter than what could make JavaScript slow.
	const soup = fc.string({
		unit: fc.constantFrom(...'aB1 /\\\\\\^$.*+?()(){}[]|,-:<=!>dDwWsSbBpPkKuxc02nL'),
		maxLength: 9,
	});

	it('typed at random agrees with JavaScript, or is refused with a reason', () => {
		const supported = (pattern: string) => !/\\[1-9k]|\(\?(?!:)|^\/.*\/[a-z]*$/is.test(pattern);
		fc.assert(
			fc.property(soup.filter(supported), shortText, (pattern, text) => {
				const thrown = thrownBy(pattern);
				if (native(pattern, 'iu')) {
					expect(thrown).toBeUndefined();
					expect(compilePattern(pattern).test(text)).toBe(foundByJavaScript(pattern, 'iu', text));
				} else if (thrown === undefined) {
					expect(compilePattern(pattern).test('aB1 ')).toBe(new RegExp(pattern, 'i').test('aB1 '));
				}
			}),
			{ numRuns: 6_000 },
		);
	});

	it('throws nothing but a PatternError, with the place of what is wrong', () => {
		const anything = fc.oneof(soup, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
		fc.assert(
			fc.property(anything, shortText, (source, text) => {
				const thrown = thrownBy(source);
				if (thrown === undefined) {
					expect(typeof compilePattern(source).test(text)).toBe('boolean');
					return;
				}
				expect(thrown).toBeInstanceOf(PatternError);
				const { position, message } = thrown as PatternError;
				expect(message).toMatch(`At character ${position}: `);
				expect(position).toBeGreaterThanOrEqual(1);
				expect(position).toBeLessThanOrEqual(Array.from(source).length + 1);
			}),
			{ numRuns: 3_000 },
		);
	});

	it('looks at each of its states once at most for each place in the text', () => {
		fc.assert(
			fc.property(randomPattern, shortText, (pattern, text) => {
				const { steps, size } = effort(pattern, text);
				expect(steps).toBeLessThanOrEqual(size * (Array.from(text).length + 1));
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('no text makes a pattern slow', () => {
	it.each([
		['(a+)+$', 'a', '!'],
		['(a|a)*b', 'a', ''],
		['(a|aa)+$', 'a', '!'],
		['(.*)*x', 'a', ''],
		['(.*a){20}$', 'a', '!'],
		['\\s*\\s*\\s*x', ' ', ''],
		['^(\\w+\\s?)*$', 'word ', '!'],
		['^(([a-z])+.)+[A-Z]([a-z])+$', 'a', ''],
		['(a?){20}a{20}b', 'a', ''],
		['((((a*)*)*)*)*b', 'a', ''],
		['(x+x+)+y', 'x', ''],
		['([\\w.-]+)+@', 'a.', '!'],
		['(\\p{L}|\\p{Emoji})*b{2}', '😀a', ''],
	])('%s', (pattern, repeated, end) => {
		const text = (length: number) => repeated.repeat(length / repeated.length) + end;
		const half = effort(pattern, text(5_000));
		const whole = effort(pattern, text(10_000));
		expect(whole.matches).toBe(false);
		expect(whole.steps / half.steps).toBeLessThan(2.1);
		expect(whole.steps).toBeLessThanOrEqual(whole.size * 10_002);
	});

	it("and JavaScript's own engine sees one character at a time", () => {
		const { test } = compilePattern('(a+)+(\\b[^x]|\\p{L}.)*é{2}$');
		const asked = jest.spyOn(RegExp.prototype, 'exec');
		const alsoAsked = jest.spyOn(RegExp.prototype, 'test');
		test('aaaa bbbb 😀 aaaé!');
		const texts = [...asked.mock.calls, ...alsoAsked.mock.calls].map(([text]) => text);
		jest.restoreAllMocks();
		expect(texts.length).toBeGreaterThan(0);
		expect(texts.filter((text) => Array.from(text).length !== 1)).toEqual([]);
	});
});

describe('how a pattern is written', () => {
	it.each([
		['yes', 'YES', true],
		['/yes/', 'YES', false],
		['/yes/', 'yes', true],
		['/yes/i', 'YES', true],
		['/yes/gu', 'yes', true],
		['^now', 'stop\nnow', false],
		['/^now/m', 'stop\nnow', true],
		['/p.now/', 'stop\nnow', false],
		['/p.now/s', 'stop\nnow', true],
		['//', 'anything', true],
		['/', '1/2', true],
		['/', 'half', false],
		['/2', '1/2', true],
		['1/', '1/2', true],
		['/a/b/', 'xa/bx', true],
		['/a\\/', '/a/', true],
		['/a\\/', 'a', false],
		['/a\\\\/', 'a\\', true],
		['/2024/12', 'on /2024/12', true],
		['[/]i', '/I', true],
		[' yes', 'yes', false],
	])('%j finds something in %j: %j', (source, text, found) => {
		expect(compilePattern(source).test(text)).toBe(found);
	});

	it('can be tested more than once', () => {
		const { test } = compilePattern('/a/g');
		expect(['a', 'b', 'a', 'a'].map(test)).toEqual([true, false, true, true]);
	});
});

describe('what cannot be used is refused with the reason and the place', () => {
	it.each([
		['(a)\\1', 4, 'repeating what a group found, with \\1 or \\k<name>, is not supported'],
		['(?<x>a)\\k<x>', 8, 'repeating what a group found'],
		['a(?=b)', 2, 'looking ahead or behind'],
		['a(?!b)', 2, 'looking ahead or behind'],
		['(?<=a)b', 1, 'looking ahead or behind'],
		['😀(?<!a)b', 2, 'looking ahead or behind'],
		['(?i)yes', 1, 'options such as (?i) are not supported here. Write them behind'],
		['(?i:yes)', 1, 'options such as (?i)'],
		['(?-i:yes)', 1, 'options such as (?i)'],
		['(?P<x>a)', 1, 'a group cannot start with this'],
		['(?>a)', 1, 'a group cannot start with this'],
		['(?', 1, 'a group cannot start with this'],
		['(?<1>a)', 1, 'the name of a group is'],
		['(?<>a)', 1, 'the name of a group is'],
		['a(b', 2, 'this "(" has no ")" after it. To look for a bracket, write \\(.'],
		['a(b(c)', 2, 'this "(" has no ")"'],
		['ab)', 3, 'this ")" has no "(" before it. To look for a bracket, write \\).'],
		['a[bc', 2, 'this "[" has no "]" after it. To look for a bracket, write \\[.'],
		['a[b\\]', 2, 'this "[" has no "]"'],
		['[a-', 1, 'this "[" has no "]"'],
		['*', 1, 'there is nothing before "*" that it could repeat'],
		['a**', 3, 'there is nothing before "*"'],
		['a|+b', 3, 'there is nothing before "+" that it could repeat. To look for'],
		['(?)', 1, 'a group cannot start with this'],
		['({2})', 2, 'there is nothing before "{2}" that it could repeat. To look for'],
		['^*', 2, 'there is nothing before "*"'],
		['\\b+', 3, 'there is nothing before "+"'],
		['a{3,2}', 2, 'the first number in {3,2} is greater than the second'],
		['[z-a]', 2, 'the range from "z" to "a" is the wrong way round'],
		['yes\\', 4, 'there is nothing after the backslash'],
		['[\\', 2, 'there is nothing after the backslash'],
		['[\\1]', 2, 'a backslash with a number is not supported'],
		['\\01', 1, 'a backslash with a number is not supported'],
		['\\x4', 1, '\\x needs two hexadecimal digits'],
		['\\u00', 1, '\\u needs the number of a character'],
		['\\u{110000}', 1, '\\u needs the number of a character'],
		['\\c1', 1, '\\c needs a letter'],
		['a\\p', 2, '\\p needs the name of a kind of characters'],
		['\\p{Letters}', 1, '\\p needs the name of a kind of characters'],
		['\\p{lu}', 1, 'Small and capital letters matter in it'],
		['[\\p{}]', 2, '\\p needs the name of a kind of characters'],
		['/a(b/i', 3, 'this "(" has no ")"'],
		['/yes/x', 6, '"x" is not a flag'],
		['/😀/iI', 5, '"I" is not a flag'],
		['/path/to', 7, '"t" is not a flag that can stand after the last "/"'],
		['a'.repeat(1001), 1001, 'a pattern can have up to 1000 characters, and this one has 1001.'],
		['a{5000}', 2, 'the pattern repeats more than can be looked for'],
		['b(a{0,99999999999})', 4, 'the pattern repeats more than'],
		['(((((a{9}){9}){9}){9}){9})', 7, 'the pattern repeats more than'],
		[`${'b'.repeat(500)}a{4900}`, 502, 'the pattern repeats more than'],
		['('.repeat(500), 101, 'there are more than 100 groups inside each other'],
	])('%j', (source, position, reason) => {
		const thrown = thrownBy(source);
		expect(thrown).toBeInstanceOf(PatternError);
		expect(thrown).toMatchObject({ name: 'PatternError', position });
		expect((thrown as PatternError).message).toMatch(new RegExp(`^At character ${position}: `));
		expect((thrown as PatternError).message).toContain(reason);
	});

	it.each([
		['a thousand characters', 'a'.repeat(1000), 'a'.repeat(1000)],
		['a thousand choices', 'a|'.repeat(499) + 'b', 'b'],
		['a hundred groups', '('.repeat(100) + 'a' + ')'.repeat(100), 'a'],
		['almost five thousand repetitions', 'a{4999}', 'a'.repeat(4999)],
		['nothing, a billion times', '(?:(?:){999999999}){0,999999999}(?:a{0}){9999999999,}', ''],
	])('but not %s', (_, source, text) => {
		expect(compilePattern(source).test(text)).toBe(true);
	});
});
