import { LoopbackServer } from '../loopbackServer';

export interface EventStreams {
	url: string;
	close(): Promise<void>;
}

/** As much of Twilio's Event Streams as n8n's own Twilio Trigger asks for when it registers. */
export async function startEventStreams(): Promise<EventStreams> {
	const server = new LoopbackServer(({ method }, response) => {
		if (method === 'DELETE') {
			response.writeHead(204).end();
			return;
		}
		const body = method === 'POST' ? { sid: 'DG1' } : { sinks: [], subscriptions: [] };
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	});
	await server.listen();
	return { url: server.origin, close: () => server.close() };
}
