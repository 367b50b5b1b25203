import fc from 'fast-check';

import type { OptOut } from '../../../nodes/TwilioSms/twilio/optOut';
import { optOutOf } from '../../../nodes/TwilioSms/twilio/optOut';

// The words of Twilio's default handling, as its help pages list them.
const WORDS: Array<[word: string, meaning: OptOut]> = [
	['STOP', 'STOP'],
	['STOPALL', 'STOP'],
	['UNSUBSCRIBE', 'STOP'],
	['CANCEL', 'STOP'],
	['END', 'STOP'],
	['QUIT', 'STOP'],
	['REVOKE', 'STOP'],
	['OPTOUT', 'STOP'],
	['START', 'START'],
	['UNSTOP', 'START'],
	['YES', 'START'],
	['HELP', 'HELP'],
	['INFO', 'HELP'],
];

describe('Twilio acts on', () => {
	it.each(WORDS)('%s, which means %s, in any case and with space around it', (word, meaning) => {
		const [first, ...rest] = word;
		const spellings = [word, word.toLowerCase(), first + rest.join('').toLowerCase()];
		for (const spelling of [...spellings, ` ${word}\n`]) {
			expect(optOutOf(spelling, 'sms')).toBe(meaning);
		}
	});

	it.each<OptOut>(['STOP', 'START', 'HELP'])(
		'whatever a service says means %s, in words of its own and on every channel',
		(type) => {
			expect(optOutOf('ARRET', 'sms', type)).toBe(type);
			expect(optOutOf('', 'whatsapp', type)).toBe(type);
			expect(optOutOf('stop', 'sms', type)).toBe(type);
		},
	);
});

describe('Twilio does not act on', () => {
	it.each([
		['such a word with others', 'please stop'],
		['such a word with others behind it', 'stop it'],
		['such a word with a sign', 'Stop!'],
		['a word that begins with one', 'stopped'],
		['a word that ends with one', 'nonstop'],
		['a word with a gap', 'opt out'],
		['nothing', ''],
		['space', '  '],
		['a name that every object has', 'constructor'],
	])('%s: %j', (_, body) => {
		expect(optOutOf(body, 'sms')).toBeNull();
	});

	it.each(['whatsapp', 'messenger', 'rcs'])('a word on %s, which has none', (channel) => {
		for (const [word] of WORDS) expect(optOutOf(word, channel)).toBeNull();
	});

	it('any other text', () => {
		const words = new Set(WORDS.map(([word]) => word));
		const text = fc.oneof(
			fc.string(),
			fc.constantFrom(...words).map((word) => `${word} x`),
		);
		fc.assert(
			fc.property(text, (body) => {
				fc.pre(!words.has(body.trim().toUpperCase()));
				expect(optOutOf(body, 'sms')).toBeNull();
			}),
		);
	});
});

it.each(['', 'SOMETHING NEW'])(
	'a finding of Twilio that says nothing known counts for nothing: %j',
	(type) => {
		expect(optOutOf('Hello', 'sms', type)).toBeNull();
		expect(optOutOf('Stop', 'sms', type)).toBe('STOP');
	},
);
