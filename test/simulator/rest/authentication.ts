import type { Request, RequestHandler, Response } from 'express';
import type { Account } from '../account';
import { RestException } from './exception';

/** The Auth Token opens everything; a Standard API key everything but the account itself. */
export function authenticate(
	account: Account,
	{ acceptApiKey }: { acceptApiKey: boolean },
): RequestHandler {
	return (request, response, next) => {
		const isToken = isBasic(request, { username: account.sid, password: account.authToken });
		const { sid: username, secret: password } = account.apiKey;
		if (isToken || (acceptApiKey && isBasic(request, { username, password }))) return next();
		throw isTestAccount(account, request) ? notForTests() : unauthenticated(response);
	};
}

export function isTestAccount({ testCredentials }: Account, request: Request): boolean {
	const { sid: username, authToken: password } = testCredentials;
	return isBasic(request, { username, password });
}

export function unauthenticated(response: Response): RestException {
	response.set('WWW-Authenticate', 'Basic realm="Twilio API"');
	return new RestException(401, 20003, 'Authenticate', '');
}

export function notForTests(): RestException {
	const reason = 'Resource not accessible with Test Account Credentials';
	return new RestException(403, 20008, reason);
}

interface Credentials {
	username: string;
	password: string;
}

function isBasic({ headers }: Request, { username, password }: Credentials): boolean {
	const given = basicCredentials(headers.authorization);
	return given.username === username && given.password === password;
}

function basicCredentials(header = ''): Credentials {
	const encoded = /^Basic ([\w+/=-]+)$/i.exec(header)?.[1] ?? '';
	const [username = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
	return { username, password: password.join(':') };
}
