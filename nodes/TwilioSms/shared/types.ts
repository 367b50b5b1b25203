import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { ItemWithFiles } from './itemWithFiles';
import type { Steps } from './steps';

/** How an operation of the Twilio SMS node shows in the editor. */
export interface OperationDescription {
	/** Its entry in the dropdown. */
	option: INodePropertyOptions;
	/** Its fields, which are shown when it is chosen. */
	fields: INodeProperties[];
}

/** What an operation does with one input item. Items are taken in order, one at a time. */
export type Operation = (
	this: IExecuteFunctions,
	itemIndex: number,
) => Promise<IDataObject | IDataObject[] | ItemWithFiles | Steps>;

/**
 * A message as Twilio's REST API returns it: counts and prices as text, dates in RFC 2822.
 *
 * @see https://www.twilio.com/docs/messaging/api/message-resource#message-properties
 */
export interface TwilioMessage extends IDataObject {
	sid: string;
	status: string;
	from: string | null;
	to: string;
	body: string | null;
	num_segments: string | null;
	num_media: string | null;
	direction: string;
	error_code: number | null;
	error_message: string | null;
	price: string | null;
	price_unit: string | null;
	messaging_service_sid: string | null;
	account_sid: string;
	date_created: string | null;
	date_sent: string | null;
	date_updated: string | null;
}

/**
 * A phone number of the account. URLs that are not set come as `''` or `null`.
 *
 * @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
 */
export interface TwilioPhoneNumber extends IDataObject {
	sid: string;
	account_sid: string;
	phone_number: string;
	friendly_name: string;
	capabilities: Record<string, boolean>;
	sms_url: string | null;
	sms_method: string | null;
	sms_fallback_url: string | null;
	sms_fallback_method: string | null;
	sms_application_sid: string | null;
	date_created: string | null;
	date_updated: string | null;
}

/**
 * A Messaging Service. Its inbound URL takes the texts to all its numbers, unless it defers to
 * the webhook of each.
 *
 * @see https://www.twilio.com/docs/messaging/api/service-resource
 */
export interface TwilioMessagingService extends IDataObject {
	sid: string;
	account_sid: string;
	friendly_name: string;
	inbound_request_url: string | null;
	inbound_method: string | null;
	use_inbound_webhook_on_number: boolean;
	status_callback: string | null;
}
