import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A server that n8n depends on in queue mode. */
export interface Service {
	/** What makes an n8n use it. */
	env: NodeJS.ProcessEnv;
	close: () => Promise<void>;
}

/** Redis and PostgreSQL say so in the same words. */
export const logsReadiness = (output: string) => /ready to accept connections/i.test(output);

/** The path of a program from the machine's own package manager, which may hide it in a folder. */
export function requireProgram(
	name: string,
	debianPackage: string,
	folders: string[] = [],
): string {
	const candidates = [...folders, ...(process.env.PATH ?? '').split(delimiter)];
	const folder = candidates.find((candidate) => existsSync(join(candidate, name)));
	if (folder) return join(folder, name);
	throw new Error(`There is no ${name}. Install it (Debian: apt-get install ${debianPackage}).`);
}
