import type { Timeouts } from './exchange';

export type RetryPolicy = '4xx' | '5xx' | 'ct' | 'rt' | 'all';

export interface Connection {
	timeouts: Timeouts;
	total: number;
	retries: number;
	retryOn: RetryPolicy[];
}

/**
 * How Twilio calls a webhook: its defaults, and the overrides a URL may carry in its fragment
 * (`#rc=2&rp=ct,5xx`). Values out of Twilio's range count as absent.
 */
export function connectionOf(url: string): Connection {
	const overrides = overridesIn(url);
	const number = (name: string, least: number, most: number, otherwise: number) => {
		const text = overrides.get(name) ?? '';
		const value = Number(text);
		return /^\d+$/.test(text) && value >= least && value <= most ? value : otherwise;
	};
	const policies = retryPoliciesIn(overrides).filter(isRetryPolicy);
	return {
		timeouts: {
			connect: number('ct', 100, 10_000, 5_000),
			read: number('rt', 100, 15_000, 15_000),
		},
		total: number('tt', 100, 15_000, 15_000),
		retries: number('rc', 0, 5, 1),
		retryOn: policies.length > 0 ? policies : ['ct'],
	};
}

/** Twilio calls such a webhook by its defaults, and complains. */
export function hasInvalidRetryPolicy(url: string): boolean {
	return !retryPoliciesIn(overridesIn(url)).every(isRetryPolicy);
}

function overridesIn(url: string): URLSearchParams {
	return new URLSearchParams(/#(.*)$/s.exec(url)?.[1] ?? '');
}

function retryPoliciesIn(overrides: URLSearchParams): string[] {
	return overrides.get('rp')?.split(',') ?? [];
}

function isRetryPolicy(text: string): text is RetryPolicy {
	return ['4xx', '5xx', 'ct', 'rt', 'all'].includes(text);
}
