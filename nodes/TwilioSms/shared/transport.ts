import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { TwilioProduct } from './apiOrigin';
import { apiOrigin } from './apiOrigin';
import type { TwilioSmsCredential } from './credential';
import { CREDENTIAL_NAME } from './credential';
import {
	asNodeError,
	noAnswerError,
	refusedError,
	unknownOutcomeError,
	unreachableError,
} from './errors';

export type TwilioContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IWebhookFunctions;

/** Twilio's parameters by their names there; a list repeats its name. */
export type TwilioParameters = Record<string, string | string[] | number | boolean | undefined>;

export interface TwilioRequest {
	method: IHttpRequestMethods;
	product?: TwilioProduct;
	/** Below the account for product `api` (`/Messages.json`), else the whole path; or a page. */
	path: string;
	query?: TwilioParameters;
	form?: TwilioParameters;
	/** Sends something that must not go out twice when the answer is lost. */
	isCreate?: boolean;
}

// As in Twilio's own libraries.
const TIMEOUT_MS = 30_000;

// The connection was never made, so Twilio cannot have seen the request.
const NOT_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** The credential as entered, with the Account SID free of stray blanks. */
export async function getCredential(this: TwilioContext): Promise<TwilioSmsCredential> {
	const credential = await this.getCredentials<TwilioSmsCredential>(CREDENTIAL_NAME);
	return { ...credential, accountSid: credential.accountSid.trim() };
}

/**
 * Calls Twilio and returns the parsed JSON body (`undefined` for 204). The one function that
 * speaks HTTP: it knows host, credential, encoding and what a failure means.
 *
 * @throws NodeApiError with what to do; NodeOperationError when the credential is incomplete
 */
export async function twilioRequest<T>(this: TwilioContext, request: TwilioRequest): Promise<T> {
	const url = await requestUrl.call(this, request);
	const response = await send.call(this, url, request);
	const { statusCode, body } = response;
	if (statusCode < 300) return body as T;
	if (request.isCreate && statusCode >= 500) {
		throw unknownOutcomeError(this.getNode(), `Twilio failed with HTTP status ${statusCode}.`);
	}
	throw refusedError(this.getNode(), statusCode, body);
}

/**
 * Every entry of a list, page after page as Twilio links them: the 2010 API by a path, the
 * product APIs by a whole URL, of which only the path is taken.
 *
 * @see https://www.twilio.com/docs/usage/twilios-response#response-formats-list-paging-information
 */
export async function* twilioList<T>(
	this: TwilioContext,
	request: Omit<TwilioRequest, 'method'>,
	key: string,
): AsyncGenerator<T> {
	let page: TwilioRequest | undefined = { ...request, method: 'GET' };
	while (page) {
		const body = (await twilioRequest.call(this, page)) as IDataObject & Paging;
		yield* (body[key] ?? []) as T[];
		const next: string = body.next_page_uri ?? body.meta?.next_page_url ?? '';
		const path = next.replace(/^https?:\/\/[^/]+/, '');
		page = path ? { method: 'GET', product: request.product, path } : undefined;
	}
}

interface Paging {
	next_page_uri?: string | null;
	meta?: { next_page_url?: string | null };
}

async function requestUrl(this: TwilioContext, request: TwilioRequest): Promise<string> {
	const { product = 'api', path, query } = request;
	const credential = await getCredential.call(this);
	const isBelowAccount = product === 'api' && !path.startsWith('/2010-04-01/');
	const account = `/2010-04-01/Accounts/${encodeURIComponent(credential.accountSid)}`;
	const search = query && encodeParameters(query);
	try {
		const origin = apiOrigin(credential, product);
		return `${origin}${isBelowAccount ? account : ''}${path}${search ? `?${search}` : ''}`;
	} catch (error) {
		throw new NodeOperationError(this.getNode(), error as Error);
	}
}

async function send(
	this: TwilioContext,
	url: string,
	{ method, form, isCreate }: TwilioRequest,
): Promise<IN8nHttpFullResponse> {
	try {
		return await this.helpers.httpRequestWithAuthentication.call(this, CREDENTIAL_NAME, {
			method,
			url,
			...(form && {
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: encodeParameters(form),
			}),
			json: true,
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// A redirect would carry the credential to a host that nobody configured.
			disableFollowRedirect: true,
		});
	} catch (error) {
		const code = networkCode(error);
		if (!code) throw asNodeError(this.getNode(), error);
		if (NOT_CONNECTED.includes(code)) throw unreachableError(this.getNode(), code);
		if (isCreate) throw unknownOutcomeError(this.getNode(), 'The answer did not arrive.');
		throw noAnswerError(this.getNode(), code);
	}
}

function encodeParameters(parameters: TwilioParameters): string {
	const encoded = new URLSearchParams();
	for (const [name, value] of Object.entries(parameters)) {
		for (const one of [value].flat()) {
			if (one !== undefined) encoded.append(name, String(one));
		}
	}
	return encoded.toString();
}

// n8n wraps the HTTP client's error, sometimes more than once.
function networkCode(error: unknown): string | undefined {
	let current = error as { code?: unknown; cause?: unknown } | undefined;
	while (current && typeof current === 'object') {
		if (typeof current.code === 'string') return current.code;
		current = current.cause as typeof current;
	}
	return undefined;
}
