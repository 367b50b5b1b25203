import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';

const CHOICE_KINDS = ['checkbox', 'dropdown', 'radio'] as const;

const KINDS = [...CHOICE_KINDS, 'date', 'email', 'file', 'number', 'text', 'textarea'] as const;

export type FieldKind = (typeof KINDS)[number];

/** A field of the page, in one of n8n's kinds of form fields. */
export interface FormField {
	/** Where the answer is found in the node's output. */
	key: string;
	label: string;
	kind: FieldKind;
	isRequired: boolean;
	placeholder: string;
	/** What is filled in already; of checkboxes several, separated by commas. */
	preset: string;
	/** What can be chosen, for `checkbox`, `dropdown` and `radio`. */
	choices: string[];
	/** For `file`: whether there may be several. */
	isMultiple: boolean;
	/** For `file`: extensions or MIME types, separated by commas, '' for all. */
	accept: string;
}

/** The one field of the response type "Free Text". */
export const FREE_TEXT: FormField = {
	key: 'text',
	label: 'Your answer',
	kind: 'textarea',
	isRequired: true,
	placeholder: '',
	preset: '',
	choices: [],
	isMultiple: false,
	accept: '',
};

/**
 * The fields of the user's own form.
 *
 * @throws Error which says what is wrong with which of them
 */
export function toFormFields(parameters: Parameters): FormField[] {
	const isJson = parameters.choice('defineForm', 'fields') === 'json';
	const defined = isJson
		? parseList(parameters.value('jsonOutput', ''))
		: parameters.value('formFields.values', []);
	const fields = toList(defined).map(toField);
	if (fields.length === 0) throw new Error('The form has no fields');
	const keys = fields.map(({ key }) => key);
	const repeated = keys.find((key, index) => keys.indexOf(key) < index);
	if (repeated === undefined) return fields;
	throw new Error(`Two fields of the form have the name "${repeated}"`);
}

function toField(defined: IDataObject, index: number): FormField {
	const label = text(defined.fieldLabel);
	const kind = text(defined.fieldType) || 'text';
	const field = `Field ${index + 1} of the form`;
	if (!label) throw new Error(`${field} has no label`);
	if (!isKind(kind)) {
		throw new Error(`${field} is of the type "${kind}" and must be one of ${KINDS.join(', ')}`);
	}
	const key = text(defined.fieldName) || label;
	if (key === 'respondedAt') {
		throw new Error(`${field} has the name that the time of the answer has`);
	}
	const choices = isChoice(kind) ? toChoices(defined.fieldOptions) : [];
	if (isChoice(kind) && choices.length === 0) {
		throw new Error(`${field} has nothing to choose from`);
	}
	return {
		key,
		label,
		kind,
		isRequired: defined.requiredField === true,
		placeholder: text(defined.placeholder),
		preset: text(defined.defaultValue),
		choices,
		isMultiple: defined.multipleFiles !== false,
		accept: text(defined.acceptFileTypes),
	};
}

function toChoices(fieldOptions: unknown): string[] {
	const { values } = (fieldOptions ?? {}) as { values?: unknown };
	if (!Array.isArray(values)) return [];
	return values
		.map((one: IDataObject | null) => withPlainLineEnds(text(one?.option)))
		.filter(Boolean);
}

/** Browsers post line breaks as the network has them, and users enter them in either way. */
export function withPlainLineEnds(text: string): string {
	return text.replace(/\r\n?/g, '\n');
}

function parseList(json: unknown): unknown {
	return typeof json === 'string' ? jsonParse(json, { fallbackValue: null }) : json;
}

function toList(defined: unknown): IDataObject[] {
	if (Array.isArray(defined) && defined.every((one) => typeof one === 'object' && one))
		return defined;
	throw new Error('"Form Fields" is not a JSON list of fields');
}

function isKind(kind: string): kind is FieldKind {
	return KINDS.some((one) => one === kind);
}

function isChoice(kind: FieldKind): boolean {
	return CHOICE_KINDS.some((one) => one === kind);
}

function text(value: unknown): string {
	return String(value ?? '').trim();
}
