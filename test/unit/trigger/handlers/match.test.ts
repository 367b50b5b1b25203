import fc from 'fast-check';

import type {
	Condition,
	HandledMessage,
	Rule,
} from '../../../../nodes/TwilioSms/trigger/handlers/match';
import {
	firstWord,
	foldText,
	outputFor,
	toKeyword,
	toRules,
} from '../../../../nodes/TwilioSms/trigger/handlers/match';

const message = (given: Partial<HandledMessage> = {}): HandledMessage => ({
	body: '',
	from: '+14155550123',
	to: '+14155550100',
	numMedia: 0,
	optOut: null,
	...given,
});

const rule = (condition: Condition, value = ''): Rule => ({ name: 'A', condition, value });

/** Whether a message goes to the only handler, not to "Other". */
const matches = async (given: Partial<HandledMessage>, condition: Condition, value?: string) => {
	const output = await outputFor(message(given), [rule(condition, value)]);
	expect([0, 1]).toContain(output);
	return output === 0;
};

describe('a keyword', () => {
	it.each([
		['alone', 'order', 'order'],
		['in capitals', 'ORDER', 'order'],
		['in capitals in the handler', 'order', 'Order'],
		['with more behind it', 'Order 2 pizzas', 'order'],
		['before a line break', 'order\n2 pizzas', 'order'],
		['before a sign', 'order!', 'order'],
		['in quotes', '“Order” please', 'order'],
		['behind space', '  order', 'order'],
		['behind a sign', '#order', 'order'],
		['behind an emoji', '👍 order', 'order'],
		['with space around it in the handler', 'order', ' order '],
		['a number', '42', '42'],
		['with an apostrophe', "don't call", "don't"],
		['with a typographic apostrophe', 'don’t call', 'don’t'],
		['with a typographic apostrophe, given with a straight one', 'Don’t call', "don't"],
		['with a straight apostrophe, given with a typographic one', "Don't call", 'don’t'],
		['with a hyphen', 'opt-out now', 'opt-out'],
		['given with a sign before it', 'menu please', '#menu'],
		['given with a sign behind it', 'yes', 'YES!'],
		['given in quotes, one of several', 'Buy', '"order", "buy"'],
		['in another script', 'Заказ, пожалуйста', 'заказ'],
		['in a script without cases', '注文 お願いします', '注文'],
		['in a script with vowel signs', 'नमस्ते दोस्त', 'नमस्ते'],
		['in a script that joins letters', 'می\u200cخواهم الان', 'می\u200cخواهم'],
		['with accents in one character, given as two', 'CAFÉ', 'cafe\u0301'],
		['with accents in two characters, given as one', 'Cafe\u0301 now', 'café'],
	])('matches the first word: %s', async (_, body, value) => {
		expect(await matches({ body }, 'keyword', value)).toBe(true);
	});

	it.each([
		['the second word', 'my order', 'order'],
		['the beginning of a word', 'ordering', 'order'],
		['the end of a word', 'reorder', 'order'],
		['a part of a hyphened word', 'order-form', 'order'],
		['a word without its accent', 'cafe', 'café'],
		['an empty text', '', 'order'],
		['a text of signs', '!?', 'order'],
		['a text of signs, given as a sign', '?', '?'],
		['two words', 'order now', 'order now'],
	])('does not match %s', async (_, body, value) => {
		expect(await matches({ body }, 'keyword', value)).toBe(false);
	});
});

describe('what a text contains', () => {
	it.each([
		['anywhere', 'I would like to order', 'like'],
		['in any case', 'THANK YOU', 'thank'],
		['within a word', 'reordering', 'order'],
		['of several words', 'Many thanks to you', 'thanks to'],
		['of signs', 'How much is it?', '?'],
		['an emoji', 'Great 👍🏽', '👍'],
		['across accents written in two ways', 'Cre\u0300me BRU\u0302LE\u0301E', 'crème brûlée'],
		['in capitals of another script', 'ПРИВЕТ', 'привет'],
		['behind an apostrophe that a phone has curled', 'Yes, I’m here', "I'm here"],
	])('matches %s', async (_, body, value) => {
		expect(await matches({ body }, 'contains', value)).toBe(true);
	});

	it.each([
		['what is not there', 'Hello', 'order'],
		['what is there with other space', 'thanks  to', 'thanks to'],
		['an empty text', '', 'order'],
	])('does not match %s', async (_, body, value) => {
		expect(await matches({ body }, 'contains', value)).toBe(false);
	});

	it('is found wherever it is', async () => {
		const text = fc.string({ unit: 'grapheme' });
		const part = text.filter(
			(value) => value.trim() === value && value !== '' && !value.includes(','),
		);
		await fc.assert(
			fc.asyncProperty(text, part, text, async (before, value, after) => {
				const body = `${before} ${value} ${after}`;
				expect(await matches({ body }, 'contains', value)).toBe(true);
				expect(
					await matches({ body: body.normalize('NFD') }, 'contains', value.normalize('NFC')),
				).toBe(true);
			}),
		);
	});
});

describe('how a text starts', () => {
	it.each([
		['with a part of a word', 'Good morning', 'good m'],
		['in any case', 'GOOD', 'good'],
		['behind space', '\n Good morning', 'good'],
		['with a sign', '#42', '#'],
		['across accents written in two ways', 'E\u0301te\u0301', 'été'],
		['with an apostrophe that a phone has curled', 'What’s up', "what's"],
	])('matches %s', async (_, body, value) => {
		expect(await matches({ body }, 'startsWith', value)).toBe(true);
	});

	it.each([
		['what comes later', 'A good morning', 'good'],
		['what comes behind a sign', '#good', 'good'],
		['what is longer than the text', 'good', 'good m'],
	])('does not match %s', async (_, body, value) => {
		expect(await matches({ body }, 'startsWith', value)).toBe(false);
	});
});

describe('a pattern', () => {
	it.each([
		['anywhere, in any case', 'Please ORDER 12', 'order \\d+'],
		['from beginning to end', '#42', '^#\\d+$'],
		['in the case it is written in between slashes', 'ORDER', '/ORDER/'],
		['with commas of its own', 'aaa', '^a{2,3}$'],
		['one of several', 'buy', '^(order|buy)$'],
	])('matches %s', async (_, body, value) => {
		expect(await matches({ body }, 'regex', value)).toBe(true);
	});

	it.each([
		['what is not there', 'Hello', '^#\\d+$'],
		['another case between slashes', 'order', '/ORDER/'],
		['anything when it is empty', 'Hello', ''],
		['anything when it is none', 'Hello (', '('],
		['anything when there is none', 'Hello', undefined],
	])('does not match %s', async (_, body, value) => {
		expect(await matches({ body }, 'regex', value)).toBe(false);
	});
});

describe('a sender', () => {
	it.each([
		['in E.164', '+14155550123', '+14155550123'],
		['as people write it', '+14155550123', '+1 (415) 555-0123'],
		['without +', '+14155550123', '14155550123'],
		['with 00', '+442079460958', '0044 20 7946 0958'],
		['of a short code', '12345', '12345'],
		['with a name, in any case', 'MyShop', 'myshop'],
		['on WhatsApp, by the number', 'whatsapp:+14155550123', '+1 415 555 0123'],
		['on WhatsApp, by the address', 'whatsapp:+14155550123', 'whatsapp:+14155550123'],
		['on WhatsApp, in any case', 'whatsapp:+14155550123', 'WhatsApp:+1 415 555 0123'],
		['on Messenger', 'messenger:1234567890123456', 'messenger:1234567890123456'],
		['on RCS', 'rcs:brand_agent', 'rcs:Brand_Agent'],
	])('matches %s', async (_, from, value) => {
		expect(await matches({ from }, 'from', value)).toBe(true);
	});

	it.each([
		['another number', '+14155550124', '+14155550123'],
		['a number that contains it', '+141555501234', '+14155550123'],
		['a number that ends with it', '+14155550123', '5550123'],
		['the number on SMS when WhatsApp is asked for', '+14155550123', 'whatsapp:+14155550123'],
		['the number on another channel', 'whatsapp:+14155550123', 'messenger:+14155550123'],
		['nobody', null, '+14155550123'],
		['nobody, by nothing', null, ' '],
		['a channel alone', 'whatsapp:+14155550123', 'whatsapp:'],
	])('does not match %s', async (_, from, value) => {
		expect(await matches({ from }, 'from', value)).toBe(false);
	});

	it.each([
		['+14155550100', '(415) 555-0123', true],
		['whatsapp:+14155550100', '415-555-0123', true],
		['+442079460018', '(415) 555-0123', false],
		[null, '(415) 555-0123', false],
	])('who texted %s matches a number without country code: %s, %s', async (to, value, expected) => {
		const from = to?.startsWith('whatsapp:') ? 'whatsapp:+14155550123' : '+14155550123';
		expect(await matches({ from, to }, 'from', value)).toBe(expected);
	});
});

describe('media', () => {
	it.each([
		[0, false],
		[1, true],
		[10, true],
	])('%i of them match: %s', async (numMedia, expected) => {
		expect(await matches({ numMedia }, 'hasMedia')).toBe(expected);
		expect(await matches({ numMedia, body: 'Look' }, 'hasMedia', 'anything')).toBe(expected);
	});
});

describe('an opt-out word', () => {
	it.each(['STOP', 'START', 'HELP'])('matches as any, and as %s', async (optOut) => {
		expect(await matches({ optOut }, 'optOut')).toBe(true);
		expect(await matches({ optOut }, 'optOut', '')).toBe(true);
		expect(await matches({ optOut }, 'optOut', optOut)).toBe(true);
	});

	it('does not match as another, and a text without one does not match', async () => {
		expect(await matches({ optOut: 'STOP' }, 'optOut', 'START')).toBe(false);
		expect(await matches({ optOut: null, body: 'stop the car' }, 'optOut')).toBe(false);
		expect(await matches({ optOut: null }, 'optOut', 'STOP')).toBe(false);
	});
});

describe('several values, separated by commas,', () => {
	it.each<[Condition, Partial<HandledMessage>]>([
		['keyword', { body: 'Buy now' }],
		['contains', { body: 'I buy' }],
		['startsWith', { body: 'buying' }],
		['from', { from: 'buy' }],
	])('match if any does: %s', async (condition, given) => {
		expect(await matches(given, condition, 'order, buy')).toBe(true);
		expect(await matches(given, condition, 'buy,order')).toBe(true);
		expect(await matches(given, condition, ' , ,Buy,')).toBe(true);
		expect(await matches(given, condition, 'order, sell')).toBe(false);
	});

	it('are one in a pattern, where commas mean something', async () => {
		expect(await matches({ body: 'a,b' }, 'regex', '^a,b$')).toBe(true);
		expect(await matches({ body: 'a' }, 'regex', 'a,b')).toBe(false);
	});

	it.each(['', ' ', ',', ' , ,', undefined])(
		'match nothing when there is none: %j',
		async (value) => {
			for (const condition of ['keyword', 'contains', 'startsWith', 'from'] as const) {
				expect(await matches({ body: 'Hello, you', from: '+14155550123' }, condition, value)).toBe(
					false,
				);
				expect(await matches({ body: '', from: '' }, condition, value)).toBe(false);
			}
		},
	);
});

describe('of several handlers', () => {
	const rules = [rule('keyword', 'order'), rule('contains', 'please'), rule('hasMedia')];

	it('the first that matches has it, and "Other" behind them what none does', async () => {
		expect(await outputFor(message({ body: 'order please' }), rules)).toBe(0);
		expect(await outputFor(message({ body: 'Hello please', numMedia: 1 }), rules)).toBe(1);
		expect(await outputFor(message({ numMedia: 1 }), rules)).toBe(2);
		expect(await outputFor(message({ body: 'Hello' }), rules)).toBe(3);
	});

	it('there may be none', async () => {
		expect(await outputFor(message(), [])).toBe(0);
		expect(toRules({})).toEqual([]);
		expect(toRules({ rules: [{ name: 'A', condition: 'hasMedia' }] })).toMatchObject([
			{ name: 'A', condition: 'hasMedia' },
		]);
	});

	it('one that an expression made wrong matches as the text it is, or not at all', async () => {
		const wrong = (condition: string, value: unknown) =>
			toRules({ rules: [{ name: 'A', condition, value }] });
		for (const none of [null, undefined, 'text', 7, { rules: 'text' }, { rules: { a: 1 } }]) {
			expect(toRules(none)).toEqual([]);
		}
		expect(toRules({ rules: [null, 'text', { name: {}, value: ['a'] }] })).toEqual(
			Array(3).fill({ name: '', condition: '', value: '' }),
		);
		expect(await outputFor(message({ body: '42 please' }), wrong('keyword', 42))).toBe(0);
		expect(await outputFor(message({ body: 'Hello' }), wrong('contains', null))).toBe(1);
		expect(await outputFor(message({ body: 'Hello' }), wrong('sounds like', 'hello'))).toBe(1);
	});

	it('some output takes every text, whatever it is', async () => {
		const condition = fc.constantFrom<Condition>(
			...(['contains', 'from', 'hasMedia', 'keyword', 'optOut', 'regex', 'startsWith'] as const),
		);
		const text = fc.string({ unit: 'binary' });
		const someRules = fc.array(fc.record({ name: text, condition, value: text }), { maxLength: 5 });
		await fc.assert(
			fc.asyncProperty(text, text, someRules, async (body, from, given) => {
				const output = await outputFor(message({ body, from }), given);
				expect(output).toBeGreaterThanOrEqual(0);
				expect(output).toBeLessThanOrEqual(given.length);
			}),
		);
	});
});

describe('a word', () => {
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
});

describe('a folded text', () => {
	it.each([
		['upper and lower case', 'ÄRGER', 'ärger'],
		['an accent in one character and in two', 'cafe\u0301', 'caf\u00e9'],
		['the apostrophe that phones make of a straight one', 'don’t', "don't"],
		['the letter that looks like an apostrophe', 'donʼt', "don't"],
		['single quotes that phones curl', '‘now’', "'now'"],
		['double quotes that phones curl', '“now”', '"now"'],
	])('makes no difference of %s', (_, one, other) => {
		expect(foldText(one)).toBe(foldText(other));
	});

	it.each([
		['an accent', 'cafe', 'café'],
		['a sign', 'now!', 'now'],
		['space', 'now ', 'now'],
	])('makes a difference of %s', (_, one, other) => {
		expect(foldText(one)).not.toBe(foldText(other));
	});
});
