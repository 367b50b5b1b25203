import type { Account } from '../account';
import { channelOf, toAddress, withoutChannel } from '../address';
import type { MessagingService } from '../messagingService';
import { sendersOf } from '../senderPool';
import { badRequest } from './exception';

export interface Addresses {
	to: string;
	from: string;
}

/** Whom to write to, or Twilio's objection to the way it is written. */
export function recipient(given: string): string {
	const to = toAddress(given);
	if (to !== undefined) return to;
	throw badRequest(21211, `The 'To' number ${given} is not a valid phone number.`);
}

/** Who writes to this recipient, once they are known to be able to. */
export function sender(account: Account, given: Addresses): string {
	const { to } = given;
	const isOther = account.resources.otherSenders.some(({ address }) => address === given.from);
	const from =
		isOther || isShortCode(given.from) || isName(given.from) ? given.from : toAddress(given.from);
	if (from === undefined) {
		const reason = 'is not a valid phone number, shortcode, or alphanumeric sender ID.';
		throw badRequest(21212, `The 'From' number ${given.from} ${reason}`);
	}
	if (to === from) throw badRequest(21266, "'To' and 'From' number cannot be the same");
	if (!isOther) checkOwner(account, { to, from });
	if (channelOf(to) !== channelOf(from)) {
		throw badRequest(21910, 'Invalid From and To pair. From and To should be of the same channel');
	}
	return from;
}

/** The service that is to pick the sender, or that this sender is to belong to. */
export function senderService(account: Account, given: string, from?: string): MessagingService {
	const service = account.resources.services.find(({ sid }) => sid === given);
	if (service === undefined) {
		throw badRequest(21705, `The Messaging Service Sid ${given} is invalid`);
	}
	if (service.pool.length === 0) {
		throw badRequest(21704, 'The Messaging Service contains no phone numbers');
	}
	const senders = sendersOf(account, service);
	if (senders.length === 0) {
		const reason = 'The Messaging Service has no phone number that can send this message';
		throw badRequest(21703, reason);
	}
	const isMember = ({ phone_number }: { phone_number: string }) =>
		phone_number === withoutChannel(from ?? '');
	if (from === undefined || isName(from) || senders.some(isMember)) return service;
	throw badRequest(21711, `The 'From' ${from} is not associated with the Messaging Service`);
}

function checkOwner(account: Account, { to, from }: Addresses): void {
	if (isName(from)) {
		// No carrier of the +1 countries passes a name on as the sender.
		if (!to.startsWith('+1')) return;
		const pair = `The 'To' phone number: ${to}, is not currently reachable using the 'From'`;
		throw badRequest(21612, `${pair} phone number: ${from} via SMS.`);
	}
	const number = account.resources.number(withoutChannel(from));
	if (number === undefined && !isShortCode(from)) {
		const reason = 'is not a Twilio phone number or Short Code country mismatch';
		throw badRequest(21659, `'From' ${from} ${reason}`);
	}
	if (!number?.capabilities.sms) {
		const reason =
			'is not a valid, SMS-capable inbound phone number or short code for your account.';
		throw badRequest(21606, `The From phone number ${from} ${reason}`);
	}
}

function isShortCode(address: string): boolean {
	return /^\d{3,6}$/.test(address);
}

function isName(address: string): boolean {
	return /^[\w &.+-]{1,11}$/.test(address) && /[a-z]/i.test(address);
}
