import { toMediaUrls } from '../../nodes/TwilioSms/actions/message/mediaUrls';

const A = 'https://example.com/a.jpg';
const B = 'http://example.com/b.pdf?x=1&y=,2';

it.each([
	[undefined, []],
	[null, []],
	['', []],
	[[], []],
	[[''], []],
	[A, [A]],
	[`${A}\n${B}\n`, [A, B]],
	[
		[A, ` ${B} `],
		[A, B],
	],
])('are a list, or one text with an address on each line: %j', (value, expected) => {
	expect(toMediaUrls(value)).toEqual(expected);
});

it.each(['menu.jpg', 'ftp://example.com/a', 'https://', 'https:///a', 'javascript:alert(1)', {}])(
	'are addresses on the web, not %j',
	(value) => expect(() => toMediaUrls([A, value])).toThrow(/is not a web address/),
);

it('are ten at most', () => {
	expect(toMediaUrls(Array(10).fill(A))).toHaveLength(10);
	expect(() => toMediaUrls(Array(11).fill(A))).toThrow(/10 files at most, and these are 11/);
});
