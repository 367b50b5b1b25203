import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Account } from './account';

export interface MediaHostRequest {
	path: string;
	headers: IncomingHttpHeaders;
}

export interface MediaHost {
	origin: string;
	close(): Promise<void>;
}

/**
 * The other host that media may lie on. What opens a file there is its URL; whoever shows it
 * Twilio's credentials as well has let a redirect carry them to a stranger.
 */
export async function startMediaHost(account: Account): Promise<MediaHost> {
	const app = express().disable('x-powered-by').disable('etag');
	app.get('/:sid', (request, response) => {
		account.mediaHostRequests.push({ path: request.originalUrl, headers: request.headers });
		const media = account.media.find(({ sid }) => sid === request.params.sid);
		if (request.headers.authorization !== undefined) {
			response
				.status(400)
				.type('application/xml')
				.send('<Error><Code>InvalidArgument</Code></Error>');
		} else if (media === undefined || request.query.Signature === undefined) {
			response.status(403).type('application/xml').send('<Error><Code>AccessDenied</Code></Error>');
		} else {
			response.type(media.contentType).send(media.content);
		}
	});
	const server = createServer(app).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async close() {
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeAllConnections();
			await closed;
		},
	};
}
