const { projects } = require('../jest.config.js');

/** The tests of one group, which `run.mjs` names. */
module.exports = {
	...projects[0],
	displayName: 'mutation',
	testEnvironment: require.resolve('./environment.js'),
	testMatch: process.env.MUTATION_TESTS.split(',').map((name) => `<rootDir>/test/${name}.test.ts`),
};
