import { toContentVariables } from '../../nodes/TwilioSms/actions/message/contentVariables';

it.each([
	['{"1": "Anna"}', '{"1":"Anna"}'],
	[' {"name": "Zoë 👍", "2": ""} ', '{"2":"","name":"Zoë 👍"}'],
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
])('are refused when they are %j', (value, message) => {
	expect(() => toContentVariables(value)).toThrow(message);
});
