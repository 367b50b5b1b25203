import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { makeCertificate } from './certificate';

export interface HostProxy {
	/** What makes an n8n go through it. */
	env: NodeJS.ProcessEnv;
	close(): Promise<void>;
}

/**
 * A proxy that leads `https://<host>` to a server on this machine, and nothing anywhere else:
 * n8n's own Twilio nodes know no other address than Twilio's.
 *
 * @param servers the server's origin, by host
 */
export async function startHostProxy(servers: Record<string, string>): Promise<HostProxy> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-twilio-sms-bench-'));
	const { key, cert, certPath } = await makeCertificate(folder, Object.keys(servers));
	const sockets = new Set<Socket>();

	const hosts = createTlsServer({ key, cert }, (secure) => {
		const { hostname, port } = new URL(servers[String(secure.servername)]);
		// Clients that leave without a goodbye are no failure of the measurement.
		pipeline(secure, connect(Number(port), hostname), secure, () => undefined);
	});
	hosts.on('tlsClientError', () => undefined);

	const proxy = createServer((_request, response) => response.writeHead(403).end());
	proxy.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	proxy.on('connect', ({ url = '' }, socket) => {
		socket.on('error', () => socket.destroy());
		if (!(url.replace(/:443$/, '') in servers)) {
			socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		hosts.emit('connection', socket);
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');

	return {
		env: {
			HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certPath,
		},
		async close() {
			const closed = once(proxy, 'close');
			proxy.close();
			for (const socket of sockets) socket.destroy();
			await closed;
			await rm(folder, { recursive: true, force: true });
		},
	};
}
