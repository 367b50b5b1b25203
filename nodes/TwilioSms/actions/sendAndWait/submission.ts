import type {
	IBinaryData,
	IBinaryKeyData,
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

import { toObject } from '../../shared/parameters';
import type { Decision } from './approval';
import { postedAs } from './approval';
import type { FieldKind, FormField } from './formFields';
import { withPlainLineEnds } from './formFields';
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
export interface Submission {
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

// As file systems have it.
const LONGEST_NAME = 255;

const MULTIPART = /^multipart\/form-data\s*(;|$)/i;

/**
 * Understands both ways in which HTML posts a form, as n8n parses them. Only a multipart form has
 * files: a JSON body could name any file on this machine as an upload.
 */
export function toSubmission(contentType: string, body: unknown): Submission {
	if (!MULTIPART.test(contentType)) return { values: toObject(body), files: {} };
	const { data, files } = toObject(body);
	return { values: toObject(data), files: toObject(files) };
}

/** What somebody answered; nothing is taken for an answer that the page did not offer. */
export function readSubmission(
	{ decisions, fields }: Question,
	{ values, files }: Submission,
): Answer {
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

function toDecision(offered: Decision[], { decision }: Submission['values']): Answer {
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
	if (!files.every((file) => isAccepted(file, field.accept))) {
		return `Please choose files of these types only: ${field.accept}`;
	}
	return entered.every(isRight) ? '' : formatProblem;
}

/** As browsers read it: file extensions and MIME types, also `image/*`, separated by commas. */
function isAccepted({ originalFilename, mimetype }: UploadedFile, accept: string): boolean {
	const wanted = accept
		.toLowerCase()
		.split(',')
		.map((one) => one.trim())
		.filter(Boolean);
	const name = (originalFilename ?? '').toLowerCase();
	const type = (mimetype ?? '').toLowerCase();
	return (
		wanted.length === 0 ||
		wanted.some((one) => {
			if (one.endsWith('/*')) return type.startsWith(one.slice(0, -1));
			if (one.includes('/')) return type === one;
			return name.endsWith(one.startsWith('.') ? one : `.${one}`);
		})
	);
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
	return [value]
		.flat()
		.filter((one) => typeof one === 'string')
		.map((one) => withPlainLineEnds(one).trim())
		.filter(Boolean);
}

// Browsers post a field without a file as a nameless empty one, which older versions of n8n keep.
function toFiles(value: unknown): UploadedFile[] {
	const files = [value ?? []].flat() as UploadedFile[];
	return files
		.filter(({ originalFilename, size }) => originalFilename || size > 0)
		.map((file) => ({ ...file, originalFilename: nameAlone(file.originalFilename) }));
}

// Whoever posts the form chooses the name, in which "../" or "C:\\" would lead to another folder.
function nameAlone(name: string | null | undefined): string | null {
	const [last = ''] = /[^\\/]*$/.exec(name ?? '') ?? [];
	const visible = last.replace(/\p{Cc}/gu, '').trim();
	return /^\.*$/.test(visible) ? null : visible.slice(-LONGEST_NAME);
}

/** The item with which the workflow goes on; files are named as by n8n's own forms. */
export async function toItem(
	n8n: IWebhookFunctions,
	{ data, uploads }: Accepted,
): Promise<INodeExecutionData> {
	const json = { data: { ...data, respondedAt: new Date().toISOString() } };
	if (uploads.length === 0) return { json };
	const binary: IBinaryKeyData = {};
	for (const { field, files } of uploads) {
		const name = field.key.replace(/\W/g, '_');
		for (const [index, file] of files.entries()) {
			const wanted = field.isMultiple ? `${name}_${index}` : name;
			binary[freeName(wanted, binary)] = await toBinary(n8n, file);
		}
	}
	return { json, binary };
}

async function toBinary(
	n8n: IWebhookFunctions,
	{ filepath, originalFilename, newFilename, mimetype }: UploadedFile,
): Promise<IBinaryData> {
	return await n8n.nodeHelpers.copyBinaryFile(
		filepath,
		originalFilename ?? newFilename,
		mimetype ?? undefined,
	);
}

// The names of different fields may be alike without the letters that such a name cannot have.
function freeName(wanted: string, taken: IBinaryKeyData): string {
	return wanted in taken ? freeName(`${wanted}_`, taken) : wanted;
}
