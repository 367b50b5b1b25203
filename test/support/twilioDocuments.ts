import { takeViolations } from './openApi';

// Nodes may swallow what a failed request tells them, so it is asked here, after every test.
afterEach(() => {
	expect(takeViolations()).toEqual([]);
});
