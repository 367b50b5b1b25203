import type { IHookFunctions } from 'n8n-workflow';

import { asNodeError, isNotFound } from '../shared/errors';
import { getMessagingService, updateMessagingService } from '../shared/messagingServices';
import { getPhoneNumber, updatePhoneNumber } from '../shared/phoneNumbers';
import type { TwilioMessagingService, TwilioPhoneNumber } from '../shared/types';
import type { SlotKind, SlotSettings } from './webhookSlot';

/** The number or Messaging Service that a trigger listens to, as it is at Twilio now. */
export interface Target {
	kind: SlotKind;
	sid: string;
	/** What people call it: the number in E.164, or the service's name. */
	name: string;
	settings: SlotSettings;
}

export function toNumberTarget(number: TwilioPhoneNumber): Target {
	return {
		kind: 'phoneNumber',
		sid: number.sid,
		name: number.phone_number,
		settings: {
			SmsUrl: number.sms_url ?? '',
			SmsMethod: number.sms_method || 'POST',
			SmsApplicationSid: number.sms_application_sid ?? '',
		},
	};
}

export function toServiceTarget(
	kind: 'serviceInbound' | 'serviceStatus',
	service: TwilioMessagingService,
): Target {
	const { sid, friendly_name: name } = service;
	if (kind === 'serviceStatus') {
		return { kind, sid, name, settings: { StatusCallback: service.status_callback ?? '' } };
	}
	return {
		kind,
		sid,
		name,
		settings: {
			InboundRequestUrl: service.inbound_request_url ?? '',
			InboundMethod: service.inbound_method || 'POST',
			UseInboundWebhookOnNumber: String(service.use_inbound_webhook_on_number === true),
		},
	};
}

/** The target, or `undefined` when it is gone. */
export async function readTarget(
	this: IHookFunctions,
	kind: SlotKind,
	sid: string,
): Promise<Target | undefined> {
	try {
		if (kind === 'phoneNumber') return toNumberTarget(await getPhoneNumber.call(this, sid));
		return toServiceTarget(kind, await getMessagingService.call(this, sid));
	} catch (error) {
		if (isNotFound(error)) return undefined;
		throw asNodeError(this.getNode(), error);
	}
}

/** Changes the target and returns it as Twilio has it then. */
export async function changeTarget(
	this: IHookFunctions,
	{ kind, sid }: Pick<Target, 'kind' | 'sid'>,
	changes: SlotSettings,
): Promise<Target> {
	if (kind === 'phoneNumber') {
		return toNumberTarget(await updatePhoneNumber.call(this, sid, changes));
	}
	return toServiceTarget(kind, await updateMessagingService.call(this, sid, changes));
}
