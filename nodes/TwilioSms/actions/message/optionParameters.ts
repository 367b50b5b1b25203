import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../../shared/errors';
import type { TwilioParameters } from '../../shared/request';
import { toMediaUrls } from './mediaUrls';
import { toSendAt } from './sendAt';
import type { Sender } from './sender';

/**
 * Twilio's parameters for what is chosen in "Options".
 *
 * @see https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
 * @throws NodeOperationError when something cannot be right
 */
export function optionParameters(
	this: IExecuteFunctions,
	itemIndex: number,
	sender: Sender,
): TwilioParameters {
	const options = this.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const { sendAt } = options;
	return {
		MediaUrl: mediaUrls.call(this, options.mediaUrls),
		...(isGiven(sendAt) && schedule.call(this, sendAt, sender)),
		StatusCallback: toText(options.statusCallback),
		ValidityPeriod: toText(options.validityPeriod),
		SmartEncoded: toText(options.smartEncoded),
		ShortenUrls: toText(options.shortenUrls),
		SendAsMms: toText(options.sendAsMms),
		RiskCheck: toText(options.riskCheck),
		ContentRetention: toText(options.contentRetention),
		AddressRetention: toText(options.addressRetention),
		PersistentAction: toTexts(options.persistentAction),
		ProvideFeedback: toText(options.provideFeedback),
		FallbackFrom: toText(options.fallbackFrom),
	};
}

function mediaUrls(this: IExecuteFunctions, value: unknown): string[] {
	try {
		return toMediaUrls(value);
	} catch (error) {
		throw inputError(
			this.getNode(),
			(error as Error).message,
			'Enter addresses that start with https:// (or http://) and can be opened by everybody, one in each field, at most 10 of them.',
		);
	}
}

function schedule(this: IExecuteFunctions, value: unknown, sender: Sender): TwilioParameters {
	// Twilio's guide says that without a service it would send at once.
	if (!sender.MessagingServiceSid) {
		throw inputError(
			this.getNode(),
			'Only a Messaging Service can send at a later time',
			'Set "Send From" to "Messaging Service" and choose one, or remove the option "Send At".',
		);
	}
	try {
		const SendAt = toSendAt(value, this.getTimezone());
		return { ScheduleType: 'fixed', SendAt };
	} catch (error) {
		throw inputError(
			this.getNode(),
			(error as Error).message,
			"Enter a time more than 5 minutes and at most 35 days from now, in the workflow's time zone or with its own, for example 2026-01-31T20:30:00+01:00.",
		);
	}
}

function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

function toText(value: unknown): string | undefined {
	return isGiven(value) ? String(value).trim() : undefined;
}

function toTexts(value: unknown): string[] {
	return [value].flat().filter(isGiven).map(String);
}
