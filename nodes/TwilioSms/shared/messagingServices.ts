import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { asNodeError, isNotFound } from './errors';
import type { TwilioContext, TwilioParameters } from './transport';
import { twilioList, twilioRequest } from './transport';
import type { TwilioMessagingService } from './types';

const LARGEST_PAGE = 100;

/** How many services are asked at once whether a number is theirs. */
const SERVICES_AT_ONCE = 10;

/** The service by its SID. */
export async function getMessagingService(
	this: TwilioContext,
	sid: string,
): Promise<TwilioMessagingService> {
	return (await twilioRequest.call(this, {
		method: 'GET',
		product: 'messaging',
		path: servicePath(sid),
	})) as TwilioMessagingService;
}

/** Changes only what is given; an empty value clears the setting. */
export async function updateMessagingService(
	this: TwilioContext,
	sid: string,
	changes: TwilioParameters,
): Promise<TwilioMessagingService> {
	return (await twilioRequest.call(this, {
		method: 'POST',
		product: 'messaging',
		path: servicePath(sid),
		form: changes,
	})) as TwilioMessagingService;
}

/** The SIDs of the phone numbers in a service's sender pool. */
export async function listServiceNumberSids(this: TwilioContext, sid: string): Promise<string[]> {
	const numbers = twilioList.call(
		this,
		{
			product: 'messaging',
			path: `${servicePath(sid)}/PhoneNumbers`,
			query: { PageSize: LARGEST_PAGE },
		},
		'phone_numbers',
	) as AsyncGenerator<{ sid: string }>;
	const sids: string[] = [];
	for await (const number of numbers) sids.push(number.sid);
	return sids;
}

/**
 * The service that takes the texts to a number away from the number's own webhook. Twilio has no
 * field that links the two, so the services are asked; those that defer to the sender's webhook
 * need not be.
 *
 * @see https://www.twilio.com/docs/messaging/services#incoming-messages
 */
export async function findServiceInFrontOf(
	this: TwilioContext,
	phoneNumberSid: string,
): Promise<TwilioMessagingService | undefined> {
	const candidates: TwilioMessagingService[] = [];
	for await (const service of listMessagingServices.call(this)) {
		if (!service.use_inbound_webhook_on_number) candidates.push(service);
	}
	for (let start = 0; start < candidates.length; start += SERVICES_AT_ONCE) {
		const asked = candidates.slice(start, start + SERVICES_AT_ONCE);
		const answers = await Promise.all(
			asked.map(async ({ sid }) => await hasNumber.call(this, sid, phoneNumberSid)),
		);
		const index = answers.indexOf(true);
		if (index >= 0) return asked[index];
	}
	return undefined;
}

/** For the pickers: the account's Messaging Services. */
export async function searchMessagingServices(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const results = [];
	for await (const { sid, friendly_name: name } of listMessagingServices.call(this)) {
		if (name.toLowerCase().includes(filter.toLowerCase())) results.push({ name, value: sid });
	}
	return { results };
}

function listMessagingServices(this: TwilioContext) {
	return twilioList.call(
		this,
		{ product: 'messaging', path: '/v1/Services', query: { PageSize: LARGEST_PAGE } },
		'services',
	) as AsyncGenerator<TwilioMessagingService>;
}

async function hasNumber(this: TwilioContext, sid: string, phoneNumberSid: string) {
	try {
		const path = `${servicePath(sid)}/PhoneNumbers/${encodeURIComponent(phoneNumberSid)}`;
		await twilioRequest.call(this, { method: 'GET', product: 'messaging', path });
		return true;
	} catch (error) {
		if (isNotFound(error)) return false;
		throw asNodeError(this.getNode(), error);
	}
}

function servicePath(sid: string): string {
	return `/v1/Services/${encodeURIComponent(sid)}`;
}
