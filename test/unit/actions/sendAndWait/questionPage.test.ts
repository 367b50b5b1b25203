import fc from 'fast-check';

import type {
	FieldKind,
	FormField,
} from '../../../../nodes/TwilioSms/actions/sendAndWait/formFields';
import { FREE_TEXT } from '../../../../nodes/TwilioSms/actions/sendAndWait/formFields';
import type { Question } from '../../../../nodes/TwilioSms/actions/sendAndWait/question';
import type { Refused } from '../../../../nodes/TwilioSms/actions/sendAndWait/questionPage';
import {
	fieldHtml,
	questionPage,
} from '../../../../nodes/TwilioSms/actions/sendAndWait/questionPage';
import type { HtmlElement } from '../../../support/htmlElements';
import { htmlElements } from '../../../support/htmlElements';

const QUESTION: Question = {
	title: '',
	text: 'Refund?',
	decisions: [],
	fields: [],
	submitLabel: 'Submit',
};

const APPROVE = { approves: true, label: 'Approve' };
const DECLINE = { approves: false, label: 'Decline' };

const find = (elements: HtmlElement[], wanted: string) =>
	elements.filter(({ name }) => name === wanted);

const texts = (elements: HtmlElement[], wanted: string) =>
	find(elements, wanted).map(({ text }) => text);

describe('a page for a decision', () => {
	const page = htmlElements(questionPage({ ...QUESTION, decisions: [APPROVE, DECLINE] }));

	it('has a button for each, which posts it to where the page came from', () => {
		const [form] = find(page, 'form');
		expect(form.attributes).toMatchObject({ method: 'post', enctype: 'multipart/form-data' });
		expect(form.attributes.action).toBeUndefined();
		expect(find(page, 'button').map(({ attributes, text }) => [attributes, text])).toEqual([
			[{ class: 'primary', name: 'decision', value: 'approve', dir: 'auto' }, 'Approve'],
			[{ name: 'decision', value: 'decline', dir: 'auto' }, 'Decline'],
		]);
	});

	it('asks the question, and has a title for the browser only', () => {
		expect(texts(page, 'p')).toEqual(['Refund?']);
		expect(texts(page, 'title')).toEqual(['Your answer, please']);
		expect(find(page, 'h1')).toEqual([]);
	});

	it('loads nothing from anywhere and links to nothing', () => {
		for (const { name, attributes } of page) {
			expect(['script', 'link', 'img', 'iframe', 'a', 'base', 'object']).not.toContain(name);
			expect(Object.keys(attributes)).not.toEqual(expect.arrayContaining(['src']));
			expect(Object.keys(attributes)).not.toEqual(expect.arrayContaining(['href']));
		}
	});

	it('posts once, however often a button is pressed', () => {
		jest.useFakeTimers();
		try {
			const submit = new Function(find(page, 'form')[0].attributes.onsubmit);
			const form = {};
			expect(submit.call(form)).not.toBe(false);
			expect(submit.call(form)).toBe(false);
			jest.runAllTimers();
			expect(submit.call(form)).not.toBe(false);
		} finally {
			jest.useRealTimers();
		}
	});
});

describe('a page with fields', () => {
	const field = (kind: FieldKind, preset: string): FormField => ({
		...FREE_TEXT,
		kind,
		preset,
		choices: ['checkbox', 'radio', 'dropdown'].includes(kind) ? ['A', 'B', 'C'] : [],
	});
	const fields = [field('text', 'Anna'), field('checkbox', 'A, C'), field('dropdown', 'B')];
	const entered = (refused?: Refused) =>
		htmlElements(questionPage({ ...QUESTION, fields }, refused))
			.filter(
				({ attributes }) =>
					attributes.type === 'text' || 'checked' in attributes || 'selected' in attributes,
			)
			.map(({ attributes }) => attributes.value);

	it('has them filled in as was said', () => expect(entered()).toEqual(['Anna', 'A', 'C', 'B']));

	it('has them as they were entered when something was wrong', () => {
		const refused = { entered: [[], ['B'], ['C']], problems: ['Please fill this in.', '', ''] };
		expect(entered(refused)).toEqual([undefined, 'B', 'C']);
		const page = htmlElements(questionPage({ ...QUESTION, fields }, refused));
		const notes = page.filter(({ attributes }) => attributes.role === 'alert');
		expect(notes.map(({ text }) => text)).toEqual(['Please fill this in.']);
	});

	it('has one button, which says what it is to say', () => {
		const page = htmlElements(questionPage({ ...QUESTION, fields, submitLabel: 'Send' }));
		expect(texts(page, 'button')).toEqual(['Send']);
	});
});

describe('whatever text goes in', () => {
	const DANGEROUS = [
		'<script>alert(1)</script>',
		'"',
		"'",
		'&',
		'&lt;',
		'&amp',
		'&#60;b&#62;',
		'</textarea>',
		'</title><script>',
		'</option></select>',
		'</form>',
		'<!--',
		'-->',
		']]>',
		'" onfocus="alert(1)" autofocus="',
		'javascript:alert(1)',
		'\n',
		'\u2028',
		'\u202e',
		'\ufeff',
		'`${1}`',
		'{{ 7 * 7 }}',
		'👍',
	];
	const piece = fc.oneof(fc.constantFrom(...DANGEROUS), fc.string({ unit: 'binary' }));
	// HTML knows one kind of line breaks and no character NUL.
	const text = fc
		.array(piece, { minLength: 1, maxLength: 4 })
		.map((pieces) => pieces.join('').replace(/[\r\0]/g, ''))
		.filter((joined) => joined !== '');
	const kinds: FieldKind[] = [
		'text',
		'textarea',
		'number',
		'email',
		'date',
		'file',
		'dropdown',
		'radio',
		'checkbox',
	];

	const tree = (question: Question, refused?: Refused) =>
		htmlElements(questionPage(question, refused)).map(({ name, attributes }) => [
			name,
			Object.keys(attributes),
		]);

	const values = (elements: HtmlElement[]) => elements.map(({ attributes }) => attributes.value);

	it('a page for a decision shows exactly that, and nothing comes of it', () => {
		fc.assert(
			fc.property(text, text, text, text, (title, asked, approve, decline) => {
				const labels = (one: string, other: string) => [
					{ approves: true, label: one },
					{ approves: false, label: other },
				];
				const question = { ...QUESTION, title, text: asked, decisions: labels(approve, decline) };
				const page = htmlElements(questionPage(question));
				expect(texts(page, 'title')).toEqual([title]);
				expect(texts(page, 'h1')).toEqual([title]);
				expect(texts(page, 'p')).toEqual([asked]);
				expect(texts(page, 'button')).toEqual([approve, decline]);
				const plain = { ...QUESTION, title: 'x', text: 'x', decisions: labels('x', 'x') };
				expect(tree(question)).toEqual(tree(plain));
			}),
		);
	});

	it.each(kinds)('a field of the kind %s shows exactly that, and nothing comes of it', (kind) => {
		const isChoice = ['dropdown', 'radio', 'checkbox'].includes(kind);
		fc.assert(
			fc.property(text, text, text, text, text, (label, placeholder, value, accept, problem) => {
				const field = (of: (text: string) => string): FormField => ({
					...FREE_TEXT,
					kind,
					label: of(label),
					placeholder: of(placeholder),
					accept: of(accept),
					choices: isChoice ? [of(value), 'other'] : [],
				});
				const question = (of: (text: string) => string) => ({
					...QUESTION,
					text: '',
					fields: [field(of)],
					submitLabel: of(label),
				});
				const refused = (of: (text: string) => string) => ({
					entered: [[of(value)]],
					problems: [of(problem)],
				});
				const itself = (one: string) => one;
				const page = htmlElements(questionPage(question(itself), refused(itself)));
				expect(page.find(({ attributes }) => attributes.class === 'label')?.text).toBe(label);
				expect(texts(page, 'p')).toEqual([problem]);
				expect(texts(page, 'button')).toEqual([label]);
				const [control] = page.filter(({ name }) => ['input', 'textarea', 'select'].includes(name));
				if (kind === 'file') expect(control.attributes.accept).toBe(accept);
				else if (kind === 'textarea') expect(control.text).toBe(value);
				else if (kind !== 'dropdown') expect(control.attributes.value).toBe(value);
				if (!isChoice && kind !== 'file') expect(control.attributes.placeholder).toBe(placeholder);
				if (kind === 'dropdown') {
					expect(values(find(page, 'option'))).toEqual(['', value, 'other']);
					expect(texts(page, 'option')).toEqual(['', value, 'other']);
				}
				if (kind === 'radio' || kind === 'checkbox') {
					const labels = page.filter(({ attributes }) => attributes.class === 'choice');
					expect(labels.map((one) => one.text)).toEqual([` ${value}`, ' other']);
				}
				const plain = () => 'x';
				expect(tree(question(itself), refused(itself))).toEqual(
					tree(question(plain), refused(plain)),
				);
			}),
		);
	});
});

describe('a field of the page', () => {
	const field = (kind: FieldKind, more: Partial<FormField> = {}): FormField => ({
		...FREE_TEXT,
		label: 'Label',
		kind,
		isRequired: false,
		...more,
	});

	const shown = (one: FormField, values: string[] = [], problem?: string): HtmlElement[] =>
		htmlElements(fieldHtml(one, 'field-3', values, problem)).filter(
			({ name }) => !['html', 'head', 'body'].includes(name),
		);

	const find = (elements: HtmlElement[], wanted: string) =>
		elements.filter(({ name }) => name === wanted);

	it.each<FieldKind>(['text', 'number', 'email', 'date', 'file', 'textarea', 'dropdown'])(
		'a %s has a label that belongs to it',
		(kind) => {
			const [box, label, control] = shown(field(kind, { choices: ['A'] }));
			expect(box.attributes.class).toBe('field');
			expect(label).toMatchObject({ text: 'Label', attributes: { for: 'field-3' } });
			expect(control.attributes).toMatchObject({ id: 'field-3', name: 'field-3' });
		},
	);

	it.each<FieldKind>(['checkbox', 'radio'])('a group of %s has a legend', (kind) => {
		const [box, legend, ...rest] = shown(field(kind, { choices: ['A', 'B'] }));
		expect([box.name, legend.name, legend.text]).toEqual(['fieldset', 'legend', 'Label']);
		expect(find(rest, 'input').map(({ attributes }) => attributes)).toEqual([
			{ type: kind, name: 'field-3', value: 'A' },
			{ type: kind, name: 'field-3', value: 'B' },
		]);
		expect(find(rest, 'label').map(({ text }) => text.trim())).toEqual(['A', 'B']);
	});

	it.each<FieldKind>(['text', 'number', 'email', 'date'])('%s shows what is entered', (kind) => {
		const [input] = find(shown(field(kind, { placeholder: 'e.g. 7' }), ['7 "x"']), 'input');
		expect(input.attributes).toMatchObject({ type: kind, value: '7 "x"', placeholder: 'e.g. 7' });
	});

	it.each(['7', '\n7', '\n\n7\n', '</textarea><b>7</b>'])(
		'a textarea shows what is entered: %j',
		(value) => expect(find(shown(field('textarea'), [value]), 'textarea')[0].text).toBe(value),
	);

	it('what is chosen is chosen', () => {
		const choices = ['A', 'B', 'C'];
		const isChosen = ({ attributes }: HtmlElement) =>
			'checked' in attributes || 'selected' in attributes;
		const chosen = (kind: FieldKind, values: string[]) =>
			shown(field(kind, { choices }), values)
				.filter(isChosen)
				.map(({ attributes }) => attributes.value);
		expect(chosen('checkbox', ['A', 'C'])).toEqual(['A', 'C']);
		expect(chosen('radio', ['B'])).toEqual(['B']);
		expect(chosen('dropdown', ['C'])).toEqual(['C']);
		expect(chosen('dropdown', [''])).toEqual(['']);
		expect(chosen('radio', ['a'])).toEqual([]);
	});

	it('a dropdown begins with nothing chosen', () => {
		const [first] = find(shown(field('dropdown', { choices: ['A'] })), 'option');
		expect([first.text, first.attributes.value]).toEqual(['', '']);
	});

	it('a browser asks for what is required, but for checkboxes, of which it would ask for all', () => {
		const isAsked = (kind: FieldKind, isRequired: boolean) =>
			shown(field(kind, { isRequired, choices: ['A', 'B'] })).some(
				({ attributes }) => 'required' in attributes,
			);
		for (const kind of ['text', 'textarea', 'date', 'file', 'dropdown', 'radio'] as const) {
			expect([kind, isAsked(kind, true), isAsked(kind, false)]).toEqual([kind, true, false]);
		}
		expect(isAsked('checkbox', true)).toBe(false);
	});

	it('a number may have decimals', () => {
		expect(find(shown(field('number')), 'input')[0].attributes.step).toBe('any');
	});

	it('files are of the types and as many as they may be', () => {
		const attributes = (more: Partial<FormField>) =>
			find(shown(field('file', more)), 'input')[0].attributes;
		expect(attributes({ accept: '.pdf', isMultiple: true })).toMatchObject({
			type: 'file',
			accept: '.pdf',
			multiple: '',
		});
		expect(Object.keys(attributes({}))).toEqual(['id', 'name', 'type']);
	});

	it('what is wrong stands below, where a screen reader says it', () => {
		const note = shown(field('text'), ['x'], 'Not <x>').at(-1)!;
		expect(note).toMatchObject({ name: 'p', text: 'Not <x>', attributes: { role: 'alert' } });
		expect(find(shown(field('text'), ['x']), 'p')).toEqual([]);
	});
});
