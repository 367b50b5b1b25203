import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { apiOrigin, CREDENTIAL_NAME } from './credential';
import { refusedError } from './errors';
import { isLoopbackHost } from './hosts';
import type { TwilioApi, TwilioContext } from './request';
import { retryDelay } from './retry';
import { within } from './within';

type Readable = AsyncIterable<Uint8Array> & { destroy(): void };

interface MediaResponse {
	url: URL;
	statusCode: number;
	headers: IDataObject;
	/** Not read yet. */
	body: Readable;
}

/** Until the answer begins. */
const TIMEOUT_MS = 30_000;

/** Until all of it is there, for which n8n's HTTP client has no limit. */
const COMPLETE_WITHIN_MS = 120_000;

const BUSY_TIMEOUT_MS = 30_000;

const MOST_REDIRECTS = 5;

// Three times the limit of WhatsApp, the highest of Twilio's channels.
const MOST_MEGABYTES = 48;

/**
 * The bytes of an attachment. Twilio's API serves them itself or redirects to a file host whose
 * address is permission enough: the credential goes to the API and along no redirect.
 *
 * @see https://www.twilio.com/docs/messaging/api/media-resource
 * @throws NodeApiError when they cannot be had
 */
export async function downloadMedia(
	api: TwilioApi,
	messageSid: string,
	mediaSid: string,
): Promise<Buffer> {
	const credential = await api.credential();
	const account = `/2010-04-01/Accounts/${encodeURIComponent(credential.accountSid)}`;
	const path = `${account}/Messages/${encodeURIComponent(messageSid)}/Media/${encodeURIComponent(mediaSid)}`;
	const apiUrl = new URL(apiOrigin(credential, 'api') + path);

	let response = await askApi(api, apiUrl);
	for (let redirects = 0; isRedirect(response) && redirects < MOST_REDIRECTS; redirects++) {
		response.body.destroy();
		const target = new URL(String(response.headers.location), response.url);
		if (!isSafe(target, credential.region === 'custom')) {
			throw failed(
				api.context,
				'Twilio redirects to an address that is not encrypted',
				target.host,
			);
		}
		response = await ask(api.context, target, { withCredential: false });
	}
	return await readContent(api.context, response, response.url === apiUrl);
}

async function askApi(api: TwilioApi, url: URL): Promise<MediaResponse> {
	const startedAt = Date.now();
	for (let tries = 1; ; tries++) {
		const response = await ask(api.context, url, { withCredential: true });
		const elapsedMs = Date.now() - startedAt;
		const attempts = { tries, elapsedMs, busyTimeoutMs: BUSY_TIMEOUT_MS };
		const delay = retryDelay('GET', response, attempts);
		if (delay === undefined) return response;
		response.body.destroy();
		await api.wait(delay);
	}
}

async function ask(
	context: TwilioContext,
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
			? await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL_NAME, options)
			: await context.helpers.httpRequest(options);
		return { url, ...response };
	} catch (error) {
		throw failed(context, `${url.host} did not answer`, (error as Error).message);
	}
}

async function readContent(
	context: TwilioContext,
	{ url, statusCode, body }: MediaResponse,
	isApi: boolean,
): Promise<Buffer> {
	const reading = readUpTo(MOST_MEGABYTES * 1024 * 1024, body);
	const tooLate = `it takes longer than ${COMPLETE_WITHIN_MS / 60_000} minutes`;
	const content = await within(COMPLETE_WITHIN_MS, reading, tooLate).catch((error: Error) => {
		body.destroy();
		throw failed(context, `${url.host} did not send all of it`, error.message);
	});
	if (statusCode === 200 && content) return content;
	if (statusCode === 200) {
		throw failed(context, `It is larger than ${MOST_MEGABYTES} MB`, url.host);
	}
	if (isApi) throw refusedError(context.getNode(), statusCode, parseJson(String(content)));
	throw failed(context, `${url.host} answered with HTTP status ${statusCode}`);
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
	return isLoopbackAllowed && url.protocol === 'http:' && isLoopbackHost(url.hostname);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function failed(context: TwilioContext, why: string, detail?: string): NodeApiError {
	return new NodeApiError(
		context.getNode(),
		{},
		{
			message: `The attachment could not be fetched: ${why}`,
			description: `Try again, and look at the message in the Twilio Console if it happens again.${detail ? ` (Reason: ${detail})` : ''}`,
		},
	);
}

/**
 * The usual extensions of the file types that Twilio carries, where they differ from the subtype.
 *
 * @see https://www.twilio.com/docs/messaging/guides/accepted-mime-types
 */
const EXTENSIONS = new Map([
	['application/msword', 'doc'],
	['application/vnd.apple.pkpass', 'pkpass'],
	['application/vnd.ms-excel', 'xls'],
	['application/vnd.ms-powerpoint', 'ppt'],
	['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx'],
	['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
	['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
	['audio/3gpp', '3gp'],
	['audio/3gpp2', '3g2'],
	['audio/basic', 'au'],
	['audio/mp4', 'm4a'],
	['audio/mpeg', 'mp3'],
	['audio/x-wav', 'wav'],
	['image/jpeg', 'jpg'],
	['image/jpg', 'jpg'],
	['image/svg+xml', 'svg'],
	['text/calendar', 'ics'],
	['text/directory', 'vcf'],
	['text/plain', 'txt'],
	['text/richtext', 'rtx'],
	['text/vcard', 'vcf'],
	['text/x-vcard', 'vcf'],
	['video/3gpp', '3gp'],
	['video/3gpp2', '3g2'],
	['video/mpeg', 'mpg'],
	['video/quicktime', 'mov'],
	['video/x-ms-wmv', 'wmv'],
	['video/x-msvideo', 'avi'],
]);

/** The extension for files of a MIME type, without its dot; `bin` when there is no telling. */
export function fileExtension(mimeType: string): string {
	const type = mimeType.split(';')[0].trim().toLowerCase();
	const subtype = type.split('/')[1] ?? '';
	return EXTENSIONS.get(type) ?? (/^[a-z0-9]{2,5}$/.test(subtype) ? subtype : 'bin');
}
