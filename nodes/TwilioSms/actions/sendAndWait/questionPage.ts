import type { Decision } from './approval';
import { postedAs } from './approval';
import type { FormField } from './formFields';
import { element, escapeHtml, page } from './page';
import type { Question } from './question';

/** What was entered and could not be taken. */
export interface Refused {
	/** What was entered, field by field. */
	entered: string[][];
	/** What is wrong with it, field by field; '' for nothing. */
	problems: string[];
}

// A second tap would show n8n's message that the execution is busy instead of the page that says
// thank you. The page works without scripts as well.
const SEND_ONCE = 'if(this.sent)return false;this.sent=true;setTimeout(()=>{this.sent=false},5000)';

/** The page on which a question is answered, by posting its form to the address of the page. */
export function questionPage(question: Question, refused?: Refused): string {
	const { title, text, decisions, fields, submitLabel } = question;
	const controls = [
		...fields.map((field, index) => toHtml(field, index, refused)),
		...decisions.map(decisionHtml),
	];
	if (fields.length > 0) controls.push(buttonHtml(submitLabel, { class: 'primary' }));
	const form = { method: 'post', enctype: 'multipart/form-data', onsubmit: SEND_ONCE };
	const parts = [
		title && element('h1', { dir: 'auto' }, escapeHtml(title)),
		text && element('p', { class: 'text', dir: 'auto' }, escapeHtml(text)),
		element('form', form, controls.join('\n')),
	];
	return page(title || 'Your answer, please', parts.filter(Boolean).join('\n'));
}

function decisionHtml(decision: Decision): string {
	return buttonHtml(decision.label, {
		class: decision.approves ? 'primary' : undefined,
		name: 'decision',
		value: postedAs(decision),
	});
}

function buttonHtml(label: string, attributes: Record<string, string | undefined>): string {
	return element('button', { ...attributes, dir: 'auto' }, escapeHtml(label));
}

function toHtml(field: FormField, index: number, refused?: Refused): string {
	const preset = field.kind === 'checkbox' ? splitList(field.preset) : [field.preset];
	const entered = refused?.entered[index] ?? preset;
	return fieldHtml(field, `field-${index}`, entered, refused?.problems[index]);
}

function splitList(text: string): string[] {
	return text.split(',').map((one) => one.trim());
}

/**
 * A field with its label.
 *
 * @param name under which it is posted
 * @param values what is filled in or chosen
 * @param problem what is wrong with that
 */
export function fieldHtml(field: FormField, name: string, values: string[], problem = ''): string {
	const { kind, label, isRequired } = field;
	const isGroup = kind === 'checkbox' || kind === 'radio';
	const attributes = { class: 'label', dir: 'auto' };
	const caption = isGroup
		? element('legend', attributes, escapeHtml(label))
		: element('label', { ...attributes, for: name }, escapeHtml(label));
	const note = problem && element('p', { class: 'problem', role: 'alert' }, escapeHtml(problem));
	return element(
		isGroup ? 'fieldset' : 'div',
		{ class: isRequired ? 'field required' : 'field' },
		[caption, control(field, name, values), note].join('\n'),
	);
}

function control(field: FormField, name: string, values: string[]): string {
	const { kind, isRequired: required, placeholder, accept, isMultiple: multiple } = field;
	const common = { id: name, name, required };
	switch (kind) {
		case 'checkbox':
		case 'radio':
			return field.choices.map((choice) => choiceHtml(field, name, choice, values)).join('\n');
		case 'dropdown':
			return element('select', common, optionsHtml(field, values));
		case 'textarea':
			// HTML drops a line break at the beginning.
			return element(
				'textarea',
				{ ...common, placeholder, rows: '4' },
				`\n${escapeHtml(values[0] ?? '')}`,
			);
		case 'file':
			return element('input', { ...common, type: kind, accept: accept || undefined, multiple });
		default: {
			const step = kind === 'number' ? 'any' : undefined;
			return element('input', { ...common, type: kind, step, placeholder, value: values[0] });
		}
	}
}

function choiceHtml(field: FormField, name: string, choice: string, values: string[]): string {
	const { kind, isRequired } = field;
	const checked = values.includes(choice);
	// HTML cannot ask for one checkbox of several.
	const required = isRequired && kind === 'radio';
	const input = element('input', { type: kind, name, value: choice, checked, required });
	return element('label', { class: 'choice', dir: 'auto' }, `${input} ${escapeHtml(choice)}`);
}

function optionsHtml({ choices }: FormField, values: string[]): string {
	return ['', ...choices]
		.map((choice) =>
			element('option', { value: choice, selected: values.includes(choice) }, escapeHtml(choice)),
		)
		.join('\n');
}
