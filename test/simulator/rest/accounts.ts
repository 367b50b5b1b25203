import { Router } from 'express';
import type { Account } from '../account';
import { authenticate } from './authentication';
import { rfc2822 } from '../date';
import { methodNotAllowed, notFound } from './exception';
import { pathOf, respond } from './exchange';

export function accounts(account: Account): Router {
	const created = rfc2822();
	const router = Router({ caseSensitive: true, strict: true });
	router
		.route('/:accountSid.json')
		.all(authenticate(account, { acceptApiKey: false }))
		.get((request, response) => {
			if (request.params.accountSid !== account.sid) throw notFound(pathOf(request));
			const path = `/2010-04-01/Accounts/${account.sid}`;
			respond(response, 200, {
				auth_token: account.authToken,
				date_created: created,
				date_updated: created,
				friendly_name: 'Twilio on this machine',
				owner_account_sid: account.sid,
				sid: account.sid,
				status: 'active',
				subresource_uris: {
					incoming_phone_numbers: `${path}/IncomingPhoneNumbers.json`,
					messages: `${path}/Messages.json`,
				},
				type: account.conditions.trial === undefined ? 'Full' : 'Trial',
				uri: `${path}.json`,
			});
		})
		.all(() => {
			throw methodNotAllowed();
		});
	return router;
}
