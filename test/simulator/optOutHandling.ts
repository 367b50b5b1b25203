import type { Account } from './account';
import { channelOf } from './address';
import type { Message } from './message';
import { optOutSender } from './optOuts';
import type { OptOutType } from './optOutWord';
import { optOutTypeOf } from './optOutWord';
import { send } from './outbound';

const ANSWERS: Record<OptOutType, string> = {
	STOP:
		'You have successfully been unsubscribed. You will not receive any more messages from this ' +
		'number. Reply START to resubscribe.',
	START:
		'You have successfully been re-subscribed to messages from this number. Reply HELP for help. ' +
		'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
	HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
};

/**
 * Does what STOP, START and HELP ask for, and answers them itself; the webhook hears of them all
 * the same. Returns the word's meaning where Advanced Opt-Out tells the webhook of it.
 */
export function handleOptOut(account: Account, message: Message): OptOutType | undefined {
	const type = optOutTypeOf(message.body);
	const person = message.from ?? '';
	if (type === undefined || channelOf(person) !== 'sms') return undefined;

	const service = account.resources.services.find(
		({ sid }) => sid === message.messaging_service_sid,
	);
	const sender = optOutSender(account, message.to, service);
	const wasOut = account.optOuts.has(sender, person);
	if (type === 'STOP') account.optOuts.add(sender, person);
	if (type === 'START') account.optOuts.delete(sender, person);

	const isNews = { STOP: !wasOut, START: wasOut, HELP: !wasOut }[type];
	if (isNews) {
		send(account, {
			...{ direction: 'outbound-reply', from: message.to, to: person, service },
			...{ body: ANSWERS[type], mediaUrls: [], despiteOptOut: true },
		});
	}
	return service?.advancedOptOut ? type : undefined;
}
