import {
	answerByText,
	textReplyHint,
} from '../../../../nodes/TwilioSms/actions/sendAndWait/textReply';
import { toQuestion } from '../../../../nodes/TwilioSms/actions/sendAndWait/question';
import { parametersFrom } from '../../../support/parameters';

const approval = (values: Record<string, string> = { approvalType: 'double' }) =>
	toQuestion(parametersFrom({ responseType: 'approval', 'approvalOptions.values': values }));
const freeText = toQuestion(parametersFrom({ responseType: 'freeText' }));

const decided = (text: string, values?: Record<string, string>) =>
	answerByText(approval(values), text)?.data.approved;

describe('an approval by text', () => {
	it.each([
		'yes',
		'YES',
		' Yes! ',
		'"yes"',
		'ｙｅｓ',
		'y',
		'Y.',
		'👍',
		'👍🏿',
		'approve',
		'APPROVE!',
	])('is %j', (text) => expect(decided(text)).toBe(true));

	it.each(['no', 'No.', 'N', '👎🏻', 'decline', 'DECLINE'])('is declined by %j', (text) =>
		expect(decided(text)).toBe(false),
	);

	it.each([
		...['', ' ', '!', 'yes please', 'no way', 'maybe', 'yesno', 'ok', '👍👎', 'approved'],
		// Words on which Twilio acts itself.
		...['STOP', 'stop', 'Cancel', 'END', 'quit', 'help'],
	])('is not %j', (text) => expect(decided(text)).toBeUndefined());

	it.each([
		['Ship it', true],
		['ship it!', true],
		['Später', false],
		['spa\u0308ter', false],
		['yes', true],
		['no', false],
	])('takes the words on the buttons as well: %s', (text, approved) => {
		const values = {
			approvalType: 'double',
			approveLabel: 'Ship it',
			disapproveLabel: 'Später',
		};
		expect(decided(text, values)).toBe(approved);
	});

	it('takes the words on the buttons before any other', () => {
		const values = { approvalType: 'double', approveLabel: 'No', disapproveLabel: 'Yes' };
		expect(decided('no', values)).toBe(true);
		expect(decided('yes', values)).toBe(false);
	});

	it('never takes a word on which Twilio acts, even if a button has it', () => {
		const values = { approvalType: 'double', approveLabel: 'Go', disapproveLabel: 'Cancel' };
		expect(decided('cancel', values)).toBeUndefined();
		expect(decided('no', values)).toBe(false);
	});

	it('can only be given where there is one button', () => {
		expect(decided('yes', { approvalType: 'single' })).toBe(true);
		expect(decided('no', { approvalType: 'single' })).toBeUndefined();
	});
});

describe('a few words by text', () => {
	it.each(['At ten', 'two\nlines', 'no', '👍'])('are the answer as they are: %j', (text) => {
		expect(answerByText(freeText, ` ${text}\r\n`)).toEqual({ data: { text }, uploads: [] });
	});

	it.each(['', ' \n', 'STOP', 'help'])('are not %j', (text) => {
		expect(answerByText(freeText, text)).toBeUndefined();
	});
});

describe('the hint', () => {
	const hint = (parameters: object) => {
		const all = parametersFrom({ responseType: 'approval', ...parameters });
		return textReplyHint(all, toQuestion(all));
	};
	const single = { 'approvalOptions.values': { approvalType: 'single' } };

	it.each([
		[{ options: {} }, ''],
		[{ options: { textReply: false } }, ''],
		[{ options: { textReply: true } }, 'Reply YES or NO, or open'],
		[{ ...single, options: { textReply: true } }, 'Reply YES, or open'],
		[{ responseType: 'freeText', options: { textReply: true } }, 'Reply with your answer, or open'],
		[{ options: { textReply: true, textReplyHint: ' Oui ou ' } }, 'Oui ou'],
	])('says how to answer: %j', (parameters, expected) => {
		expect(hint(parameters)).toBe(expected);
	});
});
