import type { RequestHandler, Request, Response } from 'express';
import { text } from 'express';
import type { Account } from '../account';
import { newSid } from '../sid';

/** Notes the request in the account's log and puts Twilio's headers on its response. */
export function logged(account: Account): RequestHandler {
	return (request, response, next) => {
		const entry = {
			method: request.method,
			path: pathOf(request),
			query: [...queryOf(request)],
			form: [...formOf(request)],
			status: 0,
		};
		account.requests.push(entry);
		response.once('finish', () => (entry.status = response.statusCode));
		response.once('close', () => {
			const { answer, isOrdered = false } = response.locals;
			account.emit('exchange', { ...entry, answer, isOrdered });
		});
		response.locals.startedAt = performance.now();
		response.set({
			'Twilio-Request-Id': newSid('RQ'),
			'X-Home-Region': 'us1',
			'X-API-Domain': 'api.twilio.com',
			'Strict-Transport-Security': 'max-age=31536000',
			'X-Powered-By': 'AT-5000',
			'X-Shenanigans': 'none',
			Vary: 'Origin',
		});
		next();
	};
}

/** Twilio reads forms only: a body of any other type is no parameters at all. */
export const readForm = text({ type: 'application/x-www-form-urlencoded', limit: '1mb' });

export function formOf({ body }: Request): URLSearchParams {
	return new URLSearchParams(typeof body === 'string' ? body : '');
}

export function queryOf({ originalUrl }: Request): URLSearchParams {
	return new URLSearchParams(originalUrl.split('?').slice(1).join('?'));
}

export function pathOf({ originalUrl }: Request): string {
	return originalUrl.split('?')[0]!;
}

export function respond(response: Response, status: number, body?: object): void {
	const seconds = (performance.now() - response.locals.startedAt) / 1000;
	response.locals.answer = body;
	response.status(status).set('Twilio-Request-Duration', seconds.toFixed(3));
	if (body === undefined) response.end();
	else response.type('application/json;charset=utf-8').send(JSON.stringify(body));
}
