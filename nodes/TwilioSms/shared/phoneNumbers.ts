import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { TwilioContext, TwilioParameters } from './transport';
import { twilioList, twilioRequest } from './transport';
import type { TwilioPhoneNumber } from './types';

const LARGEST_PAGE = 1000;

/** The number by its SID. */
export async function getPhoneNumber(this: TwilioContext, sid: string): Promise<TwilioPhoneNumber> {
	return (await twilioRequest.call(this, {
		method: 'GET',
		path: `/IncomingPhoneNumbers/${encodeURIComponent(sid)}.json`,
	})) as TwilioPhoneNumber;
}

/**
 * The account's number that is exactly this one. Twilio's filter also finds numbers that merely
 * contain it, in an order of its own.
 */
export async function findPhoneNumber(
	this: TwilioContext,
	phoneNumber: string,
): Promise<TwilioPhoneNumber | undefined> {
	const found = listPhoneNumbers.call(this, { PhoneNumber: phoneNumber });
	for await (const number of found) {
		if (number.phone_number === phoneNumber) return number;
	}
	return undefined;
}

/** Changes only what is given; an empty value clears the setting. */
export async function updatePhoneNumber(
	this: TwilioContext,
	sid: string,
	changes: TwilioParameters,
): Promise<TwilioPhoneNumber> {
	return (await twilioRequest.call(this, {
		method: 'POST',
		path: `/IncomingPhoneNumbers/${encodeURIComponent(sid)}.json`,
		form: changes,
	})) as TwilioPhoneNumber;
}

/** For the pickers: the account's numbers that can send texts. */
export async function searchPhoneNumbers(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const results = [];
	for await (const number of listPhoneNumbers.call(this)) {
		const name = `${number.friendly_name} (${number.phone_number})`;
		if (!number.capabilities.sms) continue;
		if (!name.toLowerCase().includes(filter.toLowerCase())) continue;
		results.push({ name, value: number.phone_number });
	}
	return { results };
}

/** The account's numbers that Twilio's own filters let through. */
export function listPhoneNumbers(this: TwilioContext, query: TwilioParameters = {}) {
	return twilioList.call(
		this,
		{ path: '/IncomingPhoneNumbers.json', query: { PageSize: LARGEST_PAGE, ...query } },
		'incoming_phone_numbers',
	) as AsyncGenerator<TwilioPhoneNumber>;
}
