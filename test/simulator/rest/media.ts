import type { Request } from 'express';
import { Router } from 'express';
import type { Account } from '../account';
import type { Media } from '../media';
import { newSid } from '../sid';
import { methodNotAllowed, notFound } from './exception';
import { pathOf, queryOf, respond } from './exchange';
import { pageOf } from './paging';

const LIFETIME_S = 4 * 60 * 60;

/** The attachments of messages. Without `.json` a path is the attachment itself. */
export function media(account: Account): Router {
	const router = Router({ caseSensitive: true, strict: true });
	router
		.route('/Messages/:messageSid/Media.json')
		.get((request, response) => {
			const { messageSid } = request.params;
			if (account.message(messageSid) === undefined) throw notFound(pathOf(request));
			const found = account.media
				.filter((item) => item.messageSid === messageSid)
				.map((item) => resource(account, item));
			const query = queryOf(request);
			respond(response, 200, pageOf(found, 'media_list', { path: pathOf(request), query }));
		})
		.all(() => {
			throw methodNotAllowed();
		});
	router
		.route('/Messages/:messageSid/Media/:sid.json')
		.get((request, response) => {
			respond(response, 200, resource(account, requested(account, request)));
		})
		.delete((request, response) => {
			account.removeMedia(requested(account, request).sid);
			respond(response, 204);
		})
		.all(() => {
			throw methodNotAllowed();
		});
	router.get('/Messages/:messageSid/Media/:sid', (request, response) => {
		const { sid, contentType, content } = requested(account, request);
		if (account.conditions.mediaRedirect) {
			const query = `Expires=${Math.trunc(Date.now() / 1000) + LIFETIME_S}&Signature=${newSid('')}`;
			response.redirect(307, `${account.mediaOrigin}/${sid}?${query}`);
			return;
		}
		response.type(contentType).send(content);
	});
	return router;
}

function requested(account: Account, request: Request<{ messageSid: string; sid: string }>): Media {
	const { messageSid, sid } = request.params;
	const found = account.media.find((item) => item.sid === sid && item.messageSid === messageSid);
	if (found === undefined) throw notFound(pathOf(request));
	return found;
}

function resource(account: Account, { sid, messageSid, contentType, dateCreated }: Media) {
	const path = `/2010-04-01/Accounts/${account.sid}/Messages/${messageSid}/Media/${sid}`;
	return {
		account_sid: account.sid,
		content_type: contentType,
		date_created: dateCreated,
		date_updated: dateCreated,
		parent_sid: messageSid,
		sid,
		uri: `${path}.json`,
	};
}
