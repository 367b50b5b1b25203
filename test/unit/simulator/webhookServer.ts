import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedRequest {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

export interface WebhookServer {
	url: string;
	requests: ReceivedRequest[];
	close(): Promise<void>;
}

export type Answerer = (response: ServerResponse, request: ReceivedRequest) => void;

/** A real HTTP server that keeps what it is sent, down to the byte. */
export async function startWebhookServer(answer: Answerer): Promise<WebhookServer> {
	const requests: ReceivedRequest[] = [];
	const server = createServer(async (request: IncomingMessage, response) => {
		const { method = '', url: path = '', headers } = request;
		const received = { method, path, headers, body: await text(request) };
		requests.push(received);
		answer(response, received);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		async close() {
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeAllConnections();
			await closed;
		},
	};
}

export function answering(
	body: string,
	contentType = 'text/xml',
	status = 200,
): (response: ServerResponse) => void {
	return (response) => response.writeHead(status, { 'Content-Type': contentType }).end(body);
}
