const { TestEnvironment } = require('jest-environment-node');

let noticed;

/**
 * Saves most of the time: loads what is large once, not for each mutant, and skips the other
 * tests as soon as one has noticed the mutant.
 */
module.exports = class extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		const { Error, RangeError, SyntaxError, TypeError } = globalThis;
		// So that n8n's packages know an error of ours for one.
		Object.assign(this.global, { Error, RangeError, SyntaxError, TypeError });
		this.global.loadedOnce = (name) => require(name);
	}

	async handleTestEvent({ name, test }) {
		const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
		if (mutant === undefined) return;
		if (name === 'test_start' && noticed === mutant) test.mode = 'skip';
		if (name === 'test_done' && test.errors.length > 0) noticed = mutant;
	}
};
