import type { INode } from 'n8n-workflow';

import type { OwnWebhook, Owner } from '../../shared/ownership';
import { ownerOf } from '../../shared/ownership';
import type { TwilioClient } from '../../twilio/client';
import { asNodeError, isNotFound } from '../../twilio/errors';
import type { TwilioMessagingService, TwilioPhoneNumber } from '../../twilio/types';

/** Where Twilio keeps an address that a trigger can set. */
export type SlotKind = 'phoneNumber' | 'serviceInbound' | 'serviceStatus';

/** Settings as parameters of an update; unset ones are `''`. */
export type SlotSettings = Record<string, string>;

/** The number or Messaging Service that a trigger listens to, as it is at Twilio now. */
export interface Target {
	kind: SlotKind;
	sid: string;
	/** What people call it: the number in E.164, or the service's name. */
	name: string;
	settings: SlotSettings;
}

interface Slot {
	url: string;
	method?: string;
	/** A setting that, unless it is off, wins over the URL. */
	override?: { name: string; off: string };
}

const SLOTS: Record<SlotKind, Slot> = {
	phoneNumber: {
		url: 'SmsUrl',
		method: 'SmsMethod',
		override: { name: 'SmsApplicationSid', off: '' },
	},
	serviceInbound: {
		url: 'InboundRequestUrl',
		method: 'InboundMethod',
		override: { name: 'UseInboundWebhookOnNumber', off: 'false' },
	},
	serviceStatus: { url: 'StatusCallback' },
};

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
	node: INode,
	twilio: TwilioClient,
	{ kind, sid }: Pick<Target, 'kind' | 'sid'>,
): Promise<Target | undefined> {
	try {
		if (kind === 'phoneNumber') return toNumberTarget(await twilio.phoneNumbers.fetch(sid));
		return toServiceTarget(kind, await twilio.messagingServices.fetch(sid));
	} catch (error) {
		if (isNotFound(error)) return undefined;
		throw asNodeError(node, error);
	}
}

/** Changes the target and returns it as Twilio has it then. */
export async function changeTarget(
	twilio: TwilioClient,
	{ kind, sid }: Pick<Target, 'kind' | 'sid'>,
	changes: SlotSettings,
): Promise<Target> {
	if (kind === 'phoneNumber') {
		return toNumberTarget(await twilio.phoneNumbers.update(sid, changes));
	}
	return toServiceTarget(kind, await twilio.messagingServices.update(sid, changes));
}

/** Who owns the slot. If a setting overrides its URL, others do, whatever the URL is. */
export function ownerOfTarget({ kind, settings }: Target, own: OwnWebhook): Owner {
	return isOverridden(kind, settings) ? 'foreign' : ownerOf(urlIn(kind, settings), own);
}

/** The address in the slot, connection overrides included; `''` for none. */
export function urlIn(kind: SlotKind, settings: SlotSettings): string {
	return settings[SLOTS[kind].url] ?? '';
}

/** Whether something else than the slot's URL gets what Twilio has to say. */
export function isOverridden(kind: SlotKind, settings: SlotSettings): boolean {
	const { override } = SLOTS[kind];
	return override !== undefined && (settings[override.name] ?? override.off) !== override.off;
}

export function isPost(kind: SlotKind, settings: SlotSettings): boolean {
	const { method } = SLOTS[kind];
	return method === undefined || settings[method] === 'POST';
}

/** The slot as it is when nobody uses it. */
export function emptySettings(kind: SlotKind): SlotSettings {
	const { url, method, override } = SLOTS[kind];
	return {
		[url]: '',
		...(method && { [method]: 'POST' }),
		...(override && { [override.name]: override.off }),
	};
}

/** The settings with the override (TwiML application, or defer to sender) that `others` have. */
export function withOverrideOf(
	others: SlotSettings,
	kind: SlotKind,
	settings: SlotSettings,
): SlotSettings {
	const { override } = SLOTS[kind];
	return override ? { ...settings, [override.name]: others[override.name] } : settings;
}

/** What to change so that the slot points at a URL. */
export function changesToPointAt(url: string, { kind, settings }: Target): SlotSettings {
	const slot = SLOTS[kind];
	return {
		[slot.url]: url,
		...(slot.method && { [slot.method]: 'POST' }),
		...(slot.override &&
			isOverridden(kind, settings) && { [slot.override.name]: slot.override.off }),
	};
}

/** What to change to bring a snapshot back, except an override that somebody set since. */
export function changesToRestore(
	snapshot: SlotSettings,
	{ kind, settings }: Pick<Target, 'kind' | 'settings'>,
): SlotSettings {
	const { url, method, override } = SLOTS[kind];
	const isWanted = isOverridden(kind, snapshot) && !isOverridden(kind, settings);
	return {
		[url]: urlIn(kind, snapshot),
		...(method && { [method]: snapshot[method] || 'POST' }),
		...(override && isWanted && { [override.name]: snapshot[override.name] }),
	};
}
