import type { IDataObject } from 'n8n-workflow';

import type { Decision } from './approval';
import { postedAs } from './approval';
import type { FieldKind, FormField } from './formFields';
import type { Question } from './question';
import type { Refused } from './questionPage';

/** A file that n8n has taken in from a form, as its form parser (formidable) describes it. */
export interface UploadedFile {
	filepath: string;
	originalFilename?: string | null;
	newFilename: string;
	mimetype?: string | null;
	size: number;
}

/** What was posted from the page, by the fields' names on it. */
export interface Posted {
	values: Record<string, unknown>;
	files: Record<string, unknown>;
}

export interface Accepted {
	data: IDataObject;
	uploads: Upload[];
	refused?: undefined;
}

/** The answer to a question, or what has to be put right before it is one. */
export type Answer = Accepted | { refused: Refused };

export interface Upload {
	field: FormField;
	files: UploadedFile[];
}

const MULTIPART = /^multipart\/form-data\s*(;|$)/i;

/**
 * Understands both ways in which HTML posts a form, as n8n parses them. Only one of them has
 * files: in any other body they could be whatever its sender likes to read of this machine.
 */
export function toPosted(contentType: string, body: unknown): Posted {
	if (!MULTIPART.test(contentType)) return { values: toObject(body), files: {} };
	const { data, files } = toObject(body);
	return { values: toObject(data), files: toObject(files) };
}

/** What somebody answered; nothing is taken for an answer that the page did not offer. */
export function toAnswer({ decisions, fields }: Question, { values, files }: Posted): Answer {
	if (decisions.length > 0) return toDecision(decisions, values);
	const entered = fields.map((_, index) => texts(values[`field-${index}`]));
	const uploads = fields.map((field, index) => ({
		field,
		files: field.kind === 'file' ? toFiles(files[`field-${index}`]) : [],
	}));
	const problems = fields.map((field, index) =>
		problem(field, entered[index], uploads[index].files),
	);
	if (problems.some(Boolean)) return { refused: { entered, problems } };
	const data = Object.fromEntries(
		fields.map((field, index) => [field.key, toValue(field, entered[index], uploads[index].files)]),
	);
	return { data, uploads: uploads.filter((upload) => upload.files.length > 0) };
}

function toDecision(offered: Decision[], { decision }: Posted['values']): Answer {
	const chosen = offered.find((one) => postedAs(one) === decision);
	if (!chosen) return { refused: { entered: [], problems: [] } };
	return { data: { approved: chosen.approves }, uploads: [] };
}

type Format = [isRight: (text: string) => boolean, problem: string];

const FORMATS: Partial<Record<FieldKind, Format>> = {
	date: [isDate, 'Please enter a date.'],
	email: [(text) => /^[^\s@]+@[^\s@]+$/.test(text), 'Please enter an email address.'],
	number: [isNumber, 'Please enter a number.'],
};

// Browsers check the same before they post, but not all of them, and not for checkboxes.
function problem(field: FormField, entered: string[], files: UploadedFile[]): string {
	const { kind, isRequired, choices, isMultiple } = field;
	const count = kind === 'file' ? files.length : entered.length;
	const takesSeveral = kind === 'checkbox' || (kind === 'file' && isMultiple);
	const [isRight, formatProblem] = FORMATS[kind] ?? [() => true, ''];
	if (count === 0) return isRequired ? 'Please fill this in.' : '';
	if (count > 1 && !takesSeveral) return 'Please give one answer only.';
	if (choices.length > 0 && !entered.every((one) => choices.includes(one))) {
		return 'Please choose from the list.';
	}
	return entered.every(isRight) ? '' : formatProblem;
}

function isDate(text: string): boolean {
	if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
	const date = new Date(text);
	return !isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isNumber(text: string): boolean {
	return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && isFinite(Number(text));
}

function toValue(field: FormField, entered: string[], files: UploadedFile[]): IDataObject[string] {
	switch (field.kind) {
		case 'checkbox':
			return entered;
		case 'number':
			return entered.length > 0 ? Number(entered[0]) : null;
		case 'file': {
			const described = files.map(({ originalFilename, mimetype, size }) => ({
				filename: originalFilename,
				mimetype,
				size,
			}));
			return field.isMultiple ? described : (described[0] ?? null);
		}
		default:
			return entered[0] ?? '';
	}
}

function texts(value: unknown): string[] {
	return (
		[value]
			.flat()
			.filter((one) => typeof one === 'string')
			// Browsers post line breaks in the way of the network.
			.map((one) => one.replace(/\r\n?/g, '\n').trim())
			.filter(Boolean)
	);
}

// Browsers post a field without a file as a nameless empty one, which older versions of n8n keep.
function toFiles(value: unknown): UploadedFile[] {
	const files = [value ?? []].flat() as UploadedFile[];
	return files.filter(({ originalFilename, size }) => originalFilename || size > 0);
}

function toObject(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
