import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import type { TwilioSmsCredential } from './credential';
import { apiOrigin } from './credential';
import { asNodeError, isNotFound } from './errors';
import { downloadMedia } from './media';
import type { TwilioContext } from './request';
import { TwilioApi } from './request';
import type {
	AlertFilters,
	FeedbackOutcome,
	LookupParameters,
	MessageFilters,
	MessageParameters,
	MessagingServiceParameters,
	PhoneNumberFilters,
	PhoneNumberParameters,
	TwilioAlert,
	TwilioApplication,
	TwilioChannelSender,
	TwilioContent,
	TwilioLookup,
	TwilioMedia,
	TwilioMessage,
	TwilioMessageFeedback,
	TwilioMessagingService,
	TwilioPhoneNumber,
	TwilioShortCode,
} from './types';

export type TwilioClient = ReturnType<typeof twilioClient>;

/** The largest page of the 2010 API. Fewer pages are fewer of the few requests Twilio takes at once. */
export const LARGEST_PAGE = 1000;

// The largest page of the product APIs.
const LARGEST_PRODUCT_PAGE = 100;

/** How many services are asked at once whether a number is theirs. */
const SERVICES_AT_ONCE = 10;

/**
 * Twilio's API for one run of a node, by the names of Twilio's own libraries. Lists are read page
 * by page as they are iterated. Errors are node errors that say what to do.
 *
 * @param busyTimeoutMs how long refusals because of too many requests are waited out, two minutes
 * if not given
 */
export function twilioClient(context: TwilioContext, busyTimeoutMs?: number) {
	const api = new TwilioApi(context, busyTimeoutMs);
	return {
		/** The credential as entered, with the Account SID free of stray blanks. */
		credential: async (): Promise<TwilioSmsCredential> => await api.credential(),

		/** Where the API is: `https://api.twilio.com`. */
		origin: async (): Promise<string> => apiOrigin(await api.credential(), 'api'),

		/**
		 * Whether Twilio does not know the credential's Auth Token, which beside an API key nothing
		 * but the signatures of webhooks would tell. `false` also when Twilio could not be asked.
		 */
		async isAuthTokenWrong(): Promise<boolean> {
			const { accountSid, authToken } = await api.credential();
			const origin = apiOrigin(await api.credential(), 'api');
			return await isUnauthorized(context, {
				url: `${origin}/2010-04-01/Accounts/${segment(accountSid)}.json`,
				auth: { username: accountSid, password: authToken.trim() },
			});
		},

		messages: messages(api),
		media: media(api),
		phoneNumbers: phoneNumbers(api),
		messagingServices: messagingServices(api),
		applications: {
			async fetch(sid: string): Promise<TwilioApplication> {
				return await api.request({
					method: 'GET',
					path: `/Applications/${segment(sid)}.json`,
					expects: 'sid',
				});
			},
		},
		shortCodes: {
			list(): AsyncIterable<TwilioShortCode> {
				const query = { PageSize: LARGEST_PAGE };
				return api.list({ path: '/SMS/ShortCodes.json', query }, 'short_codes');
			},
		},
		channelSenders: {
			/** The account's WhatsApp senders. */
			list(): AsyncIterable<TwilioChannelSender> {
				const query = { Channel: 'whatsapp', PageSize: LARGEST_PRODUCT_PAGE };
				return api.list({ product: 'messaging', path: '/v2/Channels/Senders', query }, 'senders');
			},
		},
		contents: {
			list(): AsyncIterable<TwilioContent> {
				const query = { PageSize: LARGEST_PRODUCT_PAGE };
				return api.list({ product: 'content', path: '/v1/ContentAndApprovals', query }, 'contents');
			},
		},
		alerts: {
			/** Newest first, without the requests' variables. */
			list(filters: AlertFilters): AsyncIterable<TwilioAlert> {
				const query = { PageSize: LARGEST_PAGE, ...filters };
				return api.list({ product: 'monitor', path: '/v1/Alerts', query }, 'alerts');
			},

			async fetch(sid: string): Promise<TwilioAlert> {
				return await api.request({
					method: 'GET',
					product: 'monitor',
					path: `/v1/Alerts/${segment(sid)}`,
					expects: 'sid',
				});
			},
		},
		lookups: {
			/** @param number may be anything: whether it is a number is what Twilio tells */
			async fetch(number: string, parameters: LookupParameters): Promise<TwilioLookup> {
				const path = `/v2/PhoneNumbers/${segment(number)}`;
				return await api.request({
					method: 'GET',
					product: 'lookups',
					path,
					query: parameters,
					expects: 'valid',
				});
			},
		},
	};
}

function messages(api: TwilioApi) {
	const path = (sid: string) => `/Messages/${segment(sid)}.json`;
	return {
		/**
		 * Hands a message to Twilio, once.
		 *
		 * @throws NodeApiError which tells whether it may have gone out all the same
		 */
		async create(parameters: MessageParameters): Promise<TwilioMessage> {
			return await api.request({
				method: 'POST',
				path: '/Messages.json',
				form: parameters,
				expects: 'sid',
				messageTo: parameters.To,
			});
		},

		async fetch(sid: string): Promise<TwilioMessage> {
			return await api.request({ method: 'GET', path: path(sid), expects: 'sid' });
		},

		/** Erases the text (`Body: ''`) or calls a scheduled message off (`Status: 'canceled'`). */
		async update(
			sid: string,
			changes: { Body: '' } | { Status: 'canceled' },
		): Promise<TwilioMessage> {
			return await api.request({ method: 'POST', path: path(sid), form: changes, expects: 'sid' });
		},

		async remove(sid: string): Promise<void> {
			await api.request({ method: 'DELETE', path: path(sid) });
		},

		/** Tells Twilio whether the recipient acted on a message that was sent with `ProvideFeedback`. */
		async createFeedback(sid: string, Outcome: FeedbackOutcome): Promise<TwilioMessageFeedback> {
			return await api.request({
				method: 'POST',
				path: `/Messages/${segment(sid)}/Feedback.json`,
				form: { Outcome },
				expects: 'outcome',
			});
		},

		/** Newest first. */
		list(filters: MessageFilters): AsyncIterable<TwilioMessage> {
			return api.list({ path: '/Messages.json', query: filters }, 'messages');
		},
	};
}

function media(api: TwilioApi) {
	return {
		list(messageSid: string): AsyncIterable<TwilioMedia> {
			return api.list({ path: `/Messages/${segment(messageSid)}/Media.json` }, 'media_list');
		},

		/** The bytes of an attachment. */
		async download(messageSid: string, mediaSid: string): Promise<Buffer> {
			return await downloadMedia(api, messageSid, mediaSid);
		},
	};
}

function phoneNumbers(api: TwilioApi) {
	const path = (sid: string) => `/IncomingPhoneNumbers/${segment(sid)}.json`;
	const list = (filters: PhoneNumberFilters = {}): AsyncIterable<TwilioPhoneNumber> =>
		api.list(
			{ path: '/IncomingPhoneNumbers.json', query: { PageSize: LARGEST_PAGE, ...filters } },
			'incoming_phone_numbers',
		);
	return {
		list,

		async fetch(sid: string): Promise<TwilioPhoneNumber> {
			return await api.request({ method: 'GET', path: path(sid), expects: 'sid' });
		},

		/** Changes only what is given. */
		async update(sid: string, changes: PhoneNumberParameters): Promise<TwilioPhoneNumber> {
			return await api.request({ method: 'POST', path: path(sid), form: changes, expects: 'sid' });
		},

		/**
		 * The account's number that is exactly this one. Twilio's filter also finds numbers that
		 * merely contain it, in an order of its own.
		 *
		 * @param phoneNumber in E.164
		 */
		async find(phoneNumber: string): Promise<TwilioPhoneNumber | undefined> {
			for await (const number of list({ PhoneNumber: phoneNumber })) {
				if (number.phone_number === phoneNumber) return number;
			}
			return undefined;
		},
	};
}

function messagingServices(api: TwilioApi) {
	const product = 'messaging';
	const path = (sid: string) => `/v1/Services/${segment(sid)}`;
	const query = { PageSize: LARGEST_PRODUCT_PAGE };
	const list = (): AsyncIterable<TwilioMessagingService> =>
		api.list({ product, path: '/v1/Services', query }, 'services');

	async function hasPhoneNumber(sid: string, phoneNumberSid: string): Promise<boolean> {
		try {
			const number = `${path(sid)}/PhoneNumbers/${segment(phoneNumberSid)}`;
			await api.request({ method: 'GET', product, path: number, expects: 'sid' });
			return true;
		} catch (error) {
			if (isNotFound(error)) return false;
			throw asNodeError(api.context.getNode(), error);
		}
	}

	return {
		list,

		async fetch(sid: string): Promise<TwilioMessagingService> {
			return await api.request({ method: 'GET', product, path: path(sid), expects: 'sid' });
		},

		/** Changes only what is given. */
		async update(
			sid: string,
			changes: MessagingServiceParameters,
		): Promise<TwilioMessagingService> {
			return await api.request({
				method: 'POST',
				product,
				path: path(sid),
				form: changes,
				expects: 'sid',
			});
		},

		/** The phone numbers in a service's sender pool. */
		listPhoneNumbers(sid: string): AsyncIterable<Pick<TwilioPhoneNumber, 'sid' | 'phone_number'>> {
			return api.list({ product, path: `${path(sid)}/PhoneNumbers`, query }, 'phone_numbers');
		},

		/**
		 * The service that takes the texts to a number away from the number's own webhook. Twilio has
		 * no field that links the two, so the services are asked; those that defer to the sender's
		 * webhook need not be.
		 *
		 * @see https://www.twilio.com/docs/messaging/services#incoming-messages
		 */
		async findInFrontOf(phoneNumberSid: string): Promise<TwilioMessagingService | undefined> {
			const candidates: TwilioMessagingService[] = [];
			for await (const service of list()) {
				if (!service.use_inbound_webhook_on_number) candidates.push(service);
			}
			for (let start = 0; start < candidates.length; start += SERVICES_AT_ONCE) {
				const asked = candidates.slice(start, start + SERVICES_AT_ONCE);
				const answers = await Promise.all(
					asked.map(async ({ sid }) => await hasPhoneNumber(sid, phoneNumberSid)),
				);
				const index = answers.indexOf(true);
				if (index >= 0) return asked[index];
			}
			return undefined;
		},
	};
}

async function isUnauthorized(
	context: TwilioContext,
	{ url, auth }: Required<Pick<IHttpRequestOptions, 'url' | 'auth'>>,
): Promise<boolean> {
	try {
		const answer = (await context.helpers.httpRequest({
			url,
			auth,
			timeout: 10_000,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as IN8nHttpFullResponse;
		return answer.statusCode === 401;
	} catch {
		return false;
	}
}

// A SID with a slash in it must not address another resource.
function segment(text: string): string {
	return encodeURIComponent(text);
}
