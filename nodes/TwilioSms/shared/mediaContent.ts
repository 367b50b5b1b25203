import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { apiOrigin, LOOPBACK_HOSTS } from './apiOrigin';
import { pause } from './cancellation';
import { CREDENTIAL_NAME } from './credential';
import { refusedError } from './errors';
import type { TwilioContext } from './request';
import { retryDelay } from './retryDelay';
import { getCredential } from './transport';

type Readable = AsyncIterable<Uint8Array> & { destroy(): void };

interface MediaResponse {
	url: URL;
	statusCode: number;
	headers: IDataObject;
	/** Not read yet. */
	body: Readable;
}

const TIMEOUT_MS = 30_000;

const MOST_REDIRECTS = 5;

// Three times what WhatsApp lets through, the most generous of Twilio's channels.
const MOST_MEGABYTES = 48;

/**
 * The bytes of an attachment. Twilio's API serves them itself or redirects to a file host whose
 * address is permission enough: the credential goes to the API and along no redirect.
 *
 * @see https://www.twilio.com/docs/messaging/api/media-resource
 * @throws NodeApiError when they cannot be had
 */
export async function fetchMediaContent(
	this: TwilioContext,
	messageSid: string,
	mediaSid: string,
): Promise<Buffer> {
	const credential = await getCredential.call(this);
	const account = `/2010-04-01/Accounts/${encodeURIComponent(credential.accountSid)}`;
	const path = `${account}/Messages/${messageSid}/Media/${mediaSid}`;
	const apiUrl = new URL(apiOrigin(credential, 'api') + path);

	let response = await askApi.call(this, apiUrl);
	for (let redirects = 0; isRedirect(response) && redirects < MOST_REDIRECTS; redirects++) {
		response.body.destroy();
		const target = new URL(String(response.headers.location), response.url);
		if (!isSafe(target, credential.region === 'custom')) {
			throw failed.call(this, 'Twilio redirects to an address that is not encrypted', target.host);
		}
		response = await ask.call(this, target, { withCredential: false });
	}
	return await readContent.call(this, response, response.url === apiUrl);
}

async function askApi(this: TwilioContext, url: URL): Promise<MediaResponse> {
	for (let tries = 1; ; tries++) {
		const response = await ask.call(this, url, { withCredential: true });
		const delay = retryDelay({ method: 'GET' }, response, tries);
		if (delay === undefined) return response;
		response.body.destroy();
		await pause.call(this, delay);
	}
}

async function ask(
	this: TwilioContext,
	url: URL,
	{ withCredential }: { withCredential: boolean },
): Promise<MediaResponse> {
	const options: IHttpRequestOptions = {
		url: url.href,
		encoding: 'stream',
		timeout: TIMEOUT_MS,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	try {
		const response = withCredential
			? await this.helpers.httpRequestWithAuthentication.call(this, CREDENTIAL_NAME, options)
			: await this.helpers.httpRequest(options);
		return { url, ...response };
	} catch (error) {
		throw failed.call(this, `${url.host} did not answer`, (error as Error).message);
	}
}

async function readContent(
	this: TwilioContext,
	{ url, statusCode, body }: MediaResponse,
	isApi: boolean,
): Promise<Buffer> {
	const content = await readUpTo(MOST_MEGABYTES * 1024 * 1024, body).catch((error: Error) => {
		throw failed.call(this, `${url.host} did not send all of it`, error.message);
	});
	if (statusCode === 200 && content) return content;
	if (statusCode === 200) {
		throw failed.call(this, `It is larger than ${MOST_MEGABYTES} MB`, url.host);
	}
	if (isApi) throw refusedError(this.getNode(), statusCode, parseJson(String(content)));
	throw failed.call(this, `${url.host} answered with HTTP status ${statusCode}`);
}

/** All of the bytes, or `undefined` when there are more than that; the rest is not read then. */
async function readUpTo(mostBytes: number, body: Readable): Promise<Buffer | undefined> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.length;
		if (bytes > mostBytes) return undefined;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function isRedirect({ statusCode, headers }: MediaResponse): boolean {
	return statusCode >= 300 && statusCode < 400 && typeof headers.location === 'string';
}

function isSafe(url: URL, isLoopbackAllowed: boolean): boolean {
	if (url.protocol === 'https:') return true;
	return isLoopbackAllowed && url.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function failed(this: TwilioContext, why: string, detail?: string): NodeApiError {
	return new NodeApiError(
		this.getNode(),
		{},
		{
			message: `The attachment could not be fetched: ${why}`,
			description: `Try again, and look at the message in the Twilio Console if it happens again.${detail ? ` (Reason: ${detail})` : ''}`,
		},
	);
}
