import { setTimeout as delay } from 'node:timers/promises';
import type { RequestHandler, Response } from 'express';
import type { Account } from '../account';
import type { Failure } from '../fault';
import { takeFailure } from '../fault';
import { RestException } from './exception';
import { pathOf, respond } from './exchange';

const REASONS: Record<number, [code: number, message: string]> = {
	429: [20429, 'Too Many Requests'],
	500: [20500, 'Internal Server Error'],
	503: [20503, 'Service Unavailable'],
};

/** Lets happen to a request what a test has ordered, and takes the time it has to take. */
export function faults(account: Account): RequestHandler {
	return async (request, response, next) => {
		const { method } = request;
		const failure = takeFailure(account.conditions.faults, { method, path: pathOf(request) });
		// What is only late or lost is Twilio's own answer.
		response.locals.isOrdered = typeof failure === 'object' && !('delay' in failure);
		if (failure === 'reset-before') {
			request.socket.resetAndDestroy();
			return;
		}
		let time = account.conditions.requestDelay;
		if (failure === 'reset-after') loseAnswer(response);
		else if (failure !== undefined && 'delay' in failure) time += failure.delay;
		else if (failure !== undefined) return answer(response, failure);

		const { signal } = account;
		if (time > 0) await delay(time, undefined, { signal }).catch(() => undefined);
		if (!signal.aborted) next();
	};
}

type WrongAnswer = Exclude<Failure, string | { delay: number }>;

function answer(response: Response, failure: WrongAnswer): void {
	if ('redirect' in failure) response.redirect(failure.status ?? 307, failure.redirect);
	else if ('html' in failure) answerHtml(response, failure.status ?? 502);
	else answerError(response, failure);
}

/** Nothing of an answer is on the wire before its end, so that is where it can be lost whole. */
function loseAnswer(response: Response): void {
	response.end = () => {
		response.socket?.resetAndDestroy();
		return response;
	};
}

function answerHtml(response: Response, status: number): void {
	const page = `<html><head><title>${status}</title></head><body><h1>Bad gateway</h1></body></html>`;
	response.status(status).type('text/html').send(page);
}

function answerError(
	response: Response,
	{ status, retryAfter, body }: { status: number; retryAfter?: string; body?: string | object },
): void {
	if (retryAfter !== undefined) response.set('Retry-After', retryAfter);
	if (typeof body === 'string') {
		response.status(status).type('text/plain').send(body);
		return;
	}
	const [code, message] = REASONS[status] ?? [20000 + status, `Status ${status}`];
	respond(response, status, body ?? new RestException(status, code, message).body);
}
