import { badRequest } from './exception';
import { isHttpUrl } from './url';

/** What a parameter's text means; undefined leaves the field as it is. */
type Reader = (text: string, parameter: string) => string | number | boolean | null | undefined;

/** Which field each parameter of a form changes, and how its text is to be read. */
export type Fields<Resource> = Record<string, readonly [field: keyof Resource, read: Reader]>;

/** What the form changes: the fields that it names and nothing else. All of them, or none. */
export function changesOf<Resource>(
	form: URLSearchParams,
	fields: Fields<Resource>,
): Partial<Resource> {
	const changes: Partial<Record<keyof Resource, unknown>> = {};
	for (const [parameter, [field, read]] of Object.entries(fields)) {
		const text = form.get(parameter);
		const value = text === null ? undefined : read(text, parameter);
		if (value !== undefined) changes[field] = value;
	}
	return changes as Partial<Resource>;
}

/** An empty value clears a URL. */
export function url(errorCode: number, cleared: '' | null): Reader {
	return (text, parameter) => {
		if (text === '') return cleared;
		if (!isHttpUrl(text)) throw badRequest(errorCode, `${parameter} is not valid`);
		return text;
	};
}

export function method(errorCode: number): Reader {
	return (text, parameter) => {
		const name = text.toUpperCase();
		if (name === '') return undefined;
		if (name === 'GET' || name === 'POST') return name;
		throw badRequest(errorCode, `${parameter} is not valid`);
	};
}

export const text: Reader = (given) => given;

export const flag: Reader = (given) => given.toLowerCase() === 'true';

export function integer(errorCode: number, least: number, most: number): Reader {
	return (given, parameter) => {
		const value = Number(given);
		if (Number.isInteger(value) && value >= least && value <= most) return value;
		throw badRequest(errorCode, `${parameter} is not valid`);
	};
}
