import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from './n8n/certificate';

/** A server whose certificate nobody trusts, while something is done with its address. */
export async function withUntrustedServer(use: (url: string) => Promise<void>): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
	const certificate = await makeCertificate(folder, ['twilio.example.com']);
	const server = createServer(certificate).listen(0, '127.0.0.1');
	await once(server, 'listening');
	try {
		await use(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
	} finally {
		server.close();
		await rm(folder, { recursive: true });
	}
}
