import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const PROJECT = 'n8n-nodes-twilio-sms';

function userCacheFolder(): string {
	const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
	if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
	if (process.platform === 'darwin') return join(homedir(), 'Library/Caches');
	if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData/Local');
	return join(homedir(), '.cache');
}

/** Outside the checkout: it survives `git clean` and is shared by all checkouts. */
export function cacheFolder(): string {
	const { N8N_CACHE_DIR } = process.env;
	return N8N_CACHE_DIR ? resolve(N8N_CACHE_DIR) : join(userCacheFolder(), PROJECT);
}
