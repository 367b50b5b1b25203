import { firstWord, toKeyword } from '../../nodes/TwilioSms/trigger/keyword';

describe('the first word', () => {
	it.each([
		['order two', 'order'],
		['  #order: two', 'order'],
		['👍 order', 'order'],
		["'order' two", 'order'],
		['order- two', 'order'],
		["don't order", "don't"],
		['t-shirt two', 't-shirt'],
		['42', '42'],
		['', ''],
		['👍!?', ''],
	])('of %j is %j', (text, word) => {
		expect(firstWord(text)).toBe(word);
	});

	it('is found in no time in the longest of texts', () => {
		expect(firstWord(`a${'-'.repeat(100_000)}!`)).toBe('a');
	});
});

describe('a keyword', () => {
	it.each([
		['order', 'order'],
		['#menu', 'menu'],
		['yes!', 'yes'],
		['"stop"', 'stop'],
		['t-shirt', 't-shirt'],
		["don't", "don't"],
		['注文', '注文'],
		['1.', '1'],
	])('%j is the word %j', (keyword, word) => {
		expect(toKeyword(keyword)).toBe(word);
	});

	it.each(['order now', 'order/now', 'n8n.io', '#', '?!', '👍', ''])(
		'%j is not one word',
		(keyword) => {
			expect(toKeyword(keyword)).toBeUndefined();
		},
	);
});
