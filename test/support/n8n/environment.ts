/** What any program needs of the machine it runs on, and nothing that configures n8n, npm or Jest. */
const SYSTEM_VARIABLES = [
	'APPDATA',
	'COMSPEC',
	'HOME',
	'LANG',
	'LC_ALL',
	'LOCALAPPDATA',
	'NODE_EXTRA_CA_CERTS',
	'PATH',
	'PATHEXT',
	'SYSTEMDRIVE',
	'SYSTEMROOT',
	'TEMP',
	'TMP',
	'TMPDIR',
	'TZ',
	'USER',
	'USERPROFILE',
	'WINDIR',
];

/** npm passes its whole configuration to scripts; only where and how to download is the user's. */
const NPM_DOWNLOAD_SETTINGS =
	/^npm_config_(registry|userconfig|globalconfig|cache|cafile|proxy|https_?proxy|noproxy|strict_ssl)$/i;

const OF_THE_CALLER = /^(npm_|jest_|n8n_|init_cwd$|node_options$|node_env$|node_path$)/i;

function pick(keep: (name: string) => boolean): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => keep(name)));
}

export function systemEnvironment(): NodeJS.ProcessEnv {
	return pick((name) => SYSTEM_VARIABLES.includes(name.toUpperCase()));
}

export function npmEnvironment(): NodeJS.ProcessEnv {
	return pick((name) => NPM_DOWNLOAD_SETTINGS.test(name) || !OF_THE_CALLER.test(name));
}
