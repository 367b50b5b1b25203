import type { IDataObject } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { apiOrigin } from './apiOrigin';
import { pause, stopIfCanceled } from './cancellation';
import type { TwilioSmsCredential } from './credential';
import { CREDENTIAL_NAME } from './credential';
import { encodeParameters } from './encodeParameters';
import { noAnswerError, refusedError, unknownOutcomeError, unreachableError } from './errors';
import type { Answer } from './exchange';
import { exchange } from './exchange';
import { Pace } from './pace';
import type { TwilioContext, TwilioRequest } from './request';
import { isTooMany, retryDelay, wasNeverSent } from './retryDelay';

export type { TwilioContext, TwilioParameters, TwilioRequest } from './request';

// n8n reads, decrypts and resolves a credential each time it is asked for it, and makes a context
// of its own for each run of a node.
const credentials = new WeakMap<TwilioContext, Promise<TwilioSmsCredential>>();
const paces = new WeakMap<TwilioContext, Pace>();

/** The credential as entered, with the Account SID free of stray blanks. */
export async function getCredential(this: TwilioContext): Promise<TwilioSmsCredential> {
	const known = credentials.get(this) ?? readCredential.call(this);
	credentials.set(this, known);
	return await known;
}

/**
 * Calls Twilio and returns the parsed JSON body (`undefined` for 204). What Twilio was too busy
 * for is asked again, and so is a read that failed; a message is never sent twice.
 *
 * @throws NodeApiError with what to do; NodeOperationError when the credential is incomplete
 */
export async function twilioRequest<T>(this: TwilioContext, request: TwilioRequest): Promise<T> {
	const url = await requestUrl.call(this, request);
	for (let tries = 1; ; tries++) {
		const answer = await paceOf.call(this).take(async () => {
			stopIfCanceled.call(this);
			return await exchange.call(this, url, request);
		}, isTooMany);
		const delay = retryDelay(request, answer, tries);
		if (delay === undefined) return outcome.call(this, request, answer) as T;
		await pause.call(this, delay);
	}
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

async function readCredential(this: TwilioContext): Promise<TwilioSmsCredential> {
	const credential = await this.getCredentials<TwilioSmsCredential>(CREDENTIAL_NAME);
	return { ...credential, accountSid: credential.accountSid.trim() };
}

function paceOf(this: TwilioContext): Pace {
	const pace = paces.get(this) ?? new Pace();
	paces.set(this, pace);
	return pace;
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

function outcome(this: TwilioContext, { messageTo }: TwilioRequest, answer: Answer): unknown {
	const node = this.getNode();
	const isMessage = messageTo !== undefined;
	if ('networkCode' in answer) {
		const { networkCode } = answer;
		if (wasNeverSent(networkCode)) throw unreachableError(node, networkCode);
		if (isMessage) throw unknownOutcomeError(node, messageTo, "Twilio's answer did not arrive.");
		throw noAnswerError(node, networkCode);
	}
	const { statusCode, body } = answer;
	if (isMessage && statusCode >= 500) {
		throw unknownOutcomeError(node, messageTo, `Twilio failed with HTTP status ${statusCode}.`);
	}
	if (statusCode >= 300) throw refusedError(node, statusCode, body);
	if (isMessage && !(body as { sid?: unknown } | undefined)?.sid) {
		throw unknownOutcomeError(node, messageTo, "Twilio's answer could not be read.");
	}
	return body;
}
