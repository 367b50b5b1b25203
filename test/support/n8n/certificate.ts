import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run';

export interface Certificate {
	key: string;
	cert: string;
	/** For NODE_EXTRA_CA_CERTS: whoever reads it trusts the certificate. */
	certPath: string;
}

/** A certificate of our own making for other people's host names, valid for a day. */
export async function makeCertificate(folder: string, hosts: string[]): Promise<Certificate> {
	const [keyPath, certPath] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
	const names = hosts.map((host) => `DNS:${host}`).join(',');
	const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
	const subject = ['-subj', `/CN=${hosts[0]}`, '-addext', `subjectAltName=${names}`, '-days', '1'];
	const files = ['-keyout', keyPath, '-out', certPath];
	await run('openssl', ['req', '-x509', ...kind, ...subject, ...files], { cwd: folder });
	const [key, cert] = await Promise.all([keyPath, certPath].map((path) => readFile(path, 'utf8')));
	return { key, cert, certPath };
}
