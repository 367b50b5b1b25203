import fc from 'fast-check';
import { parse } from 'node:querystring';

import { encodeParameters } from '../../../nodes/TwilioSms/twilio/request';

it('gives each name its value', () => {
	expect(encodeParameters({ To: '+14155550100', Body: 'a b&c=d' })).toBe(
		'To=%2B14155550100&Body=a+b%26c%3Dd',
	);
});

it('repeats the name of a list', () => {
	expect(encodeParameters({ MediaUrl: ['https://a', 'https://b'] })).toBe(
		'MediaUrl=https%3A%2F%2Fa&MediaUrl=https%3A%2F%2Fb',
	);
});

it('keeps empty texts, which clear a setting, and leaves out what is not given', () => {
	expect(encodeParameters({ SmsUrl: '', SmsMethod: undefined, MediaUrl: [] })).toBe('SmsUrl=');
});

it('writes numbers and booleans as texts', () => {
	expect(encodeParameters({ PageSize: 1000, ProvideFeedback: false })).toBe(
		'PageSize=1000&ProvideFeedback=false',
	);
});

it("can be read back by Node's own parser, whatever the values are", () => {
	const text = fc.string({ unit: 'grapheme', maxLength: 50 });
	const name = fc.stringMatching(/^[A-Z][A-Za-z]{0,20}[<>]?$/);
	const values = fc.oneof(text, fc.array(text, { minLength: 2, maxLength: 10 }));
	fc.assert(
		fc.property(fc.dictionary(name, values), (parameters) => {
			expect({ ...parse(encodeParameters(parameters)) }).toEqual({ ...parameters });
		}),
	);
});
