import type { Request } from 'express';
import { Router } from 'express';
import type { Account } from '../account';
import { countryOf } from '../address';
import type { MessagingService, PoolNumber } from '../messagingService';
import { newPoolNumber } from '../messagingService';
import { RestException, badRequest, methodNotAllowed, notFound } from './exception';
import { formOf, pathOf, queryOf, respond } from './exchange';
import { metaPageOf } from './paging';

const INVALID_NUMBER = 21421;
const ALREADY_IN_SERVICE = 21710;
const IN_ANOTHER_SERVICE = 21712;

/** A Messaging Service's pool. A number goes by its own SID there, and is in one pool at most. */
export function serviceNumbers(account: Account): Router {
	const router = Router({ caseSensitive: true, strict: true });
	router
		.route('/Services/:serviceSid/PhoneNumbers')
		.get((request, response) => {
			const service = serviceOf(account, request);
			const found = service.pool.map((member) => resource(account, service, member));
			const asked = { path: pathOf(request), query: queryOf(request), origin: account.origin };
			respond(response, 200, metaPageOf(found, 'phone_numbers', asked));
		})
		.post((request, response) => {
			const service = serviceOf(account, request);
			const member = add(account, service, formOf(request).get('PhoneNumberSid') ?? '');
			respond(response, 201, resource(account, service, member));
		})
		.all(() => {
			throw methodNotAllowed();
		});
	router
		.route('/Services/:serviceSid/PhoneNumbers/:sid')
		.get((request, response) => {
			const service = serviceOf(account, request);
			respond(response, 200, resource(account, service, memberOf(service, request)));
		})
		.delete((request, response) => {
			const service = serviceOf(account, request);
			service.pool.splice(service.pool.indexOf(memberOf(service, request)), 1);
			account.emit('change');
			respond(response, 204);
		})
		.all(() => {
			throw methodNotAllowed();
		});
	return router;
}

function add(account: Account, service: MessagingService, numberSid: string): PoolNumber {
	if (!account.resources.numbers.some(({ sid }) => sid === numberSid)) {
		throw badRequest(INVALID_NUMBER, 'The phone number is invalid.');
	}
	const owner = account.resources.serviceOf(numberSid);
	if (owner === service) {
		const reason = 'Phone Number or Short Code is already in the Messaging Service.';
		throw new RestException(409, ALREADY_IN_SERVICE, reason);
	}
	if (owner !== undefined) {
		const reason = 'Phone Number or Short Code is associated with another Messaging Service.';
		throw new RestException(409, IN_ANOTHER_SERVICE, reason);
	}
	const member = newPoolNumber(numberSid);
	service.pool.push(member);
	account.emit('change');
	return member;
}

function serviceOf(account: Account, request: Request<{ serviceSid: string }>): MessagingService {
	const found = account.resources.services.find(({ sid }) => sid === request.params.serviceSid);
	if (found === undefined) throw notFound(pathOf(request));
	return found;
}

function memberOf(service: MessagingService, request: Request<{ sid: string }>): PoolNumber {
	const found = service.pool.find(({ sid }) => sid === request.params.sid);
	if (found === undefined) throw notFound(pathOf(request));
	return found;
}

function resource(account: Account, service: MessagingService, { sid, date_created }: PoolNumber) {
	const number = account.resources.numbers.find((candidate) => candidate.sid === sid)!;
	const { mms, sms, voice } = number.capabilities;
	return {
		sid,
		account_sid: account.sid,
		service_sid: service.sid,
		date_created,
		date_updated: date_created,
		phone_number: number.phone_number,
		country_code: countryOf(number.phone_number),
		capabilities: [...(mms ? ['MMS'] : []), ...(sms ? ['SMS'] : []), ...(voice ? ['Voice'] : [])],
		url: `${account.origin}/v1/Services/${service.sid}/PhoneNumbers/${sid}`,
	};
}
