import type { IHookFunctions } from 'n8n-workflow';

import { asNodeError, isTemporary } from '../shared/errors';
import { findServiceInFrontOf } from '../shared/messagingServices';
import { ownNumber, requirePhoneNumber } from '../shared/ownNumber';
import { findPhoneNumber } from '../shared/phoneNumbers';
import {
	noServiceError,
	notOwnedError,
	serviceInFrontError,
	statusOfNumberError,
} from './activationErrors';
import type { Target } from './target';
import { readTarget, toNumberTarget } from './target';
import type { SlotKind } from './webhookSlot';

/** What the parameters tell the trigger to listen to. */
export interface Choice {
	kind: SlotKind;
	/** The number in E.164, or the SID of the Messaging Service. */
	identity: string;
}

/** @returns `undefined` when the user enters the address at Twilio by hand */
export async function chosenTarget(this: IHookFunctions): Promise<Choice | undefined> {
	const listenOn = this.getNodeParameter('listenOn') as string;
	if (listenOn === 'manual') return undefined;
	const isStatus = this.getNodeParameter('event') === 'messageStatus';
	if (isStatus && listenOn !== 'messagingService') throw statusOfNumberError(this.getNode());
	if (listenOn === 'credential') {
		return { kind: 'phoneNumber', identity: await ownNumber.call(this) };
	}
	const locator = listenOn === 'number' ? 'phoneNumber' : 'messagingServiceSid';
	const value = this.getNodeParameter(locator, '', { extractValue: true });
	const typed = String(value ?? '').trim();
	if (listenOn === 'number') {
		const number = await requirePhoneNumber.call(this, typed, 'Phone Number');
		return { kind: 'phoneNumber', identity: number };
	}
	return { kind: isStatus ? 'serviceStatus' : 'serviceInbound', identity: typed };
}

/** @throws NodeOperationError when the account has no such number or service */
export async function requireTarget(
	this: IHookFunctions,
	{ kind, identity }: Choice,
): Promise<Target> {
	if (kind === 'phoneNumber') {
		const number = await findPhoneNumber.call(this, identity);
		if (!number) throw notOwnedError(this.getNode(), identity);
		return toNumberTarget(number);
	}
	const service = identity && (await readTarget.call(this, kind, identity));
	if (!service) throw noServiceError(this.getNode(), identity);
	return service;
}

/**
 * Makes sure that texts to a number get to the number's own webhook.
 *
 * @throws NodeOperationError when a Messaging Service takes them away
 */
export async function assertNoServiceInFront(this: IHookFunctions, target: Target): Promise<void> {
	if (target.kind !== 'phoneNumber') return;
	try {
		const service = await findServiceInFrontOf.call(this, target.sid);
		if (service) throw serviceInFrontError(this.getNode(), target.name, service);
	} catch (thrown) {
		const error = asNodeError(this.getNode(), thrown);
		const mayNotAsk = 'httpCode' in error && /^4/.test(String(error.httpCode));
		if (!mayNotAsk || isTemporary(error)) throw error;
		// A restricted API key that may not read services says nothing about the number.
		this.logger.warn(
			`Twilio SMS Trigger: could not check whether ${target.name} is in a Messaging Service`,
		);
	}
}
