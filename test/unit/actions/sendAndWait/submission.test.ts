import fc from 'fast-check';

import type { UploadedFile } from '../../../../nodes/TwilioSms/actions/sendAndWait/submission';
import {
	readSubmission,
	toSubmission,
} from '../../../../nodes/TwilioSms/actions/sendAndWait/submission';
import type {
	FieldKind,
	FormField,
} from '../../../../nodes/TwilioSms/actions/sendAndWait/formFields';
import { FREE_TEXT } from '../../../../nodes/TwilioSms/actions/sendAndWait/formFields';
import type { Question } from '../../../../nodes/TwilioSms/actions/sendAndWait/question';

const QUESTION: Question = { title: '', text: '', decisions: [], fields: [], submitLabel: '' };

const APPROVE = { approves: true, label: 'Approve' };
const DECLINE = { approves: false, label: 'Decline' };

const field = (kind: FieldKind, more: Partial<FormField> = {}): FormField => ({
	...FREE_TEXT,
	key: 'it',
	kind,
	isRequired: false,
	...more,
});

/** The answer to a form with this one field. */
const answer = (one: FormField, value?: unknown, file?: unknown) =>
	readSubmission(
		{ ...QUESTION, fields: [one] },
		{ values: { 'field-0': value }, files: { 'field-0': file } },
	);

/** What is taken for an answer, or what is wrong. */
const outcome = (one: FormField, value?: unknown, file?: unknown) => {
	const { refused, ...accepted } = answer(one, value, file);
	return refused ? { problem: refused.problems[0] } : accepted;
};

const taken = (it: unknown) => ({ data: { it }, uploads: [] });

describe('what was posted', () => {
	const body = { data: { 'field-0': 'Anna' }, files: { 'field-1': { filepath: '/tmp/x' } } };

	it.each(['multipart/form-data; boundary=x', 'Multipart/Form-Data ;boundary=x'])(
		'has values and files as %s',
		(type) => expect(toSubmission(type, body)).toEqual({ values: body.data, files: body.files }),
	);

	it('has values only as application/x-www-form-urlencoded', () => {
		const type = 'application/x-www-form-urlencoded';
		expect(toSubmission(type, { 'field-0': 'Anna' })).toEqual({
			values: { 'field-0': 'Anna' },
			files: {},
		});
	});

	it.each([
		'',
		'application/json',
		'application/xml',
		'text/plain',
		'application/x-www-form-urlencoded',
		'application/json; multipart/form-data',
		'multipart/form-data-not',
	])('has no file of this machine as %j', (type) => {
		expect(toSubmission(type, body).files).toEqual({});
	});

	it.each([undefined, null, '', 'decision=approve', 7])('may be nothing: %j', (nothing) => {
		const none = { values: {}, files: {} };
		expect(toSubmission('text/plain', nothing)).toEqual(none);
		expect(toSubmission('multipart/form-data; boundary=x', nothing)).toEqual(none);
	});
});

describe('a decision', () => {
	const decide = (decision: unknown, decisions = [APPROVE, DECLINE]) =>
		readSubmission({ ...QUESTION, decisions }, { values: { decision }, files: {} });

	it('is one of those that were offered', () => {
		expect(decide('approve')).toEqual({ data: { approved: true }, uploads: [] });
		expect(decide('decline')).toEqual({ data: { approved: false }, uploads: [] });
		expect(decide('approve', [APPROVE])).toEqual({ data: { approved: true }, uploads: [] });
		expect(decide('decline', [APPROVE])).toEqual({ refused: { entered: [], problems: [] } });
	});

	it('is nothing else', () => {
		fc.assert(
			fc.property(fc.anything(), (decision) => {
				fc.pre(decision !== 'approve' && decision !== 'decline');
				expect(decide(decision).refused).toBeDefined();
			}),
		);
	});
});

describe('a field', () => {
	it('that is empty is answered with nothing', () => {
		expect(outcome(field('text'))).toEqual(taken(''));
		expect(outcome(field('number'), '')).toEqual(taken(null));
		expect(outcome(field('date'), ' ')).toEqual(taken(''));
		expect(outcome(field('checkbox', { choices: ['A'] }))).toEqual(taken([]));
		expect(outcome(field('dropdown', { choices: ['A'] }), '')).toEqual(taken(''));
		expect(outcome(field('file'))).toEqual(taken(null));
		expect(outcome(field('file', { isMultiple: true }))).toEqual(taken([]));
	});

	it.each<FieldKind>(['text', 'number', 'date', 'checkbox', 'dropdown', 'radio', 'file'])(
		'of the kind %s is to be filled in if it is required',
		(kind) => {
			const required = field(kind, { isRequired: true, choices: kind === 'radio' ? ['A'] : [] });
			expect(outcome(required, ' ')).toEqual({ problem: 'Please fill this in.' });
		},
	);

	it('has the text that was entered, without the space around it', () => {
		expect(outcome(field('textarea'), ' One\r\nTwo \r\n')).toEqual(taken('One\nTwo'));
	});

	it.each(['1', '-1.5', '+2', '.5', '5.', '1e3', '1E-3', ' 7 '])('takes the number %j', (text) => {
		expect(outcome(field('number'), text)).toEqual(taken(Number(text)));
	});

	it.each(['one', '1,5', '0x10', 'Infinity', 'NaN', '1e999', '9'.repeat(400), '1 2', '-', '.'])(
		'takes no number from %j',
		(text) => expect(outcome(field('number'), text)).toEqual({ problem: 'Please enter a number.' }),
	);

	it.each(['2026-01-31', '2028-02-29'])('takes the date %s', (text) => {
		expect(outcome(field('date'), text)).toEqual(taken(text));
	});

	it.each(['2026-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '31.01.2026', '2026-1-1', 'x'])(
		'takes no date from %s',
		(text) => expect(outcome(field('date'), text)).toEqual({ problem: 'Please enter a date.' }),
	);

	it.each(['a@b', 'anna.b+c@example.co.uk'])('takes the email address %s', (text) => {
		expect(outcome(field('email'), text)).toEqual(taken(text));
	});

	it.each(['anna', '@b', 'a@', 'a@b@c', 'a b@c'])('takes no email address from %s', (text) => {
		expect(outcome(field('email'), text)).toEqual({ problem: 'Please enter an email address.' });
	});

	it.each<FieldKind>(['dropdown', 'radio', 'checkbox'])('takes of a %s what it offers', (kind) => {
		const one = field(kind, { choices: ['A', 'B "c"'] });
		expect(outcome(one, 'B "c"')).toEqual(taken(kind === 'checkbox' ? ['B "c"'] : 'B "c"'));
		for (const other of ['a', 'B', 'constructor', 'A\nB']) {
			expect(outcome(one, other)).toEqual({ problem: 'Please choose from the list.' });
		}
	});

	it('takes several answers of checkboxes only', () => {
		expect(outcome(field('checkbox', { choices: ['A', 'B'] }), ['A', 'B'])).toEqual(
			taken(['A', 'B']),
		);
		for (const kind of ['radio', 'dropdown', 'text'] as const) {
			const choices = kind === 'text' ? [] : ['A', 'B'];
			expect(outcome(field(kind, { choices }), ['A', 'B'])).toEqual({
				problem: 'Please give one answer only.',
			});
		}
	});

	it('keeps what was entered if something is wrong anywhere', () => {
		const fields = [field('text', { key: 'a' }), field('number', { key: 'b' })];
		const values = { 'field-0': ' Anna ', 'field-1': 'two' };
		expect(readSubmission({ ...QUESTION, fields }, { values, files: {} })).toEqual({
			refused: { entered: [['Anna'], ['two']], problems: ['', 'Please enter a number.'] },
		});
	});

	it('takes no harm from whatever is posted', () => {
		const kinds: FieldKind[] = ['text', 'textarea', 'number', 'date', 'email', 'radio', 'checkbox'];
		fc.assert(
			fc.property(fc.constantFrom(...kinds), fc.anything(), (kind, value) => {
				const choices = kind === 'radio' || kind === 'checkbox' ? ['A'] : [];
				const { data } = { data: undefined, ...outcome(field(kind, { choices }), value) };
				if (data === undefined) return;
				expect(JSON.parse(JSON.stringify(data))).toEqual(data);
			}),
		);
	});
});

describe('a file', () => {
	const upload = (name: string | null, size = 3): UploadedFile => ({
		filepath: `/tmp/${size}`,
		originalFilename: name,
		newFilename: 'new',
		mimetype: 'text/plain',
		size,
	});
	const described = (filename: string) => ({ filename, mimetype: 'text/plain', size: 3 });

	it('is described in the answer', () => {
		const one = field('file');
		const file = upload('a.txt');
		expect(outcome(one, undefined, file)).toEqual({
			data: { it: described('a.txt') },
			uploads: [{ field: one, files: [file] }],
		});
	});

	it('may be one of several', () => {
		const several = field('file', { isMultiple: true });
		const files = [upload('a.txt'), upload('b.txt')];
		expect(outcome(several, undefined, files)).toEqual({
			data: { it: [described('a.txt'), described('b.txt')] },
			uploads: [{ field: several, files }],
		});
		expect(outcome(field('file'), undefined, files)).toEqual({
			problem: 'Please give one answer only.',
		});
	});

	it('without name and content is none', () => {
		for (const name of ['', null]) {
			expect(outcome(field('file'), undefined, upload(name, 0))).toEqual(taken(null));
		}
		expect(outcome(field('file'), undefined, upload('empty.txt', 0))).not.toEqual(taken(null));
	});

	it.each([
		['.txt', 'a.txt', true],
		['.TXT', 'a.txt', true],
		['txt, pdf', 'A.PDF', true],
		['.jpg, .png', 'a.txt', false],
		['.jpg', 'a.jpg.exe', false],
		['text/plain', 'a.bin', true],
		['text/*', 'a.bin', true],
		['image/*', 'a.txt', false],
		['image/*,.txt', 'a.txt', true],
		['', 'a.exe', true],
		[' , ', 'a.exe', true],
	])(
		'is of the accepted types, also where the browser did not check: %j, %s',
		(accept, name, isTaken) => {
			const one = field('file', { accept });
			const result = outcome(one, undefined, upload(name));
			if (isTaken) expect(result).toMatchObject({ data: { it: described(name) } });
			else
				expect(result).toEqual({ problem: `Please choose files of these types only: ${accept}` });
		},
	);

	it.each([
		['../../etc/passwd', 'passwd'],
		['..\\..\\windows\\a.txt', 'a.txt'],
		['C:\\fakepath\\a.txt', 'a.txt'],
		['/etc/cron.d/a', 'a'],
		['a\0b\n.txt', 'ab.txt'],
		['..', null],
		['folder/', null],
		[`${'a'.repeat(300)}.txt`, `${'a'.repeat(251)}.txt`],
		['Grüße 👍.txt', 'Grüße 👍.txt'],
	])('has a name that is only a name: %j', (name, filename) => {
		const { uploads, data } = outcome(field('file'), undefined, upload(name)) as {
			uploads: Array<{ files: UploadedFile[] }>;
			data: object;
		};
		expect(data).toEqual({ it: { filename, mimetype: 'text/plain', size: 3 } });
		expect(uploads[0].files[0].originalFilename).toBe(filename);
	});

	it('is not taken where none was asked for', () => {
		expect(outcome(field('text'), 'Anna', upload('a.txt'))).toEqual(taken('Anna'));
	});
});
