import type {
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';

import type { TwilioProduct, TwilioSmsCredential } from './credential';
import { apiOrigin, CREDENTIAL_NAME, credentialProblem } from './credential';
import {
	asNodeError,
	canceledError,
	endlessListError,
	inputError,
	isErrorBody,
	noAnswerError,
	notTwilioCause,
	notTwilioError,
	refusedError,
	unknownOutcomeError,
	unreachableError,
} from './errors';
import { Pace } from './pace';
import type { Answer, HttpAnswer } from './retry';
import { isTooMany, noAnswerOf, retryDelay } from './retry';

export type TwilioContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
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
	/** A field that the answer has if it is Twilio's; without one there is nothing but the status. */
	expects?: string;
	/** Who gets a message by this request, so that it must not go out twice. */
	messageTo?: string;
}

interface Paging {
	next_page_uri?: string | null;
	meta?: { next_page_url?: string | null };
}

// As in Twilio's own libraries.
const TIMEOUT_MS = 30_000;

const BUSY_TIMEOUT_MS = 120_000;

// Ten million messages: beyond any account's list that a workflow could hold.
const MOST_PAGES = 10_000;

/**
 * Requests to Twilio's API with the credential of one run of a node. Keeps the credential, which
 * n8n reads and decrypts each time it is asked for it, and the pace that Twilio allows.
 */
export class TwilioApi {
	private readonly pace = new Pace();

	private known: Promise<TwilioSmsCredential> | undefined;

	/** @param busyTimeoutMs how long refusals because of too many requests are waited out */
	constructor(
		readonly context: TwilioContext,
		private readonly busyTimeoutMs = BUSY_TIMEOUT_MS,
	) {}

	/** The credential as entered, with the Account SID free of stray blanks. */
	async credential(): Promise<TwilioSmsCredential> {
		return await (this.known ??= this.readCredential());
	}

	/**
	 * The parsed JSON body of Twilio's answer (`undefined` for 204). What Twilio was too busy for
	 * is asked again, and so is a read that failed; a message is never sent twice.
	 *
	 * @throws NodeApiError with what to do; NodeOperationError when the credential is incomplete
	 */
	async request<T>(request: TwilioRequest): Promise<T> {
		const url = await this.url(request);
		const { busyTimeoutMs } = this;
		const startedAt = Date.now();
		for (let tries = 1; ; tries++) {
			const answer = await this.pace.take(async () => {
				this.stopIfCanceled();
				return await this.exchange(url, request);
			}, isTooMany);
			const elapsedMs = Date.now() - startedAt;
			const delay = retryDelay(request.method, answer, { tries, elapsedMs, busyTimeoutMs });
			// What Twilio's specification says that this request answers with.
			if (delay === undefined) return this.outcome(url, request, answer) as T;
			await this.wait(delay);
		}
	}

	/**
	 * Every entry of a list, page after page as Twilio links them: the 2010 API by a path, the
	 * product APIs by a whole URL, of which only the path is taken.
	 *
	 * @param key under which a page holds its entries
	 * @see https://www.twilio.com/docs/usage/twilios-response#response-formats-list-paging-information
	 */
	async *list<T>(
		request: Omit<TwilioRequest, 'method' | 'expects'>,
		key: string,
	): AsyncGenerator<T> {
		const { product } = request;
		let page: TwilioRequest | undefined = { ...request, method: 'GET', expects: key };
		const seen = new Set<string>();
		while (page) {
			const body: Paging & Record<string, unknown> = await this.request(page);
			yield* body[key] as T[];
			const next: string = body.next_page_uri ?? body.meta?.next_page_url ?? '';
			const path = await this.pagePath(next);
			if (seen.has(path) || seen.size >= MOST_PAGES) throw endlessListError(this.context.getNode());
			seen.add(path);
			page = path ? { method: 'GET', product, path, expects: key } : undefined;
		}
	}

	/** Without the path of a base URL, behind which a gateway may be. */
	private async pagePath(next: string): Promise<string> {
		const { region, baseUrl } = await this.credential();
		const path = next.replace(/^https?:\/\/[^/]+/, '');
		if (region !== 'custom') return path;
		const prefix = new URL(baseUrl).pathname.replace(/\/+$/, '');
		return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
	}

	/**
	 * Waits, but not beyond the end of the execution.
	 *
	 * @throws NodeOperationError when the execution was canceled
	 */
	async wait(milliseconds: number): Promise<void> {
		// Rejects when the execution is canceled.
		await sleep(milliseconds, cancelSignal(this.context)).catch(() => undefined);
		this.stopIfCanceled();
	}

	private stopIfCanceled(): void {
		if (isCanceled(this.context)) throw canceledError(this.context.getNode());
	}

	private async readCredential(): Promise<TwilioSmsCredential> {
		const credential = await this.context.getCredentials<TwilioSmsCredential>(CREDENTIAL_NAME);
		const problem = credentialProblem(credential);
		if (problem) throw inputError(this.context.getNode(), problem, CREDENTIAL_ADVICE);
		return { ...credential, accountSid: credential.accountSid.trim() };
	}

	private async url({ product = 'api', path, query }: TwilioRequest): Promise<string> {
		const credential = await this.credential();
		const isBelowAccount = product === 'api' && !path.startsWith('/2010-04-01/');
		const account = `/2010-04-01/Accounts/${encodeURIComponent(credential.accountSid)}`;
		const search = query && encodeParameters(query);
		try {
			const origin = apiOrigin(credential, product);
			return `${origin}${isBelowAccount ? account : ''}${path}${search ? `?${search}` : ''}`;
		} catch (error) {
			throw new NodeOperationError(this.context.getNode(), error as Error);
		}
	}

	private async exchange(url: string, { method, form }: TwilioRequest): Promise<Answer> {
		const { context } = this;
		try {
			return (await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL_NAME, {
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
			})) as IN8nHttpFullResponse;
		} catch (error) {
			const noAnswer = noAnswerOf(error);
			if (noAnswer) return noAnswer;
			throw asNodeError(context.getNode(), error);
		}
	}

	private outcome(url: string, request: TwilioRequest, answer: Answer): unknown {
		const node = this.context.getNode();
		const { messageTo } = request;
		if ('networkCode' in answer) {
			const { networkCode, isUnsent } = answer;
			if (isUnsent) throw unreachableError(node, networkCode);
			if (messageTo === undefined) throw noAnswerError(node, networkCode);
			const cause = `Twilio's answer did not arrive (${networkCode.toLowerCase()}).`;
			throw unknownOutcomeError(node, messageTo, cause);
		}
		const { statusCode, body } = answer;
		if (messageTo !== undefined && statusCode >= 500) {
			throw unknownOutcomeError(node, messageTo, `Twilio failed with HTTP status ${statusCode}.`);
		}
		if (isTwilios(answer, request)) {
			if (statusCode < 300) return body;
			const permission = permissionFor(request);
			throw refusedError(node, statusCode, body, { recipient: messageTo, permission });
		}
		if (messageTo !== undefined && statusCode < 300) {
			throw unknownOutcomeError(node, messageTo, notTwilioCause(statusCode));
		}
		throw notTwilioError(node, statusCode, new URL(url).host);
	}
}

// A captive portal, a company's proxy and any other website answer as well. An overloaded Twilio is
// known by its status: its gateways answer in HTML.
function isTwilios({ statusCode, body }: HttpAnswer, { expects }: TwilioRequest): boolean {
	if (statusCode === 429 || statusCode >= 500) return true;
	if (statusCode >= 300) return isErrorBody(body);
	if (expects === undefined) return statusCode === 204;
	return typeof body === 'object' && body !== null && expects in body;
}

const CREDENTIAL_ADVICE =
	'Open the credential and copy it again from the first page of the Twilio Console.';

/** By a part of the path. */
const RESOURCES = [
	['/IncomingPhoneNumbers', 'Phone Numbers'],
	['/Applications', 'Applications'],
	['/ShortCodes', 'Short Codes'],
];

/** What the Twilio Console calls the permission that a restricted API key needs for a request. */
function permissionFor({ method, product, path }: TwilioRequest): string {
	const action = method === 'GET' ? 'read' : method === 'DELETE' ? 'delete' : 'create and update';
	if (product === 'lookups') return 'Lookup';
	if (product === 'content') return 'Content (read)';
	if (product === 'monitor') return 'Monitor > Alerts (read)';
	if (product === 'messaging') {
		return path.includes('/Senders')
			? 'Messaging > Senders (read)'
			: `Messaging > Services (${action})`;
	}
	const resource = RESOURCES.find(([part]) => path.includes(part))?.[1] ?? 'Messages';
	return `${resource} (${action})`;
}

/** Whether the user, or a time limit, stopped the execution. */
export function isCanceled(context: TwilioContext): boolean {
	return cancelSignal(context)?.aborted === true;
}

/** Parameters as a form or a query string: UTF-8, lists by repeating the name. */
export function encodeParameters(parameters: TwilioParameters): string {
	const encoded = new URLSearchParams();
	for (const [name, value] of Object.entries(parameters)) {
		for (const one of [value].flat()) {
			if (one !== undefined) encoded.append(name, String(one));
		}
	}
	return encoded.toString();
}

// Not in every context, nor in every version of n8n.
function cancelSignal(context: TwilioContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
