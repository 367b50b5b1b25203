import { Stryker } from '@stryker-mutator/core';
import { GROUPS } from './groups.mjs';

/** In percent, over all files together. */
const LOWEST_SCORE = 90;

const NODES = 'nodes/TwilioSms';

async function mutate(name, { files, tests, turnsClock = false }) {
	process.env.MUTATION_TESTS = tests.join(',');
	process.env.MUTATION_CLOCK = turnsClock ? 'turned' : '';
	return await new Stryker({
		mutate: files.map((file) => `${NODES}/${file}.ts`),
		testRunner: 'jest',
		jest: { configFile: 'test/mutation/jest.config.js', enableFindRelatedTests: false },
		coverageAnalysis: 'perTest',
		// Mutants are run again only where the file or a test of it has changed.
		incremental: true,
		incrementalFile: `reports/mutation/${name}.json`,
		concurrency: 2,
		// A busy machine must not pass for a mutant that was noticed.
		timeoutMS: 20_000,
		timeoutFactor: 4,
		// ts-jest checks no types here.
		disableTypeChecks: false,
		ignorePatterns: ['/dist', '/coverage', '/docs', '/examples', '/.github', '/.ci'],
		reporters: ['clear-text', 'progress-append-only'],
		clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: false },
		allowConsoleColors: false,
		logLevel: 'warn',
	}).runMutationTest();
}

function rowOf(name, results) {
	const count = (...statuses) => results.filter(({ status }) => statuses.includes(status)).length;
	const noticed = count('Killed', 'Timeout');
	const missed = count('Survived', 'NoCoverage');
	const score = noticed + missed === 0 ? 100 : (100 * noticed) / (noticed + missed);
	return { file: name, noticed, 'by timeout': count('Timeout'), missed, score: score.toFixed(1) };
}

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(GROUPS);
const startedAt = Date.now();
const results = [];
for (const name of names) {
	console.log(`${name}:`);
	results.push(...(await mutate(name, GROUPS[name])));
}

const fileOf = ({ fileName }) => fileName.split(`${NODES}/`).pop();
const rows = [...new Set(results.map(fileOf))].map((file) =>
	rowOf(
		file,
		results.filter((result) => fileOf(result) === file),
	),
);
const total = rowOf('all', results);
console.table([...rows, total]);
console.log(`${Math.round((Date.now() - startedAt) / 60_000)} minutes`);
if (total.score < LOWEST_SCORE) process.exitCode = 1;
