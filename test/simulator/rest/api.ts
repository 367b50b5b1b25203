import type { ErrorRequestHandler } from 'express';
import { Router } from 'express';
import type { Account } from '../account';
import { accounts } from './accounts';
import { alerts } from './alerts';
import { applications } from './applications';
import { authenticate } from './authentication';
import { concurrency } from './concurrency';
import { contents } from './contents';
import { RestException, notFound } from './exception';
import { logged, pathOf, readForm, respond } from './exchange';
import { faults } from './faults';
import { halts } from './halts';
import { lookups } from './lookups';
import { media } from './media';
import { messages } from './messages';
import { phoneNumbers } from './phoneNumbers';
import { serviceNumbers } from './serviceNumbers';
import { channelSenders, shortCodes } from './senders';
import { services } from './services';
import { testAccount } from './testAccount';

/** Twilio's REST API: every product at one origin. */
export function api(account: Account): Router {
	const router = Router({ caseSensitive: true, strict: true });
	router.use(readForm, logged(account), halts(account), concurrency(account), faults(account));
	router.use('/2010-04-01/Accounts', accounts(account));
	router.use(
		'/2010-04-01/Accounts/:accountSid',
		testAccount(account),
		authenticate(account, { acceptApiKey: true }),
		(request, _response, next) => {
			// The credentials are good, but whatever is over there is not theirs to see.
			if (request.params.accountSid !== account.sid) throw notFound(pathOf(request));
			next();
		},
		messages(account),
		media(account),
		phoneNumbers(account),
		applications(account),
		shortCodes(account),
	);
	router.use(
		[
			...['/v1/Services', '/v1/Content', '/v1/ContentAndApprovals', '/v1/Alerts'],
			...['/v2/PhoneNumbers', '/v2/Channels'],
		],
		authenticate(account, { acceptApiKey: true }),
	);
	router.use('/v1', services(account), serviceNumbers(account), contents(account), alerts(account));
	router.use('/v2', lookups(account), channelSenders(account));
	router.use((request) => {
		throw notFound(pathOf(request));
	});
	router.use(answerError);
	return router;
}

const answerError: ErrorRequestHandler = (error, _request, response, next) => {
	if (response.headersSent) return next(error);
	if (error instanceof RestException) return respond(response, error.status, error.body);
	// Not Twilio's but the HTTP layer's: a body too large, a path that cannot be decoded, …
	const { status = 500, message } = error as { status?: number; message: string };
	respond(response, status, { status, message });
};
