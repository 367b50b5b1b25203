import type { RequestHandler } from 'express';
import type { Account } from '../account';
import { pathOf } from './exchange';

/** Stops the world where a test has ordered it. */
export function halts(account: Account): RequestHandler {
	return (request, response, next) => {
		const { halt } = account.conditions;
		const fate = halt?.take();
		if (halt === undefined || fate === 'answered') return next();
		const standStill = () => halt.standStill(`${request.method} ${pathOf(request)}`);
		if (fate === 'nowhere') return standStill();
		// Nothing of an answer is on the wire before its end.
		response.end = () => {
			standStill();
			return response;
		};
		next();
	};
}
