// n8n-core logs to the terminal unless told otherwise.
process.env.N8N_LOG_LEVEL = 'silent';

// A date must not be read in the time zone of the machine, so this is one that no test is about.
process.env.TZ = 'Asia/Kathmandu';

const { resolve } = require('node:path');

const project = (name) => ({
	displayName: name,
	rootDir: resolve(__dirname, '..'),
	roots: ['<rootDir>/test'],
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	testEnvironment: 'node',
	testTimeout: 30_000,
	setupFilesAfterEnv: name === 'unit' ? [] : ['<rootDir>/test/support/twilioDocuments.ts'],
	transform: {
		'\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json' }],
	},
});

const { chosenReleases, newestRelease } = require('tsx/cjs/api').require(
	'./support/n8n/releases.ts',
	__filename,
);

/** What the older release is spared when time is short: it has little in it of n8n's version. */
const LEFT_OUT = [
	...['agent', 'builtInTwilio', 'editor', 'nothingMissed', 'pathProxy', 'pictures'],
	...['privacy', 'queueMode', 'receiveAndAnswer', 'tarball'],
];

/** The tests in a real n8n, once for each release. */
const e2e = chosenReleases().map((n8nRelease) => ({
	...project('e2e'),
	testPathIgnorePatterns:
		process.env.E2E_SHORT && n8nRelease !== newestRelease
			? LEFT_OUT.map((name) => `/e2e/${name}\\.test`)
			: [],
	displayName: n8nRelease,
	globals: { n8nRelease },
	setupFilesAfterEnv: [
		...project('e2e').setupFilesAfterEnv,
		'<rootDir>/test/support/e2eTimeout.ts',
	],
}));

/**
 * Attacks, power cuts, load and a long run in a real n8n, the newest unless `N8N_VERSION` names another,
 * and the nodes beside Prism.
 */
const proofs = ['hostile', 'crash', 'queue', 'long', 'prism'].map((name) => ({
	...project(name),
	globals: { n8nRelease: chosenReleases()[0] },
	setupFilesAfterEnv: [...project(name).setupFilesAfterEnv, '<rootDir>/test/support/e2eTimeout.ts'],
}));

module.exports = {
	// By default Jest leaves one core idle, which on a machine with two is half of it.
	maxWorkers: '100%',
	projects: [project('unit'), project('engine'), ...e2e, ...proofs],
};
