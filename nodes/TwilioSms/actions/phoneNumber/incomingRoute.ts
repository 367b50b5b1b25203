import type { INode } from 'n8n-workflow';

import type { TwilioClient } from '../../twilio/client';
import { asNodeError, isDenied } from '../../twilio/errors';
import type { TwilioMessagingService, TwilioPhoneNumber } from '../../twilio/types';

/** Where Twilio takes a text to a number. */
export interface IncomingRoute {
	/** The number in E.164 and the SIDs of services, on any of which a trigger may listen for it. */
	listensOn: string[];
	/** `''` when it goes nowhere. */
	url: string;
	method: string;
	/** The service that takes texts away from the number's own webhook. */
	service?: TwilioMessagingService;
	/** The API key may not read Messaging Services, so that there may be one. */
	isServiceUnknown?: true;
	applicationSid?: string;
}

/** @see https://www.twilio.com/docs/messaging/services#incoming-messages */
export async function routeOfNumber(
	node: INode,
	twilio: TwilioClient,
	number: TwilioPhoneNumber,
): Promise<IncomingRoute> {
	try {
		const service = await twilio.messagingServices.findInFrontOf(number.sid);
		if (service) return routeOfService(service, number.phone_number);
	} catch (thrown) {
		const error = asNodeError(node, thrown);
		if (!isDenied(error)) throw error;
		return { ...(await ownRoute(twilio, number)), isServiceUnknown: true };
	}
	return await ownRoute(twilio, number);
}

async function ownRoute(twilio: TwilioClient, number: TwilioPhoneNumber): Promise<IncomingRoute> {
	const { phone_number: phoneNumber, sms_application_sid: applicationSid } = number;
	const listensOn = [phoneNumber];
	if (!applicationSid) {
		return { listensOn, url: number.sms_url ?? '', method: number.sms_method || 'POST' };
	}
	const application = await twilio.applications.fetch(applicationSid);
	return {
		listensOn,
		applicationSid,
		url: application.sms_url ?? '',
		method: application.sms_method || 'POST',
	};
}

/**
 * Where the texts go that answer a message from this sender: one route, or one for each number of a
 * Messaging Service. None for senders that are no phone numbers of the account, such as those of
 * WhatsApp, of which the API tells nothing.
 */
export async function routesOfSender(
	node: INode,
	twilio: TwilioClient,
	sender: { From?: string; MessagingServiceSid?: string },
): Promise<IncomingRoute[]> {
	const { From = '', MessagingServiceSid } = sender;
	if (!MessagingServiceSid) {
		const number = From.startsWith('+') ? await twilio.phoneNumbers.find(From) : undefined;
		return number ? [await routeOfNumber(node, twilio, number)] : [];
	}
	const service = await twilio.messagingServices.fetch(MessagingServiceSid);
	if (!service.use_inbound_webhook_on_number) return [routeOfService(service)];
	const routes: IncomingRoute[] = [];
	for await (const { sid } of twilio.messagingServices.listPhoneNumbers(service.sid)) {
		const route = await routeOfNumber(node, twilio, await twilio.phoneNumbers.fetch(sid));
		routes.push({ ...route, listensOn: [...route.listensOn, service.sid] });
	}
	return routes;
}

function routeOfService(service: TwilioMessagingService, ...numbers: string[]): IncomingRoute {
	return {
		listensOn: [...numbers, service.sid],
		service,
		url: service.inbound_request_url ?? '',
		method: service.inbound_method || 'POST',
	};
}
