import { Router } from 'express';
import type { Account } from '../account';
import type { Alert } from '../alert';
import { badRequest, methodNotAllowed, notFound } from './exception';
import { pathOf, queryOf, respond } from './exchange';
import { metaPageOf } from './paging';

const INVALID_PARAMETER = 20001;
const RETENTION_MS = 30 * 24 * 60 * 60 * 1000;

/** What went wrong with webhooks, the newest first. */
export function alerts(account: Account): Router {
	const router = Router({ caseSensitive: true, strict: true });
	router
		.route('/Alerts')
		.get((request, response) => {
			const query = queryOf(request);
			const from = dateIn(query, 'StartDate') ?? -Infinity;
			const to = dateIn(query, 'EndDate') ?? Infinity;
			const level = query.get('LogLevel');
			const found = listed(account)
				.filter(({ generatedAt }) => from <= generatedAt.getTime() && generatedAt.getTime() <= to)
				.filter((alert) => !level || level === logLevel(alert))
				.map((alert) => resource(account, alert))
				.reverse();
			const asked = { path: pathOf(request), query, origin: account.origin };
			respond(response, 200, metaPageOf(found, 'alerts', asked));
		})
		.all(() => {
			throw methodNotAllowed();
		});
	router
		.route('/Alerts/:sid')
		.get((request, response) => {
			const alert = listed(account).find(({ sid }) => sid === request.params.sid);
			if (alert === undefined) throw notFound(pathOf(request));
			respond(response, 200, {
				...resource(account, alert),
				request_variables: alert.requestVariables,
				request_headers: null,
				response_headers: null,
				response_body: null,
			});
		})
		.all(() => {
			throw methodNotAllowed();
		});
	return router;
}

function listed({ alerts }: Account): Alert[] {
	const now = Date.now();
	return alerts.filter(
		({ listedAt, generatedAt }) =>
			listedAt.getTime() <= now && now - generatedAt.getTime() < RETENTION_MS,
	);
}

function resource({ origin }: Account, alert: Alert) {
	const generated = alert.generatedAt.toISOString().replace(/\.\d+Z$/, 'Z');
	const created = alert.listedAt.toISOString().replace(/\.\d+Z$/, 'Z');
	return {
		sid: alert.sid,
		account_sid: alert.accountSid,
		resource_sid: alert.resourceSid,
		service_sid: null,
		error_code: String(alert.errorCode),
		log_level: logLevel(alert),
		alert_text: `sourceComponent=14100&httpResponse=502&url=${encodeURIComponent(alert.requestUrl)}`,
		more_info: `https://www.twilio.com/docs/errors/${alert.errorCode}`,
		request_method: alert.requestMethod,
		request_url: alert.requestUrl,
		api_version: '2010-04-01',
		date_generated: generated,
		date_created: created,
		date_updated: created,
		url: `${origin}/v1/Alerts/${alert.sid}`,
	};
}

function logLevel({ isWarning }: Alert): string {
	return isWarning ? 'warning' : 'error';
}

function dateIn(query: URLSearchParams, name: string): number | undefined {
	const text = query.get(name);
	if (!text) return undefined;
	const time = Date.parse(text);
	if (!isNaN(time) && /^\d{4}-\d\d-\d\d/.test(text)) return time;
	throw badRequest(INVALID_PARAMETER, `Invalid parameter: ${name} (${text})`);
}
