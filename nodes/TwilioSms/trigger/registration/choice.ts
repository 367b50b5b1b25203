import type { IHookFunctions } from 'n8n-workflow';

import { requirePhoneNumber, ownNumber } from '../../shared/ownNumber';
import type { OwnWebhook } from '../../shared/ownership';
import type { Parameters } from '../../shared/parameters';
import type { TwilioClient } from '../../twilio/client';
import { asNodeError, inputError, isDenied } from '../../twilio/errors';
import { channelOf } from '../../twilio/phoneNumber';
import type { TriggerEvent } from '../fields';
import {
	inUseError,
	noServiceError,
	notOwnedError,
	serviceInFrontError,
	statusOfNumberError,
	useOf,
} from './errors';
import type { SlotKind, Target } from './target';
import { isOverridden, ownerOfTarget, readTarget, toNumberTarget } from './target';

/** What the parameters tell the trigger to listen to. */
export interface Choice {
	kind: SlotKind;
	/** The number in E.164, or the SID of the Messaging Service. */
	identity: string;
}

type ListenOn = 'credential' | 'number' | 'messagingService' | 'manual';

/**
 * What the parameters tell the trigger to listen to.
 *
 * @returns `undefined` when the user enters the address at Twilio by hand
 * @throws NodeOperationError when that cannot be listened to
 */
export async function readChoice(
	parameters: Parameters,
	twilio: TwilioClient,
): Promise<Choice | undefined> {
	const { node } = parameters;
	const listenOn = parameters.choice<ListenOn>('listenOn', 'credential');
	if (listenOn === 'manual') return undefined;
	const event = parameters.choice<TriggerEvent>('event', 'incomingMessage');
	if (event === 'messageStatus' && listenOn !== 'messagingService') throw statusOfNumberError(node);
	if (listenOn === 'credential') {
		return { kind: 'phoneNumber', identity: await ownNumber(node, twilio) };
	}
	if (listenOn === 'messagingService') {
		const identity = parameters.locator('messagingServiceSid', 'Messaging Service');
		return { kind: event === 'messageStatus' ? 'serviceStatus' : 'serviceInbound', identity };
	}
	const typed = parameters.locator('phoneNumber', 'Phone Number');
	assertHasWebhook(parameters, typed);
	const identity = await requirePhoneNumber(node, twilio, typed, 'Phone Number');
	return { kind: 'phoneNumber', identity };
}

// Twilio keeps the webhooks of these elsewhere, where this trigger cannot set them.
function assertHasWebhook({ node }: Parameters, typed: string): void {
	const isShortCode = /^\d{3,6}$/.test(typed);
	const isOtherChannel = channelOf(typed) !== 'sms';
	if (!isShortCode && !isOtherChannel) return;
	throw inputError(
		node,
		`The trigger cannot set the webhook of ${isShortCode ? `the short code ${typed}` : typed}`,
		`Set "Listen On" to "Set Up by Hand", and enter the address in the Twilio Console > ${isShortCode ? 'Phone Numbers > Short Codes' : 'Messaging > Senders'}. Or listen on a Messaging Service that it is in.`,
	);
}

/** @throws NodeOperationError when the account has no such number or service */
export async function requireTarget(
	parameters: Parameters,
	twilio: TwilioClient,
	choice: Choice,
): Promise<Target> {
	const { node } = parameters;
	const target = await findTarget(parameters, twilio, choice);
	if (target) return target;
	const { kind, identity } = choice;
	throw kind === 'phoneNumber' ? notOwnedError(node, identity) : noServiceError(node, identity);
}

/** Where the choice is at Twilio, or `undefined` when the account has no such number or service. */
export async function findTarget(
	{ node }: Parameters,
	twilio: TwilioClient,
	{ kind, identity }: Choice,
): Promise<Target | undefined> {
	if (kind !== 'phoneNumber') {
		return identity ? await readTarget(node, twilio, { kind, sid: identity }) : undefined;
	}
	const number = await twilio.phoneNumbers.find(identity);
	return number && toNumberTarget(number);
}

/**
 * Makes sure that texts to a number get to the number's own webhook.
 *
 * @throws NodeOperationError when a Messaging Service takes them away
 */
export async function assertNoServiceInFront(
	n8n: IHookFunctions,
	twilio: TwilioClient,
	target: Target,
): Promise<void> {
	if (target.kind !== 'phoneNumber') return;
	try {
		const service = await twilio.messagingServices.findInFrontOf(target.sid);
		if (service) throw serviceInFrontError(n8n.getNode(), target.name, service);
	} catch (thrown) {
		const error = asNodeError(n8n.getNode(), thrown);
		if (!isDenied(error)) throw error;
		// A restricted API key that may not read services says nothing about the number.
		n8n.logger.warn(
			`Twilio SMS Trigger: could not check whether ${target.name} is in a Messaging Service`,
		);
	}
}

/**
 * Makes sure that a number or service that is not ours may be taken over.
 *
 * @throws NodeOperationError that names what uses it
 */
export async function assertMayTake(
	parameters: Parameters,
	twilio: TwilioClient,
	target: Target,
	own: OwnWebhook,
): Promise<void> {
	if (parameters.choice('onExistingWebhook', 'refuse') === 'replace') return;
	const { kind, settings } = target;
	const isDeferred = kind === 'serviceInbound' && isOverridden(kind, settings);
	const use = isDeferred ? await useOfOneNumber(twilio, target, own) : useOf(target, own);
	if (use) throw inUseError(parameters.node, target, use);
}

// A service that defers to its numbers is free as long as none of them is in use.
async function useOfOneNumber(
	twilio: TwilioClient,
	service: Target,
	own: OwnWebhook,
): Promise<string | undefined> {
	const sids = new Set<string>();
	for await (const { sid } of twilio.messagingServices.listPhoneNumbers(service.sid)) sids.add(sid);
	if (sids.size === 0) return undefined;
	for await (const number of twilio.phoneNumbers.list()) {
		const target = toNumberTarget(number);
		const owner = ownerOfTarget(target, own);
		if (sids.has(target.sid) && owner !== 'free' && owner !== 'ours') {
			return `the webhook of its number ${target.name}`;
		}
	}
	return undefined;
}
