// n8n-core logs to the terminal unless told otherwise.
process.env.N8N_LOG_LEVEL = 'silent';

const { resolve } = require('node:path');

const project = (name) => ({
	displayName: name,
	rootDir: resolve(__dirname, '..'),
	roots: ['<rootDir>/test'],
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	testEnvironment: 'node',
	transform: {
		'\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json' }],
	},
});

const e2e = {
	...project('e2e'),
	setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'],
};

module.exports = {
	// By default Jest leaves one core idle, which on a machine with two is half of it.
	maxWorkers: '100%',
	projects: [project('unit'), project('engine'), e2e],
};
