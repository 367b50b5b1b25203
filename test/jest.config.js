const project = (name) => ({
	displayName: name,
	rootDir: '..',
	roots: ['<rootDir>/test'],
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	testEnvironment: 'node',
	transform: {
		'\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json', isolatedModules: true }],
	},
});

module.exports = {
	projects: ['unit', 'engine', 'e2e'].map(project),
};
