import { CommandError } from './run';

const REMEDIES: Array<[symptom: RegExp, remedy: string]> = [
	[
		/ENOSPC|no space left/i,
		'The disk is full. Free about 4 GB, or set N8N_CACHE_DIR to a folder on another disk.',
	],
	[/spawn npm\S* ENOENT/, 'There is no npm on the PATH. Install Node with npm and run this again.'],
	[
		/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ERR_SOCKET_TIMEOUT/,
		'npm could not reach its registry. Check the connection and the proxy settings of npm.',
	],
	[
		/ETARGET|E404|No matching version/,
		'The registry npm uses does not have this n8n or a package it needs. ' +
			'Check `npm config get registry`.',
	],
	[
		/gyp ERR|node-gyp/,
		'A native module has no ready-made build for this machine and could not be compiled. ' +
			'Install Python 3 and a C++ compiler (Debian: apt-get install build-essential python3, ' +
			'macOS: xcode-select --install, Windows: Visual Studio Build Tools) and run this again.',
	],
	[
		/MODULE_NOT_FOUND|ERR_DLOPEN_FAILED|GLIBC/,
		'A native module does not load on this machine. Running with Node 24 may help.',
	],
];

const FALLBACK = 'Run this again; if it keeps failing, the lines below say what went wrong.';

export function explainInstallFailure(error: unknown, version: string): unknown {
	if (!(error instanceof CommandError)) return error;
	const [, remedy] = REMEDIES.find(([symptom]) => symptom.test(error.output)) ?? ['', FALLBACK];
	return new Error(`n8n ${version} could not be installed. ${remedy}\n\n${error.message}`, {
		cause: error,
	});
}
