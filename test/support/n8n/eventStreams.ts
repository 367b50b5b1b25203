import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface EventStreams {
	url: string;
	close(): Promise<void>;
}

/** As much of Twilio's Event Streams as n8n's own Twilio Trigger asks for when it registers. */
export async function startEventStreams(): Promise<EventStreams> {
	const server = createServer(({ method }, response) => {
		if (method === 'DELETE') {
			response.writeHead(204).end();
			return;
		}
		const body = method === 'POST' ? { sid: 'DG1' } : { sinks: [], subscriptions: [] };
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async close() {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}
