import { fieldHtml } from '../../nodes/TwilioSms/actions/waiting/fieldHtml';
import type { FieldKind, FormField } from '../../nodes/TwilioSms/actions/waiting/formFields';
import { FREE_TEXT } from '../../nodes/TwilioSms/actions/waiting/formFields';
import type { HtmlElement } from '../support/htmlElements';
import { htmlElements } from '../support/htmlElements';

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
