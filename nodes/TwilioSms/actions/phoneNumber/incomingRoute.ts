import type { IExecuteFunctions } from 'n8n-workflow';

import { findServiceInFrontOf } from '../../shared/messagingServices';
import { twilioRequest } from '../../shared/transport';
import type { TwilioMessagingService, TwilioPhoneNumber } from '../../shared/types';

/** Where Twilio takes a text to a number. */
export interface IncomingRoute {
	/** `''` when it goes nowhere. */
	url: string;
	method: string;
	/** The service that takes texts away from the number's own webhook. */
	service?: TwilioMessagingService;
	applicationSid?: string;
}

/** @see https://www.twilio.com/docs/messaging/services#incoming-messages */
export async function incomingRoute(
	this: IExecuteFunctions,
	number: TwilioPhoneNumber,
): Promise<IncomingRoute> {
	const service = await findServiceInFrontOf.call(this, number.sid);
	if (service) {
		return {
			service,
			url: service.inbound_request_url ?? '',
			method: service.inbound_method || 'POST',
		};
	}
	const applicationSid = number.sms_application_sid;
	if (!applicationSid) return { url: number.sms_url ?? '', method: number.sms_method || 'POST' };
	const application = (await twilioRequest.call(this, {
		method: 'GET',
		path: `/Applications/${encodeURIComponent(applicationSid)}.json`,
	})) as { sms_url: string | null; sms_method: string | null };
	return {
		applicationSid,
		url: application.sms_url ?? '',
		method: application.sms_method || 'POST',
	};
}
