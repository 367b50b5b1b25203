import { jsonParse } from 'n8n-workflow';

/**
 * The values for a template's placeholders as Twilio takes them, a JSON object of texts, or
 * `undefined` when there are none.
 *
 * @param value JSON, or what an expression made of it
 * @throws Error when it is no object, or a value is none that can stand in a text
 */
export function toContentVariables(value: unknown): string | undefined {
	const parsed = typeof value === 'string' ? parse(value) : value;
	if (parsed === undefined || parsed === null) return undefined;
	if (typeof parsed !== 'object' || Array.isArray(parsed)) {
		throw new Error('"Content Variables" is not a JSON object');
	}
	const entries = Object.entries(parsed).map(([name, one]) => [name, toText(name, one)]);
	return entries.length > 0 ? JSON.stringify(Object.fromEntries(entries)) : undefined;
}

function parse(text: string): unknown {
	return text.trim()
		? jsonParse(text, { errorMessage: '"Content Variables" is not valid JSON' })
		: undefined;
}

function toText(name: string, value: unknown): string {
	if (['string', 'number', 'boolean'].includes(typeof value)) return String(value);
	throw new Error(`The content variable "${name}" has no text as its value`);
}
