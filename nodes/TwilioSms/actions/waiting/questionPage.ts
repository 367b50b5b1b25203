import type { Decision } from './approval';
import { postedAs } from './approval';
import { fieldHtml } from './fieldHtml';
import type { FormField } from './formFields';
import { element, escapeHtml } from './html';
import { page } from './page';
import type { Question } from './question';

/** What was entered and could not be taken. */
export interface Refused {
	/** What was entered, field by field. */
	entered: string[][];
	/** What is wrong with it, field by field; '' for nothing. */
	problems: string[];
}

// A second tap would have n8n say that it is busy, in place of the page that says thank you. Where
// scripts are off the page does without.
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
