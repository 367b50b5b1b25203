import type { IncomingMessage, ServerResponse } from 'node:http';
import { request } from 'node:http';
import { pipeline } from 'node:stream';
import { LoopbackServer } from '../loopbackServer';

/**
 * Servers by the start of the paths that they answer; the longest start that fits wins. As with
 * nginx's `location` and `proxy_pass`, the path of the server's URL takes the place of that start:
 * `{ '/n8n/': 'http://127.0.0.1:5678/' }` makes `/n8n/healthz` a `/healthz`.
 */
export type Routes = Record<string, string>;

export interface ReverseProxy {
	/** Without a path. */
	url: string;
	close(): Promise<void>;
}

function forward(routes: Routes, incoming: IncomingMessage, outgoing: ServerResponse): void {
	const { method, url: path = '/', headers, socket } = incoming;
	const start = Object.keys(routes)
		.filter((candidate) => path.startsWith(candidate))
		.sort((a, b) => b.length - a.length)[0];
	if (start === undefined) {
		outgoing.writeHead(404).end();
		return;
	}
	const forwarded = {
		'x-forwarded-for': socket.remoteAddress,
		'x-forwarded-host': headers.host,
		'x-forwarded-proto': 'http',
	};
	const target = routes[start] + path.slice(start.length);
	const onward = request(target, { method, headers: { ...headers, ...forwarded } }, (answer) => {
		outgoing.writeHead(answer.statusCode!, answer.rawHeaders);
		pipeline(answer, outgoing, () => undefined);
	});
	onward.on('error', () =>
		outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end(),
	);
	pipeline(incoming, onward, () => undefined);
}

/** What people put in front of n8n, over plain HTTP and without websockets. */
export async function startReverseProxy(routes: Routes): Promise<ReverseProxy> {
	const server = new LoopbackServer((incoming, outgoing) => forward(routes, incoming, outgoing));
	await server.listen();
	return { url: server.origin, close: () => server.close() };
}
