import fc from 'fast-check';

import { toTwiml } from '../../../../nodes/TwilioSms/trigger/receiving/reply';
import { evaluateTwiml } from '../../../simulator/webhook/twiml';

/** The texts that Twilio sends back on this answer. */
const replies = (twiml: string) => {
	const answer = evaluateTwiml(twiml);
	expect(answer).toEqual({ replies: expect.any(Array) });
	for (const { mediaUrls, ...addressed } of answer.replies) {
		expect(mediaUrls).toEqual([]);
		expect(addressed).toEqual({ body: expect.any(String) });
	}
	return answer.replies.map(({ body }) => body);
};

/** What is left of a text in XML: no control characters, no half pairs, one kind of line end. */
const readable = (text: string) =>
	Array.from(text)
		.filter((character) => {
			const code = character.codePointAt(0)!;
			const isControl =
				(code < 0x20 && !'\t\n\r'.includes(character)) || (code >= 0x7f && code < 0xa0);
			return !isControl && !(code >= 0xd800 && code < 0xe000) && code !== 0xfffe && code !== 0xffff;
		})
		.join('')
		.replace(/\r\n?/g, '\n');

describe('a reply', () => {
	it.each([
		'Thank you!',
		'Tom & Jerry <3 "quotes" \'here\'',
		'&amp; &lt; &#65; &#x41; &nbsp; &unknown;',
		'<Response><Message>hi</Message></Response>',
		'</Message><Message to="+14155550199">Spam</Message><Message>',
		'</Message></Response><Redirect>https://evil.example.com</Redirect>',
		']]> <![CDATA[x]]> <!-- x --> <?x y?>',
		'<!DOCTYPE x [<!ENTITY e "y">]>&e;',
		'Grüße 👍🏽 👨‍👩‍👧 Привет 你好 مرحبا',
		'one\ntwo\tthree',
		'  two before, two after  ',
		'\u00a0\ufeff x',
		'0',
		'null',
	])('says %j to the sender and nothing else to anybody', (text) => {
		expect(replies(toTwiml(text))).toEqual([text]);
	});

	// Parsers that are lenient about it, such as the one above, would not tell.
	it('has no ]]> in it, which XML allows at the end of a CDATA section only', () => {
		expect(toTwiml('a ]]> b')).not.toContain(']]>');
	});

	it('is one line end for each, as everywhere in XML', () => {
		expect(replies(toTwiml('one\r\ntwo\rthree'))).toEqual(['one\ntwo\nthree']);
	});

	it.each([
		['a null', 'a\0b'],
		['a bell and an escape', 'a\u0007\u001bb'],
		['half of an emoji, the first', 'a\ud83db'],
		['half of an emoji, the second', 'a\udc4db'],
		['what is no character', 'a\ufffe\uffffb'],
	])('leaves out what XML cannot hold: %s', (_, text) => {
		expect(replies(toTwiml(text))).toEqual(['ab']);
	});

	it('is one document whatever the text is, and says all of it that can be said', () => {
		const halves = fc
			.array(fc.integer({ min: 0, max: 0xffff }))
			.map((units) => String.fromCharCode(...units));
		const markup = fc
			.array(
				fc.constantFrom(
					'<',
					'>',
					'&',
					'</Message>',
					']]>',
					'<!--',
					'&amp;',
					'"',
					"'",
					'\r',
					'\0',
					'x',
				),
			)
			.map((parts) => parts.join(''));
		const text = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.string({ unit: 'grapheme' }),
			halves,
			markup,
		);
		fc.assert(
			fc.property(text, (body) => {
				const expected = readable(body);
				expect(replies(toTwiml(body))).toEqual(expected.trim() ? [expected] : []);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('no reply is', () => {
	it.each(['', ' ', '\n\t ', '\u00a0', '\0', ' \ud800 '])('made of %j', (text) => {
		expect(toTwiml(text)).toBe('<Response/>');
		expect(replies(toTwiml(text))).toEqual([]);
	});
});
