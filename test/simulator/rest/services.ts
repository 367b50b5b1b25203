import type { Request } from 'express';
import { Router } from 'express';
import type { Account } from '../account';
import type { MessagingService } from '../messagingService';
import { newMessagingService } from '../messagingService';
import { badRequest, methodNotAllowed, notFound } from './exception';
import { formOf, pathOf, queryOf, respond } from './exchange';
import { metaPageOf } from './paging';
import { updateService } from './serviceUpdate';

const MISSING_PARAMETER = 20001;

const LINKS = {
	phone_numbers: 'PhoneNumbers',
	short_codes: 'ShortCodes',
	alpha_senders: 'AlphaSenders',
	messages: 'Messages',
	us_app_to_person: 'Compliance/Usa2p',
	us_app_to_person_usecases: 'Compliance/Usa2p/Usecases',
	channel_senders: 'ChannelSenders',
	destination_alpha_senders: 'DestinationAlphaSenders',
};

/** Messaging Services, which live in an API of their own at Twilio. */
export function services(account: Account): Router {
	const router = Router({ caseSensitive: true, strict: true });
	router
		.route('/Services')
		.get((request, response) => {
			const found = account.resources.services.map((service) => serviceResource(account, service));
			const asked = { path: pathOf(request), query: queryOf(request), origin: account.origin };
			respond(response, 200, metaPageOf(found, 'services', asked));
		})
		.post((request, response) => {
			const form = formOf(request);
			const friendlyName = form.get('FriendlyName') ?? '';
			if (friendlyName === '') {
				const reason = 'Missing required parameter FriendlyName in the post body';
				throw badRequest(MISSING_PARAMETER, reason);
			}
			const service = newMessagingService(account.sid, { friendlyName });
			updateService(service, form);
			account.resources.services.push(service);
			account.emit('change');
			respond(response, 201, serviceResource(account, service));
		})
		.all(() => {
			throw methodNotAllowed();
		});
	router
		.route('/Services/:sid')
		.get((request, response) => {
			respond(response, 200, serviceResource(account, requested(account, request)));
		})
		.post((request, response) => {
			const service = requested(account, request);
			updateService(service, formOf(request));
			account.emit('change');
			respond(response, 200, serviceResource(account, service));
		})
		.delete((request, response) => {
			account.resources.removeService(requested(account, request).sid);
			respond(response, 204);
		})
		.all(() => {
			throw methodNotAllowed();
		});
	return router;
}

function requested(account: Account, request: Request<{ sid: string }>): MessagingService {
	const found = account.resources.services.find(({ sid }) => sid === request.params.sid);
	if (found === undefined) throw notFound(pathOf(request));
	return found;
}

function serviceResource({ origin }: Account, service: MessagingService) {
	const fields: Partial<MessagingService> = { ...service };
	delete fields.pool;
	delete fields.advancedOptOut;
	const url = `${origin}/v1/Services/${service.sid}`;
	const links = Object.entries(LINKS).map(([name, path]) => [name, `${url}/${path}`] as const);
	return { ...fields, sid: service.sid, links: Object.fromEntries<string>(links), url };
}
