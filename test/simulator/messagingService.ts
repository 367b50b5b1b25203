import { iso8601 } from './date';
import { newSid } from './sid';
import type { HttpMethod } from './webhook/delivery';

/** The numbers that share one set-up: a sender pool outwards, one inbound URL inwards. */
export interface MessagingService {
	sid: string;
	account_sid: string;
	friendly_name: string;
	date_created: string;
	date_updated: string;
	/** Null switches inbound off: texts to the pool are neither logged nor received. */
	inbound_request_url: string | null;
	inbound_method: HttpMethod;
	fallback_url: string | null;
	fallback_method: HttpMethod;
	status_callback: string | null;
	sticky_sender: boolean;
	mms_converter: boolean;
	smart_encoding: boolean;
	scan_message_content: string;
	fallback_to_long_code: boolean;
	area_code_geomatch: boolean;
	synchronous_validation: boolean;
	validity_period: number;
	usecase: string;
	us_app_to_person_registered: boolean;
	/** "Defer to sender's webhook": each number's own URL is called instead of the service's. */
	use_inbound_webhook_on_number: boolean;
	/** Not part of the resource, which has a list of its own for it. */
	pool: PoolNumber[];
	/** Nor is this, which Twilio keeps in its console. */
	advancedOptOut: boolean;
}

export interface PoolNumber {
	/** The phone number's own `PN…`. */
	sid: string;
	date_created: string;
}

export interface NewMessagingService {
	friendlyName: string;
	inboundRequestUrl?: string;
	inboundMethod?: HttpMethod;
	fallbackUrl?: string;
	statusCallback?: string;
	useInboundWebhookOnNumber?: boolean;
	advancedOptOut?: boolean;
}

export function newMessagingService(
	accountSid: string,
	given: NewMessagingService,
): MessagingService {
	const now = iso8601();
	return {
		sid: newSid('MG'),
		account_sid: accountSid,
		friendly_name: given.friendlyName,
		date_created: now,
		date_updated: now,
		inbound_request_url: given.inboundRequestUrl ?? null,
		inbound_method: given.inboundMethod ?? 'POST',
		fallback_url: given.fallbackUrl ?? null,
		fallback_method: 'POST',
		status_callback: given.statusCallback ?? null,
		sticky_sender: true,
		mms_converter: true,
		smart_encoding: true,
		scan_message_content: 'inherit',
		fallback_to_long_code: true,
		area_code_geomatch: true,
		synchronous_validation: false,
		validity_period: 36_000,
		usecase: 'undeclared',
		us_app_to_person_registered: false,
		use_inbound_webhook_on_number: given.useInboundWebhookOnNumber ?? false,
		pool: [],
		advancedOptOut: given.advancedOptOut ?? false,
	};
}

export function newPoolNumber(sid: string): PoolNumber {
	return { sid, date_created: iso8601() };
}
