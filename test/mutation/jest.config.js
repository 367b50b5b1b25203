const { projects } = require('../jest.config.js');

const LARGE = ['fast-check', 'google-libphonenumber', 'n8n-core', 'n8n-workflow'];

const { MUTATION_TESTS, MUTATION_CLOCK } = process.env;

/** The tests of one group, which `run.mjs` names. */
module.exports = {
	...projects[0],
	displayName: 'mutation',
	roots: ['<rootDir>/test/unit', '<rootDir>/test/engine'],
	watchman: false,
	setupFiles: [require.resolve('./setup.js')],
	testEnvironment: require.resolve('./environment.js'),
	testMatch: MUTATION_TESTS.split(',').map((name) => `<rootDir>/test/${name}.test.ts`),
	// What is loaded once does not see a clock that a test turns.
	moduleNameMapper: MUTATION_CLOCK
		? {}
		: { [`^(${LARGE.join('|')})$`]: '<rootDir>/test/mutation/loadedOnce/$1.js' },
};
