import { Router } from 'express';
import type { Request } from 'express';
import type { Account } from '../account';
import type { Message } from '../message';
import { send } from '../outbound';
import { rfc2822 } from '../date';
import { RestException, badRequest, methodNotAllowed, notFound } from './exception';
import { formOf, pathOf, queryOf, respond } from './exchange';
import { messageFilter } from './messageFilter';
import { messageRequest } from './messageRequest';
import { pageOf } from './paging';

const INVALID_PARAMETER = 20001;
const NOT_COMPLETE = 20009;
const NOT_CANCELABLE = 30409;

const IN_FLIGHT = ['accepted', 'queued', 'sending', 'scheduled'];

export function messages(account: Account): Router {
	const router = Router({ caseSensitive: true, strict: true });
	router
		.route('/Messages.json')
		.get((request, response) => {
			const query = queryOf(request);
			const found = account.messages.filter(messageFilter(query)).reverse();
			respond(response, 200, pageOf(found, 'messages', { path: pathOf(request), query }));
		})
		.post((request, response) => {
			const outgoing = messageRequest(account, formOf(request));
			respond(response, 201, send(account, { ...outgoing, direction: 'outbound-api' }));
		})
		.all(() => {
			throw methodNotAllowed();
		});
	router
		.route('/Messages/:sid.json')
		.get((request, response) => respond(response, 200, requested(account, request)))
		.post((request, response) => {
			const message = requested(account, request);
			update(account, message, formOf(request));
			account.emit('change');
			respond(response, 200, message);
		})
		.delete((request, response) => {
			const message = requested(account, request);
			refuseInFlight(message, 'delete');
			account.removeMessage(message.sid);
			respond(response, 204);
		})
		.all(() => {
			throw methodNotAllowed();
		});
	router
		.route('/Messages/:sid/Feedback.json')
		.post((request, response) => {
			const { sid, account_sid: accountSid, uri } = requested(account, request);
			const outcome = formOf(request).get('Outcome') ?? 'unconfirmed';
			if (!['confirmed', 'unconfirmed'].includes(outcome)) {
				throw badRequest(INVALID_PARAMETER, 'Outcome is not valid');
			}
			account.feedback.set(sid, outcome);
			const date = rfc2822();
			respond(response, 200, {
				account_sid: accountSid,
				message_sid: sid,
				outcome,
				date_created: date,
				date_updated: date,
				uri: uri.replace('.json', '/Feedback.json'),
			});
		})
		.all(() => {
			throw methodNotAllowed();
		});
	return router;
}

function requested(account: Account, request: Request<{ sid: string }>): Message {
	const message = account.message(request.params.sid);
	if (message === undefined) throw notFound(pathOf(request));
	return message;
}

/** Two changes exist: an empty Body redacts the text, Status=canceled stops what is scheduled. */
function update(account: Account, message: Message, form: URLSearchParams): void {
	if (form.get('Status') === 'canceled') {
		const scheduled = account.scheduled.get(message.sid);
		if (scheduled === undefined) {
			throw badRequest(NOT_CANCELABLE, 'This message cannot be canceled');
		}
		scheduled.abort();
		message.status = 'canceled';
	}
	if (form.get('Body') === '') {
		refuseInFlight(message, 'redact');
		message.body = '';
	}
	message.date_updated = rfc2822();
}

function refuseInFlight({ status }: Message, action: string): void {
	if (!IN_FLIGHT.includes(status)) return;
	const reason = `Cannot ${action} message because delivery has not been completed.`;
	throw new RestException(409, NOT_COMPLETE, reason);
}
