import type { RequestHandler } from 'express';
import type { Account } from '../account';
import { RestException } from './exception';

const TOO_MANY_REQUESTS = 20429;

/** Twilio limits how many requests of an account are in flight, not how many come per second. */
export function concurrency(account: Account): RequestHandler {
	let inFlight = 0;
	return (_request, response, next) => {
		const concurrent = inFlight + 1;
		account.conditions.peakConcurrency = Math.max(account.conditions.peakConcurrency, concurrent);
		response.set('Twilio-Concurrent-Requests', String(concurrent));
		if (concurrent > account.conditions.concurrencyLimit) {
			if (account.conditions.retryAfter !== undefined)
				response.set('Retry-After', account.conditions.retryAfter);
			throw new RestException(429, TOO_MANY_REQUESTS, 'Too Many Requests');
		}
		inFlight += 1;
		response.once('close', () => (inFlight -= 1));
		next();
	};
}
