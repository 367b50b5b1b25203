import type { Request } from 'express';
import { Router } from 'express';
import type { Account } from '../account';
import type { IncomingPhoneNumber } from '../phoneNumber';
import { methodNotAllowed, notFound } from './exception';
import { formOf, pathOf, queryOf, respond } from './exchange';
import { pageOf } from './paging';
import { updatePhoneNumber } from './phoneNumberUpdate';

export function phoneNumbers(account: Account): Router {
	const router = Router({ caseSensitive: true, strict: true });
	router
		.route('/IncomingPhoneNumbers.json')
		.get((request, response) => {
			const query = queryOf(request);
			const found = account.resources.numbers.filter(phoneNumberFilter(query));
			const page = pageOf(found, 'incoming_phone_numbers', { path: pathOf(request), query });
			respond(response, 200, page);
		})
		.all(() => {
			throw methodNotAllowed();
		});
	router
		.route('/IncomingPhoneNumbers/:sid.json')
		.get((request, response) => respond(response, 200, requested(account, request)))
		.post((request, response) => {
			const number = requested(account, request);
			updatePhoneNumber(number, formOf(request), account.conditions);
			account.emit('change');
			respond(response, 200, number);
		})
		.delete((request, response) => {
			account.resources.removeNumber(requested(account, request).sid);
			respond(response, 204);
		})
		.all(() => {
			throw methodNotAllowed();
		});
	return router;
}

function requested(account: Account, request: Request<{ sid: string }>): IncomingPhoneNumber {
	const number = account.resources.numbers.find(({ sid }) => sid === request.params.sid);
	if (number === undefined) throw notFound(pathOf(request));
	return number;
}

/** Twilio finds a number by any part of it, `*` standing for one digit; a name must be exact. */
function phoneNumberFilter(query: URLSearchParams): (number: IncomingPhoneNumber) => boolean {
	const part = (query.get('PhoneNumber') ?? '').replace(/[^\d+*]/g, '');
	const pattern = new RegExp(part.replace(/\+/g, '\\+').replace(/\*/g, '\\d'));
	const name = query.get('FriendlyName');
	return (number) =>
		pattern.test(number.phone_number) && (name === null || number.friendly_name === name);
}
