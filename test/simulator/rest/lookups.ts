import { Router } from 'express';
import type { CountryCode } from 'libphonenumber-js';
import { isSupportedCountry } from 'libphonenumber-js';
import type { Account } from '../account';
import { lookUp } from '../lookup';
import { badRequest, methodNotAllowed } from './exception';
import { queryOf, respond } from './exchange';

const INVALID_PARAMETER = 20001;

const FIELDS = [
	...['validation', 'caller_name', 'sim_swap', 'call_forwarding', 'line_status', 'pre_fill'],
	...['line_type_intelligence', 'identity_match', 'reassigned_number', 'sms_pumping_risk'],
	'phone_number_quality_score',
];

/** Lookup v2. Of what Twilio sells per request only the line type is known here. */
export function lookups(account: Account): Router {
	const router = Router({ caseSensitive: true, strict: true });
	router
		.route('/PhoneNumbers/:phoneNumber')
		.get((request, response) => {
			const query = queryOf(request);
			const fields = fieldsIn(query.get('Fields'));
			const number = lookUp(request.params.phoneNumber, countryIn(query.get('CountryCode')));
			const isAsked = number.valid && fields.includes('line_type_intelligence');
			respond(response, 200, {
				...number,
				caller_name: null,
				sim_swap: null,
				call_forwarding: null,
				line_status: null,
				line_type_intelligence: isAsked ? lineType(account, number.phone_number) : null,
				identity_match: null,
				reassigned_number: null,
				sms_pumping_risk: null,
				phone_number_quality_score: null,
				pre_fill: null,
				url: `${account.origin}/v2/PhoneNumbers/${number.phone_number}`,
			});
		})
		.all(() => {
			throw methodNotAllowed();
		});
	return router;
}

function fieldsIn(text: string | null): string[] {
	const fields = (text ?? '').split(',').filter((field) => field !== '');
	const unknown = fields.find((field) => !FIELDS.includes(field));
	if (unknown === undefined) return fields;
	throw badRequest(INVALID_PARAMETER, `Invalid parameter: Fields (${unknown})`);
}

function countryIn(text: string | null): CountryCode {
	if (text === null || text === '') return 'US';
	if (isSupportedCountry(text)) return text;
	throw badRequest(INVALID_PARAMETER, `Invalid parameter: CountryCode (${text})`);
}

function lineType({ conditions }: Account, phoneNumber: string) {
	const type = conditions.lineTypes.get(phoneNumber) ?? 'mobile';
	const isMobile = type === 'mobile';
	return {
		error_code: null,
		mobile_country_code: isMobile ? '310' : null,
		mobile_network_code: isMobile ? '410' : null,
		carrier_name: 'A carrier on this machine',
		type,
	};
}
