import type { Account } from './account';
import { hasOptedOut } from './optOuts';
import { toAddress, withoutChannel } from './address';

const INVALID_TO = 14101;
const INVALID_FROM = 14102;
const LOOP_DETECTED = 14107;
const FROM_NOT_SMS_CAPABLE = 14108;

const OPTED_OUT = 21610;
const TRIAL_RECIPIENT_UNVERIFIED = 14111;

const LOOP_WINDOW_MS = 30_000;
const LOOP_REPLIES = 15;

/** Twilio's code for a `<Message>` that cannot be sent, undefined for one that can. */
export function replyError(
	account: Account,
	{ from, to }: { from: string; to: string },
): number | undefined {
	if (toAddress(to) === undefined) return INVALID_TO;
	if (account.resources.inbox(from) === undefined) return INVALID_FROM;
	const number = account.resources.number(withoutChannel(from));
	if (number?.capabilities.sms === false) return FROM_NOT_SMS_CAPABLE;
	const { trial } = account.conditions;
	if (trial !== undefined && !trial.verifiedNumbers.includes(to)) return TRIAL_RECIPIENT_UNVERIFIED;
	if (hasOptedOut(account, { from, to })) return OPTED_OUT;
	// Two numbers that answer each other would go on for ever.
	const since = Date.now() - LOOP_WINDOW_MS;
	const recent = account.messages.filter(
		(message) =>
			message.direction === 'outbound-reply' &&
			message.from === from &&
			message.to === to &&
			Date.parse(message.date_created) >= since,
	);
	return recent.length >= LOOP_REPLIES ? LOOP_DETECTED : undefined;
}
