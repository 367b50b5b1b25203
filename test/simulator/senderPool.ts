import type { Account } from './account';
import { channelOf, countryOf } from './address';
import type { MessagingService } from './messagingService';
import type { IncomingPhoneNumber } from './phoneNumber';

/** The numbers of a service that can text. */
export function sendersOf(account: Account, service: MessagingService): IncomingPhoneNumber[] {
	return service.pool
		.map(({ sid }) => account.resources.numbers.find((number) => number.sid === sid))
		.filter((number) => number !== undefined)
		.filter(({ capabilities }) => capabilities.sms);
}

/**
 * The sender that a service picks: the one that this person knows already, else one from the
 * person's country, else the first. Undefined if the pool has run dry since.
 */
export function pickSender(
	account: Account,
	service: MessagingService,
	to: string,
): string | undefined {
	const channel = channelOf(to);
	const addresses = sendersOf(account, service).map(({ phone_number }) =>
		channel === 'sms' ? phone_number : `${channel}:${phone_number}`,
	);
	const known = account.messages
		.filter((message) => message.to === to && message.messaging_service_sid === service.sid)
		.map(({ from }) => from)
		.filter((from) => from !== null)
		.at(-1);
	return (
		addresses.find((address) => service.sticky_sender && address === known) ??
		addresses.find((address) => countryOf(address) === countryOf(to)) ??
		addresses[0]
	);
}
