import { Router } from 'express';
import type { Account } from '../account';
import type { Template } from '../template';
import { methodNotAllowed, notFound } from './exception';
import { pathOf, queryOf, respond } from './exchange';
import { metaPageOf } from './paging';

/** Content templates, to look at; they are made in Twilio's console. */
export function contents(account: Account): Router {
	const router = Router({ caseSensitive: true, strict: true });
	router
		.route('/Content')
		.get((request, response) => {
			const found = account.resources.templates.map((template) => resource(account, template));
			const asked = { path: pathOf(request), query: queryOf(request), origin: account.origin };
			respond(response, 200, metaPageOf(found, 'contents', asked));
		})
		.all(() => {
			throw methodNotAllowed();
		});
	router
		.route('/ContentAndApprovals')
		.get((request, response) => {
			const found = account.resources.templates.map(({ approval, ...shown }) => ({
				...shown,
				approval_requests: approval ? { name: shown.friendly_name, status: approval } : null,
			}));
			const asked = { path: pathOf(request), query: queryOf(request), origin: account.origin };
			respond(response, 200, metaPageOf(found, 'contents', asked));
		})
		.all(() => {
			throw methodNotAllowed();
		});
	router
		.route('/Content/:sid')
		.get((request, response) => {
			const template = account.resources.templates.find(({ sid }) => sid === request.params.sid);
			if (template === undefined) throw notFound(pathOf(request));
			respond(response, 200, resource(account, template));
		})
		.all(() => {
			throw methodNotAllowed();
		});
	return router;
}

function resource({ origin }: Account, template: Template) {
	const url = `${origin}/v1/Content/${template.sid}`;
	const links = {
		approval_create: `${url}/ApprovalRequests/whatsapp`,
		approval_fetch: `${url}/ApprovalRequests`,
	};
	const shown = { ...template };
	delete shown.approval;
	return { ...shown, url, links };
}
