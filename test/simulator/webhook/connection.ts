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
	const overrides = new URLSearchParams(/#(.*)$/s.exec(url)?.[1] ?? '');
	const number = (name: string, least: number, most: number, otherwise: number) => {
		const text = overrides.get(name) ?? '';
		const value = Number(text);
		return /^\d+$/.test(text) && value >= least && value <= most ? value : otherwise;
	};
	const policies = (overrides.get('rp') ?? '').split(',').filter(isRetryPolicy);
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

function isRetryPolicy(text: string): text is RetryPolicy {
	return ['4xx', '5xx', 'ct', 'rt', 'all'].includes(text);
}
