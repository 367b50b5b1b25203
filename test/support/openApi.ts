import type { AnySchemaObject, ErrorObject, ValidateFunction } from 'ajv';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import type { Exchange } from '../simulator/account';
import type { Parameters } from '../simulator/webhook/delivery';

/** One of Twilio's OpenAPI documents, as far as it is read here. */
interface Document {
	paths: Record<string, Record<string, Operation>>;
	components: { schemas: Record<string, AnySchemaObject> };
}

type Content = Record<string, { schema: AnySchemaObject }>;

interface Operation {
	parameters?: Array<{
		name: string;
		in: 'path' | 'query';
		required?: boolean;
		schema: AnySchemaObject;
	}>;
	requestBody?: { content: Content };
	responses: Record<string, { content?: Content }>;
}

/** The documents that Twilio's own command line is made of, by how their paths begin. */
export const DOCUMENTS: Array<[pathBegins: string, name: string]> = [
	['/2010-04-01/', 'twilio_api_v2010'],
	['/v1/Alerts', 'twilio_monitor_v1'],
	['/v1/Content', 'twilio_content_v1'],
	['/v1/Services', 'twilio_messaging_v1'],
	['/v2/Channels/', 'twilio_messaging_v2'],
	['/v2/PhoneNumbers/', 'twilio_lookups_v2'],
];

/** What Twilio's pages describe and its documents leave out. */
const NOT_DOCUMENTED: RegExp[] = [
	// The file itself; the documents have its description, at the same address with .json.
	/\/Media\/ME[0-9a-f]{32}$/,
];

/** What the documents lack and later ones have, from which Twilio's SDK is made. */
const NOT_YET_DOCUMENTED = [
	{ schema: 'api.v2010.account.incoming_phone_number', property: 'type' },
	{ schema: 'CreateMessageRequest', property: 'FallbackFrom' },
];

const OPTIONS = { strict: false, allErrors: true, verbose: true, logger: false } as const;

/** Whatever goes over the wire as a form is text. */
const requests = addFormats(new Ajv({ ...OPTIONS, coerceTypes: 'array' }), ['uri', 'date-time']);
/** Without formats: the documents call addresses "uri" that are relative, in their own examples, too. */
const answers = new Ajv({ ...OPTIONS, validateFormats: false });

const FORM = 'application/x-www-form-urlencoded';

const documents = new Map<string, Document>();
const validators = new Map<string, ValidateFunction>();

/** No object may have more in it than is documented: what is misspelt is found as one too many. */
function closed(schema: AnySchemaObject): AnySchemaObject {
	const { properties, allOf } = schema;
	const isOpen = properties !== undefined && allOf === undefined;
	return isOpen ? { additionalProperties: false, ...schema } : schema;
}

function addMissing({ paths, components: { schemas } }: Document): void {
	const bodies = Object.values(paths)
		.flatMap((path) => Object.values(path))
		.map(({ requestBody }) => requestBody?.content?.[FORM]?.schema);
	for (const { schema, property } of NOT_YET_DOCUMENTED) {
		const known = schemas[schema] ?? bodies.find((body) => body?.title === schema);
		if (known) known.properties[property] = {};
	}
}

export const documentFile = (name: string): string =>
	require.resolve(`@twilio/cli-core/src/services/twilio-api/${name}.json`);

function documentNamed(name: string): Document {
	let document = documents.get(name);
	if (!document) {
		document = JSON.parse(readFileSync(documentFile(name), 'utf8')) as Document;
		const { schemas } = document.components;
		addMissing(document);
		for (const key of Object.keys(schemas)) schemas[key] = closed(schemas[key]);
		documents.set(name, document);
		for (const ajv of [requests, answers]) ajv.addSchema(document, name);
	}
	return document;
}

/** The operation that a request is for, and what stands for its path's parameters. */
function find(name: string, { method, path }: Exchange) {
	// The most literal one first: `Local.json` is no SID.
	const templates = Object.keys(documentNamed(name).paths).sort(
		(a, b) => a.split('{').length - b.split('{').length,
	);
	for (const template of templates) {
		const names = Array.from(template.matchAll(/\{(\w+)\}/g), ([, parameter]) => parameter);
		const pattern = template.replace(/\./g, '\\.').replace(/\{\w+\}/g, '([^/]+?)');
		const match = new RegExp(`^${pattern}$`).exec(path);
		const operation = documentNamed(name).paths[template][method.toLowerCase()];
		if (!match || !operation) continue;
		const entries = names.map((parameter, index) => [
			parameter,
			decodeURIComponent(match[index + 1]),
		]);
		return { key: `${name} ${method} ${template}`, operation, parameters: entries };
	}
	return undefined;
}

/** Compiled when it is first needed, as a document has hundreds. */
function validator(
	ajv: Ajv,
	key: string,
	name: string,
	schema: () => AnySchemaObject,
): ValidateFunction {
	let validate = validators.get(key);
	if (!validate) {
		// References are relative to the document.
		const resolved = JSON.stringify(schema()).replaceAll('"#/components/', `"${name}#/components/`);
		validate = ajv.compile(JSON.parse(resolved) as AnySchemaObject);
		validators.set(key, validate);
	}
	return validate;
}

function requestSchema({ parameters = [], requestBody }: Operation): AnySchemaObject {
	const schemaOf = (place: 'path' | 'query') => {
		const those = parameters.filter((parameter) => parameter.in === place);
		return {
			type: 'object',
			properties: Object.fromEntries(those.map((parameter) => [parameter.name, parameter.schema])),
			required: those.filter(({ required }) => required).map((parameter) => parameter.name),
			additionalProperties: false,
		};
	};
	const form = requestBody?.content[FORM]?.schema;
	return {
		type: 'object',
		properties: {
			path: schemaOf('path'),
			query: schemaOf('query'),
			form: form ? closed(form) : { maxProperties: 0 },
		},
	};
}

function toObject(pairs: Parameters): Record<string, string | string[]> {
	const names = [...new Set(pairs.map(([name]) => name))];
	return Object.fromEntries(
		names.map((name) => {
			const values = pairs.filter((pair) => pair[0] === name).map(([, value]) => value);
			return [name, values.length > 1 ? values : values[0]];
		}),
	);
}

/** What a parameter or a property is that no document knows. */
const UNKNOWN = 'additionalProperties';

const inWords = ({ instancePath, message, params, data }: ErrorObject) =>
	`${instancePath} ${message} ${JSON.stringify(params)}: ${JSON.stringify(data)}`;

const found: string[] = [];

/** Notes what is wrong, for the test at the end of which it comes out. */
export function checkExchange(exchange: Exchange): void {
	found.push(...violations(exchange));
}

/** What was wrong since this was last asked. */
export const takeViolations = (): string[] => found.splice(0);

/**
 * What is wrong with a request or with the simulator's answer by Twilio's OpenAPI documents, nothing
 * where all is right. Values are only looked at where Twilio accepts them: users enter wrong ones.
 *
 * @see https://github.com/twilio/twilio-oai
 */
export function violations(exchange: Exchange): string[] {
	const { method, path, query, form, status, answer, isOrdered } = exchange;
	if (NOT_DOCUMENTED.some((pattern) => pattern.test(path))) return [];
	const [, name] = DOCUMENTS.find(([begins]) => path.startsWith(begins)) ?? [];
	const found = name === undefined ? undefined : find(name, exchange);
	const isRefused = status >= 400;
	const isUnjudged = isRefused || isOrdered;
	if (name === undefined || !found) return [`${method} ${path} is not documented`];
	const { key, operation, parameters } = found;
	const request = validator(requests, key, name, () => requestSchema(operation));
	request({
		path: Object.fromEntries(parameters) as object,
		query: toObject(query),
		form: toObject(form),
	});
	const wrong = (request.errors ?? [])
		.filter(({ keyword, data }) => keyword === UNKNOWN || !(isUnjudged || data === ''))
		.map((error) => `${method} ${path}: ${inWords(error)}`);
	if (isUnjudged || status === 0) return wrong;
	const response = operation.responses[status];
	if (!response) return [...wrong, `${method} ${path}: the status ${status} is not documented`];
	const schema = response.content?.['application/json'].schema;
	if (!schema)
		return answer ? [...wrong, `${method} ${path}: answers what is not documented`] : wrong;
	const validate = validator(answers, `${key} ${status}`, name, () => closed(schema));
	validate(answer);
	// Twilio answers "" or null for what it has not, in the documents' own examples, too.
	const untrue = (validate.errors ?? [])
		.filter(({ data }) => data !== '' && data !== null)
		.map((error) => `the answer to ${method} ${path}: ${inWords(error)}`);
	return [...wrong, ...untrue];
}
