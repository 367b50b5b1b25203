import type { IHookFunctions, INode, IPollFunctions } from 'n8n-workflow';

import type { OwnWebhook } from '../../shared/ownership';
import { asNodeError, inputError } from '../../twilio/errors';
import type { TwilioMessagingService } from '../../twilio/types';
import { redactUrl } from '../../twilio/webhookUrl';
import type { Registration } from './snapshot';
import type { SlotKind, Target } from './target';
import { isOverridden, isPost, ownerOfTarget, urlIn } from './target';

/** n8n shows only the message of an error with which publishing fails, so it has to say it all. */
export async function sayingWhatToDo<C extends IHookFunctions | IPollFunctions, T>(
	n8n: C,
	step: (n8n: C) => Promise<T>,
): Promise<T> {
	try {
		return await step(n8n);
	} catch (thrown) {
		const error = asNodeError(n8n.getNode(), thrown);
		if (error.description) {
			error.message = `${error.message.replace(/\.$/, '')}. ${error.description}`;
			// n8n 1.x shows only the description where there is one.
			error.description = undefined;
		}
		throw error;
	}
}

export function missingAuthTokenError(node: INode) {
	return inputError(
		node,
		"The credential has no Auth Token, so incoming texts can't be verified",
		'Twilio signs them with the Auth Token, never with an API key. Copy it from the Twilio Console into the credential, beside the API key.',
	);
}

export function wrongAuthTokenError(node: INode) {
	return inputError(
		node,
		"The credential's Auth Token is not the one of this Twilio account, so no incoming text could be verified",
		'The API key is right: copy the Auth Token again from the first page of the Twilio Console into the credential. A token of another account, or one that was replaced, does not do.',
	);
}

export function notOwnedError(node: INode, phoneNumber: string) {
	return inputError(
		node,
		`${phoneNumber} is not a number of this Twilio account`,
		'Check the number, or use the credential of the account that owns it (Twilio Console > Phone Numbers > Active Numbers).',
	);
}

export function noServiceError(node: INode, sid: string) {
	return inputError(
		node,
		sid ? `This Twilio account has no Messaging Service ${sid}` : 'No Messaging Service is chosen',
		'Choose one from the list, or enter its SID, which begins with MG (Twilio Console > Messaging > Services).',
	);
}

export function statusOfNumberError(node: INode) {
	return inputError(
		node,
		'A phone number has no status updates to listen to',
		'Set "Listen On" to "Messaging Service", or to "Set Up by Hand" and give the address to the option "Status Callback URL" of Twilio SMS > Send.',
	);
}

export function serviceInFrontError(node: INode, number: string, service: TwilioMessagingService) {
	const receiver = service.inbound_request_url
		? 'which receives the texts to it'
		: 'which drops the texts to it';
	return inputError(
		node,
		`${number} is in the Messaging Service "${service.friendly_name}", ${receiver}`,
		`Either set "Listen On" to "Messaging Service" and choose "${service.friendly_name}", or, in the Twilio Console > Messaging > Services > ${service.friendly_name} > Integration, choose "Defer to sender's webhook".`,
	);
}

export function inUseError(node: INode, target: Target, use: string) {
	return inputError(
		node,
		`${SUBJECT[target.kind]} ${quoted(target)} already go to ${use}`,
		'There can be one webhook only, so this one was left as it is. Set "If the Number or Service Is in Use" to "Replace" to take it over (it is put back when you unpublish the workflow), clear it in the Twilio Console, or choose something else to listen on.',
	);
}

export function otherAccountError(node: INode, { name, accountSid }: Registration) {
	return inputError(
		node,
		`${name} belongs to account ${accountSid}, but the credential is for another one now`,
	);
}

export function otherApiError(node: INode, { name, apiOrigin }: Registration) {
	return inputError(
		node,
		`${name} was set up at ${apiOrigin}, but the credential has another region or base URL now`,
	);
}

export function restoreFailedError(node: INode, registration: Registration, cause: unknown) {
	const { name, kind } = registration;
	const reason = asNodeError(node, cause).message.replace(/\.$/, '');
	if (kind === 'manual') return inputError(node, reason);
	return inputError(
		node,
		`The webhook of ${name} could not be put back: ${reason}`,
		`It still points to this workflow, which no longer listens. ${howToPutBack(kind, registration)}.`,
	);
}

/** What a person does at Twilio to have what was there before the trigger, without a full stop. */
export function howToPutBack(kind: SlotKind, registration: Registration): string {
	const place = CONSOLE[kind](registration.name);
	return `In the Twilio Console open ${place} and ${before(kind, registration)}`;
}

/** What uses a number or service, in words that hold no secret; `''` for nothing. */
export function useOf(target: Target, own: OwnWebhook): string {
	const { kind, settings } = target;
	const url = redactUrl(urlIn(kind, settings));
	if (kind === 'phoneNumber' && isOverridden(kind, settings)) {
		return `the TwiML application ${settings.SmsApplicationSid}`;
	}
	if (STUDIO.test(url)) return `the Studio flow at ${url}`;
	if (ownerOfTarget(target, own) === 'otherWorkflow') {
		return `another workflow of this n8n at ${url}`;
	}
	return url;
}

// https://www.twilio.com/docs/studio/user-guide/get-started#connect-your-flow
const STUDIO = /^https:\/\/webhooks\.twilio\.com\/v1\/Accounts\/AC\w+\/Flows\/FW\w+$/;

const SUBJECT: Record<SlotKind, string> = {
	phoneNumber: 'Texts to',
	serviceInbound: 'Texts to the Messaging Service',
	serviceStatus: 'Status updates of the Messaging Service',
};

const CONSOLE: Record<SlotKind, (name: string) => string> = {
	phoneNumber: (name) => `Phone Numbers > ${name}, go to "A message comes in"`,
	serviceInbound: (name) => `Messaging > Services > ${name} > Integration`,
	serviceStatus: (name) => `Messaging > Services > ${name} > Integration > Delivery status`,
};

function before(kind: SlotKind, { snapshot }: Registration): string {
	if (isOverridden(kind, snapshot)) {
		return kind === 'phoneNumber'
			? `choose the TwiML application ${snapshot.SmsApplicationSid}`
			: 'choose "Defer to sender\'s webhook"';
	}
	const url = urlIn(kind, snapshot);
	if (!url) return 'leave the address empty';
	const shown = redactUrl(url);
	const method = isPost(kind, snapshot) ? '' : ' with HTTP GET';
	return `enter ${shown}${method}${shown === url ? '' : ' (and what else was in it)'}`;
}

function quoted({ kind, name }: Target): string {
	return kind === 'phoneNumber' ? name : `"${name}"`;
}
