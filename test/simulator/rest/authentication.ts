import type { RequestHandler } from 'express';
import type { Account } from '../account';
import { RestException } from './exception';

/** The Auth Token opens everything; a Standard API key everything but the account itself. */
export function authenticate(
	account: Account,
	{ acceptApiKey }: { acceptApiKey: boolean },
): RequestHandler {
	return (request, response, next) => {
		const { username, password } = basicCredentials(request.headers.authorization);
		const isToken = username === account.sid && password === account.authToken;
		const isKey = username === account.apiKey.sid && password === account.apiKey.secret;
		if (isToken || (isKey && acceptApiKey)) return next();
		response.set('WWW-Authenticate', 'Basic realm="Twilio API"');
		throw new RestException(401, 20003, 'Authenticate', '');
	};
}

function basicCredentials(header = ''): { username: string; password: string } {
	const encoded = /^Basic ([\w+/=-]+)$/i.exec(header)?.[1] ?? '';
	const [username = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
	return { username, password: password.join(':') };
}
