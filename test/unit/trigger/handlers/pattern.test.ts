import fc from 'fast-check';

import { compilePattern, PatternError } from '../../../../nodes/TwilioSms/trigger/handlers/pattern';

async function thrownBy(source: string): Promise<unknown> {
	try {
		await compilePattern(source);
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

/** What tells one kind of line end from another, which is refused with the flag m. */
const ONE_LINE_END = ['\\n', '\\r\\n', '\\cJ', '\\cm'];

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
	])('%j', async (pattern) => {
		for (const flags of ['', 'i', 'm', 's', 'ims']) {
			const expected = TEXTS.filter((text) => foundByJavaScript(pattern, `u${flags}`, text));
			const source = `/${pattern}/${flags}`;
			if (flags.includes('m') && ONE_LINE_END.includes(pattern)) {
				await expect(compilePattern(source)).rejects.toThrow(/a certain kind of line end/);
				continue;
			}
			const { test } = await compilePattern(source);
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
	])('%j, which only its flag u refuses, as %j', async (pattern, strict) => {
		expect(native(pattern, 'iu')).toBeUndefined();
		expect(native(pattern, 'i')).toBeDefined();
		const expected = TEXTS.filter((text) => foundByJavaScript(strict, 'iu', text));
		expect(TEXTS.filter((await compilePattern(pattern)).test)).toEqual(expected);
	});

	it('for each pair of a small and a capital letter', async () => {
		const letters = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));
		const related = (letter: string) =>
			[letter.toLowerCase(), letter.toUpperCase()].filter((other) => other !== letter);
		for (const letter of letters.filter((one) => related(one).length > 0)) {
			const { test } = await compilePattern(`^${letter}$`);
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
	it('of what is supported agrees with JavaScript on any text', async () => {
		await fc.assert(
			fc.asyncProperty(
				randomPattern,
				randomFlags,
				fc.array(shortText, { minLength: 1, maxLength: 3 }),
				async (pattern, flags, texts) => {
					const source = `/${pattern}/${flags}`;
					const thrown = await thrownBy(source);
					fc.pre(!/a certain kind of line end/.test(String(thrown)));
					const { test } = await compilePattern(source);
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

	it('typed at random agrees with JavaScript, or is refused with a reason', async () => {
		const supported = (pattern: string) => !/\\[1-9k]|\(\?(?!:)|^\/.*\/[a-z]*$/is.test(pattern);
		await fc.assert(
			fc.asyncProperty(soup.filter(supported), shortText, async (pattern, text) => {
				const thrown = await thrownBy(pattern);
				if (native(pattern, 'iu')) {
					expect(thrown).toBeUndefined();
					expect((await compilePattern(pattern)).test(text)).toBe(
						foundByJavaScript(pattern, 'iu', text),
					);
				} else if (thrown === undefined) {
					expect((await compilePattern(pattern)).test('aB1 ')).toBe(
						new RegExp(pattern, 'i').test('aB1 '),
					);
				}
			}),
			{ numRuns: 6_000 },
		);
	});

	it('throws nothing but a PatternError, which says what is wrong', async () => {
		const anything = fc.oneof(soup, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
		await fc.assert(
			fc.asyncProperty(anything, shortText, async (source, text) => {
				const thrown = await thrownBy(source);
				if (thrown === undefined) {
					expect(typeof (await compilePattern(source)).test(text)).toBe('boolean');
					return;
				}
				expect(thrown).toBeInstanceOf(PatternError);
				expect((thrown as PatternError).message).toMatch(/^\S.{10,}/s);
			}),
			{ numRuns: 3_000 },
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
	])('%s', async (pattern, repeated, end) => {
		// JavaScript's engine would not come to an end with any of them.
		const { test } = await compilePattern(`/${pattern}/`);
		expect(test(repeated.repeat(10_000) + end)).toBe(false);
	});

	it("and JavaScript's own engine does not see it", async () => {
		const { test } = await compilePattern('(a+)+(\\b[^x]|\\p{L}.)*é{2}$');
		const asked = jest.spyOn(RegExp.prototype, 'exec');
		const alsoAsked = jest.spyOn(RegExp.prototype, 'test');
		const found = test('aaaa bbbb 😀 aaaé!');
		const texts = [...asked.mock.calls, ...alsoAsked.mock.calls].map(([text]) => text);
		jest.restoreAllMocks();
		expect(found).toBe(false);
		expect(texts).toEqual([]);
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
	])('%j finds something in %j: %j', async (source, text, found) => {
		expect((await compilePattern(source)).test(text)).toBe(found);
	});

	it('can be tested more than once', async () => {
		const { test } = await compilePattern('/a/g');
		expect(['a', 'b', 'a', 'a'].map(test)).toEqual([true, false, true, true]);
	});
});

describe('what cannot be used is refused with the reason', () => {
	it.each([
		['(a)\\1', 'repeats what a group found'],
		['(?<x>a)\\k<x>', 'repeats what a group found'],
		['a(?=b)', 'looks ahead or behind'],
		['a(?!b)', 'looks ahead or behind'],
		['(?<=a)b', 'looks ahead or behind'],
		['😀(?<!a)b', 'looks ahead or behind'],
		['(?i)yes', 'a group cannot start like this one'],
		['(?P<x>a)', 'a group cannot start like this one'],
		['(?>a)', 'a group cannot start like this one'],
		['(?', 'a group cannot start like this one'],
		['(?<1>a)', 'the name of a group'],
		['(?<>a)', 'the name of a group'],
		['a(b', 'a "(" has no ")" after it. To look for a bracket, write \\('],
		['ab)', 'a ")" has no "(" before it. To look for a bracket, write \\)'],
		['a[bc', 'a "[" has no "]" after it. To look for a bracket, write \\['],
		['a[b\\]', 'a "[" has no "]"'],
		['*', 'nothing in front of a "*", "+", "?" or "{"'],
		['a**', 'nothing in front of a "*", "+", "?" or "{"'],
		['a|+b', 'nothing in front of a "*", "+", "?" or "{"'],
		['a{3,2}', 'the first number in {…} is greater than the second'],
		['[z-a]', 'the wrong way round'],
		['yes\\', 'nothing after the last backslash'],
		['[\\1]', 'behind a backslash is not known'],
		['\\01', 'behind a backslash is not known'],
		['\\x4', 'behind a backslash is not known'],
		['\\u00', 'behind a backslash is not known'],
		['\\c1', 'behind a backslash is not known'],
		['a\\p', 'behind a backslash is not known'],
		['\\p{Letters}', 'not the name of a kind of characters'],
		['\\p{lu}', 'Small and capital letters matter in it'],
		['/a(b/i', 'a "(" has no ")"'],
		['/yes/x', '"x" is not a flag'],
		['/😀/iI', '"I" is not a flag'],
		['/path/to', '"t" is not a flag that can stand after the last "/"'],
		['a'.repeat(1001), 'can have up to 1000 characters, and this one has 1001'],
		['a{5000}', 'repeats more than can be looked for'],
		['b(a{0,99999999999})', 'repeats more than can be looked for'],
		['(((((a{9}){9}){9}){9}){9})', 'repeats more than can be looked for'],
		[`(?:(?:${'a'.repeat(30)}){100}){10}`, 'repeats more than can be looked for'],
	])('%j', async (source, reason) => {
		const thrown = await thrownBy(source);
		expect(thrown).toBeInstanceOf(PatternError);
		expect((thrown as PatternError).message).toContain(reason);
	});

	it.each([
		['a thousand characters', 'a'.repeat(1000), 'a'.repeat(1000)],
		['a thousand choices', 'a|'.repeat(499) + 'b', 'b'],
		['a hundred groups', '('.repeat(100) + 'a' + ')'.repeat(100), 'a'],
		['a thousand repetitions', 'a{1000}', 'a'.repeat(1000)],
	])('but not %s', async (_, source, text) => {
		expect((await compilePattern(source)).test(text)).toBe(true);
	});
});
