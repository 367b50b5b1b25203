import { parseDate, toTwilioDate } from '../../shared/dates';
import type { Parameters } from '../../shared/parameters';
import { inputError } from '../../twilio/errors';
import type { MessageParameters } from '../../twilio/types';
import type { Sender } from './sender';

// Twilio judges the time when the request arrives, so some seconds are kept for the way there.
const SOONEST_MS = 300_000 + 5_000;
const LATEST_MS = 35 * 24 * 60 * 60 * 1000;

/** Twilio's parameters for the option "Send At". */
export function schedule(
	options: Parameters,
	sender: Sender,
	timezone: string,
): Pick<MessageParameters, 'ScheduleType' | 'SendAt'> {
	if (!options.isSet('sendAt')) return {};
	const value = options.value('sendAt');
	// Twilio's guide says that without a service it would send at once.
	if (!sender.MessagingServiceSid) {
		throw inputError(
			options.node,
			'Only a Messaging Service can send at a later time',
			'Set "Send From" to "Messaging Service" and choose one, or remove the option "Send At".',
		);
	}
	try {
		return { ScheduleType: 'fixed', SendAt: toSendAt(value, timezone) };
	} catch (error) {
		throw inputError(
			options.node,
			(error as Error).message,
			"Enter a time more than 5 minutes and at most 35 days from now, in the workflow's time zone or with its own, for example 2026-01-31T20:30:00+01:00. To send at once, remove the option.",
		);
	}
}

/**
 * When a message is to go out, as Twilio takes it: ISO 8601 in UTC, to the second.
 *
 * @param value a date; without a time zone of its own it is in the given one
 * @throws Error when it is no date, or one for which Twilio does not schedule
 * @see https://www.twilio.com/docs/messaging/features/message-scheduling
 */
export function toSendAt(value: unknown, timezone: string, now = Date.now()): string {
	if (value === null || value === undefined || value === '') {
		// A missing column must not send the message at once.
		throw new Error('"Send At" is empty');
	}
	const time = parseDate(value, timezone);
	if (time === undefined) throw new Error(`"${String(value)}" is not a date (option "Send At")`);
	const ahead = time - now;
	if (ahead >= SOONEST_MS && ahead <= LATEST_MS) return toTwilioDate(time);
	const when = ahead < 0 ? 'in the past' : ahead < SOONEST_MS ? 'too soon' : 'too far ahead';
	throw new Error(`"Send At" is ${when}: ${new Date(time).toISOString()}`);
}
