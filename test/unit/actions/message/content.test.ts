import { runInNewContext } from 'node:vm';
import { SegmentedMessage } from 'sms-segments-calculator';
import {
	lengthHints,
	toContentVariables,
	toMediaUrls,
} from '../../../../nodes/TwilioSms/actions/message/content';

it.each([
	['{"1": "Anna"}', '{"1":"Anna"}'],
	[' {"name": "Zoë 👍", "2": "a    b"} ', '{"2":"a    b","name":"Zoë 👍"}'],
	[{ 1: 'Anna', 2: 7, 3: true }, '{"1":"Anna","2":"7","3":"true"}'],
])('are a JSON object of texts: %j', (value, expected) => {
	expect(toContentVariables(value)).toBe(expected);
});

it.each(['', '  ', '{}', {}, null, undefined, 'null'])('may be missing: %j', (value) => {
	expect(toContentVariables(value)).toBeUndefined();
});

it.each([
	['{"1": Anna}', /not valid JSON/],
	["{'1': 'Anna'}", /not valid JSON/],
	['Anna', /not valid JSON/],
	['["Anna"]', /not a JSON object/],
	['"Anna"', /not a JSON object/],
	[7, /not a JSON object/],
	['{"1": null}', /variable "1" has no text/],
	['{"1": {"a": 1}}', /variable "1" has no text/],
	[{ 2: undefined }, /variable "2" has no text/],
	[{ name: ['a'] }, /variable "name" has no text/],
	// Twilio's error 21656: https://www.twilio.com/docs/api/errors/21656
	['{"1": ""}', /variable "1" is empty/],
	['{"1": "  "}', /variable "1" is empty/],
	[{ 1: 'a\nb' }, /variable "1" holds a line break or a tab/],
	[{ 1: 'a\rb' }, /variable "1" holds a line break or a tab/],
	[{ 1: 'a\tb' }, /variable "1" holds a line break or a tab/],
	[{ 1: 'a     b' }, /variable "1" holds more than four spaces/],
])('are refused when they are %j', (value, message) => {
	expect(() => toContentVariables(value)).toThrow(message);
});

describe('media addresses', () => {
	const A = 'https://example.com/a.jpg';
	const B = 'http://example.com/b.pdf?x=1&y=,2';

	it.each([
		[undefined, []],
		[null, []],
		['', []],
		[[], []],
		[[''], []],
		[A, [A]],
		[
			'https://café.example/Straße.jpg?x=ä%20b',
			['https://xn--caf-dma.example/Stra%C3%9Fe.jpg?x=%C3%A4%20b'],
		],
		[`${A}\n${B}\n`, [A, B]],
		[
			[A, ` ${B} `],
			[A, B],
		],
		[`${A}, ${B};${A}`, [A, B, A]],
		[`${A},${B},`, [A, B]],
		[`${A};\n${B};`, [A, B]],
		['https://example.com/a,b;c.jpg', ['https://example.com/a,b;c.jpg']],
	])(
		'are a list, or one text with addresses by commas, semicolons or lines: %j',
		(value, expected) => {
			expect(toMediaUrls(value)).toEqual(expected);
		},
	);

	it.each(['menu.jpg', 'ftp://example.com/a', 'https://', 'https:///a', 'javascript:alert(1)', {}])(
		'are addresses on the web, not %j',
		(value) => expect(() => toMediaUrls([A, value])).toThrow(/is not a web address/),
	);

	it('are ten at most', () => {
		expect(toMediaUrls(Array(10).fill(A))).toHaveLength(10);
		expect(() => toMediaUrls(Array(11).fill(A))).toThrow(/10 files at most, and these are 11/);
	});
});

describe('the hint about the length of a text', () => {
	// n8n evaluates it as an expression, without anything of this module.
	const code = String(lengthHints[0].displayCondition).replace(/^=\{\{(.*)\}\}$/s, '$1');
	const isShown = runInNewContext(`($parameter) => ${code}`) as (parameters: object) => boolean;

	it.each([
		['A'.repeat(160), false],
		['A'.repeat(161), true],
		['é€\n'.repeat(40), false],
		['é€\n'.repeat(41), true],
		['[{~|'.repeat(20), false],
		[`${'A'.repeat(69)}ő`, false],
		[`${'A'.repeat(70)}ő`, true],
		['🙂'.repeat(36), true],
		['', false],
		[undefined, false],
	])('is shown where Twilio makes several messages of it: %j', (message, shown) => {
		expect(isShown({ operation: 'send', messageType: 'text', message })).toBe(shown);
		if (message) expect(new SegmentedMessage(message).segmentsCount > 1).toBe(shown);
	});

	it('is not about templates, nor about questions, which are cut', () => {
		const message = 'A'.repeat(500);
		expect(isShown({ operation: 'send', messageType: 'template', message })).toBe(false);
		expect(isShown({ operation: 'sendAndWait', message })).toBe(false);
	});
});
