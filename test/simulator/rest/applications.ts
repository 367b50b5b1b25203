import type { Request } from 'express';
import { Router } from 'express';
import type { Account } from '../account';
import type { Application } from '../application';
import { newApplication } from '../application';
import { updateApplication } from './applicationUpdate';
import { methodNotAllowed, notFound } from './exception';
import { formOf, pathOf, queryOf, respond } from './exchange';
import { pageOf } from './paging';

export function applications(account: Account): Router {
	const router = Router({ caseSensitive: true, strict: true });
	router
		.route('/Applications.json')
		.get((request, response) => {
			const query = queryOf(request);
			const name = query.get('FriendlyName');
			const found = account.resources.applications.filter(
				({ friendly_name }) => name === null || friendly_name === name,
			);
			respond(response, 200, pageOf(found, 'applications', { path: pathOf(request), query }));
		})
		.post((request, response) => {
			const application = newApplication(account.sid, {});
			updateApplication(application, formOf(request));
			account.resources.applications.push(application);
			account.emit('change');
			respond(response, 201, application);
		})
		.all(() => {
			throw methodNotAllowed();
		});
	router
		.route('/Applications/:sid.json')
		.get((request, response) => respond(response, 200, requested(account, request)))
		.post((request, response) => {
			const application = requested(account, request);
			updateApplication(application, formOf(request));
			account.emit('change');
			respond(response, 200, application);
		})
		.delete((request, response) => {
			account.resources.removeApplication(requested(account, request).sid);
			respond(response, 204);
		})
		.all(() => {
			throw methodNotAllowed();
		});
	return router;
}

function requested(account: Account, request: Request<{ sid: string }>): Application {
	const found = account.resources.applications.find(({ sid }) => sid === request.params.sid);
	if (found === undefined) throw notFound(pathOf(request));
	return found;
}
