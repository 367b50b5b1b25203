import type {
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { TwilioProduct } from './apiOrigin';

export type TwilioContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IWebhookFunctions;

/** Twilio's parameters by their names there; a list repeats its name. */
export type TwilioParameters = Record<string, string | string[] | number | boolean | undefined>;

export interface TwilioRequest {
	method: IHttpRequestMethods;
	product?: TwilioProduct;
	/** Below the account for product `api` (`/Messages.json`), else the whole path; or a page. */
	path: string;
	query?: TwilioParameters;
	form?: TwilioParameters;
	/** Who gets a message by this request, so that it must not go out twice. */
	messageTo?: string;
}
