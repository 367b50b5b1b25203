import { foldText } from '../../nodes/TwilioSms/trigger/foldText';

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
