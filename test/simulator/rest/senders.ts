import { Router } from 'express';
import type { Account } from '../account';
import { rfc2822 } from '../date';
import { methodNotAllowed } from './exception';
import { pathOf, queryOf, respond } from './exchange';
import { metaPageOf, pageOf } from './paging';

/** The account's short codes. */
export function shortCodes(account: Account): Router {
	const router = Router({ caseSensitive: true, strict: true });
	router
		.route('/SMS/ShortCodes.json')
		.get((request, response) => {
			const found = account.resources.otherSenders
				.filter(({ address }) => /^\d+$/.test(address))
				.map(({ address, sid, ...settings }) => ({
					sid,
					account_sid: account.sid,
					short_code: address,
					friendly_name: address,
					api_version: '2010-04-01',
					date_created: rfc2822(),
					date_updated: rfc2822(),
					sms_url: settings.sms_url,
					sms_method: settings.sms_method,
					sms_fallback_url: settings.sms_fallback_url,
					sms_fallback_method: settings.sms_fallback_method,
					uri: `/2010-04-01/Accounts/${account.sid}/SMS/ShortCodes/${sid}.json`,
				}));
			const asked = { path: pathOf(request), query: queryOf(request) };
			respond(response, 200, pageOf(found, 'short_codes', asked));
		})
		.all(() => {
			throw methodNotAllowed();
		});
	return router;
}

/** The senders of other channels. */
export function channelSenders(account: Account): Router {
	const router = Router({ caseSensitive: true, strict: true });
	router
		.route('/Channels/Senders')
		.get((request, response) => {
			const query = queryOf(request);
			const found = account.resources.otherSenders
				.filter(({ address }) => address.startsWith(`${query.get('Channel')}:`))
				.map(({ sid, address }) => ({
					sid,
					sender_id: address,
					status: 'ONLINE',
					profile: { name: 'The shop' },
					url: `${account.origin}/v2/Channels/Senders/${sid}`,
				}));
			const asked = { path: pathOf(request), query, origin: account.origin };
			respond(response, 200, metaPageOf(found, 'senders', asked));
		})
		.all(() => {
			throw methodNotAllowed();
		});
	return router;
}
