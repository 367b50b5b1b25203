import type { FormField } from './formFields';
import { element, escapeHtml } from './html';

/**
 * A field with its label.
 *
 * @param name under which it is posted
 * @param values what is filled in or chosen
 * @param problem what is wrong with that
 */
export function fieldHtml(field: FormField, name: string, values: string[], problem = ''): string {
	const { kind, label } = field;
	const isGroup = kind === 'checkbox' || kind === 'radio';
	const caption = isGroup
		? element('legend', { class: 'label', dir: 'auto' }, escapeHtml(label))
		: element('label', { class: 'label', dir: 'auto', for: name }, escapeHtml(label));
	const note = problem && element('p', { class: 'problem', role: 'alert' }, escapeHtml(problem));
	return element(
		isGroup ? 'fieldset' : 'div',
		{ class: 'field' },
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
