import * as http from 'node:http';
import * as https from 'node:https';
import type { Gunzip } from 'node:zlib';
import { createGunzip } from 'node:zlib';
import type { Stage } from './failure';
import {
	CONNECTION_FAILURE,
	HTTP_RETRIEVAL_FAILURE,
	WebhookFailure,
	webhookFailure,
} from './failure';
import type { WebhookRequest } from './request';

export interface WebhookResponse {
	status: number;
	headers: http.IncomingHttpHeaders;
	body: string;
}

export interface Timeouts {
	connect: number;
	read: number;
}

const MAX_DOCUMENT_BYTES = 64 * 1024;
const DOCUMENT_TOO_LARGE = 11750;

/**
 * One request and its answer. Neither fetch nor a common client lets Host differ from the machine
 * that is connected to, which a public name on a laptop needs; hence `node:http`.
 */
export async function exchange(
	request: WebhookRequest,
	target: URL,
	{ timeouts, signal }: { timeouts: Timeouts; signal: AbortSignal },
): Promise<WebhookResponse> {
	let stage: Stage = 'connecting';
	try {
		const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
			const secure = target.protocol === 'https:';
			const outgoing = (secure ? https : http).request(target, {
				method: request.method,
				headers: request.headers,
				servername: secure ? new URL(request.url).hostname : undefined,
				agent: false,
				signal,
			});
			const connectTimer = setTimeout(
				() => outgoing.destroy(new WebhookFailure(CONNECTION_FAILURE, 'ct')),
				timeouts.connect,
			);
			outgoing.once('socket', (socket) => {
				socket.once(secure ? 'secureConnect' : 'connect', () => {
					stage = 'waiting';
					clearTimeout(connectTimer);
					socket.setTimeout(timeouts.read, () =>
						socket.destroy(new WebhookFailure(HTTP_RETRIEVAL_FAILURE, 'rt')),
					);
				});
			});
			outgoing.once('close', () => clearTimeout(connectTimer));
			outgoing.on('error', reject);
			outgoing.once('response', resolve);
			outgoing.end(request.body);
		});
		stage = 'reading';
		return {
			status: response.statusCode ?? 0,
			headers: response.headers,
			body: await documentOf(response),
		};
	} catch (error) {
		throw webhookFailure(error, stage);
	}
}

async function documentOf(response: http.IncomingMessage): Promise<string> {
	const plain = response.headers['content-encoding'] === 'gzip' ? gunzipped(response) : response;
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of plain as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > MAX_DOCUMENT_BYTES) {
			response.destroy();
			throw new WebhookFailure(DOCUMENT_TOO_LARGE);
		}
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

function gunzipped(response: http.IncomingMessage): Gunzip {
	const gunzip = createGunzip();
	response.once('error', (error) => gunzip.destroy(error));
	return response.pipe(gunzip);
}
