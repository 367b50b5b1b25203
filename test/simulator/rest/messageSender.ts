import type { Account } from '../account';
import { channelOf, toAddress, withoutChannel } from '../address';
import { badRequest } from './exception';

export interface Addresses {
	to: string;
	from: string;
}

/** Who writes to whom, once both are known to be able to. */
export function addresses(account: Account, given: Addresses): Addresses {
	const to = toAddress(given.to);
	if (to === undefined) {
		throw badRequest(21211, `The 'To' number ${given.to} is not a valid phone number.`);
	}
	const from = isShortCode(given.from) || isName(given.from) ? given.from : toAddress(given.from);
	if (from === undefined) {
		const reason = 'is not a valid phone number, shortcode, or alphanumeric sender ID.';
		throw badRequest(21212, `The 'From' number ${given.from} ${reason}`);
	}
	if (to === from) throw badRequest(21266, "'To' and 'From' number cannot be the same");
	checkOwner(account, { to, from });
	if (channelOf(to) !== channelOf(from)) {
		throw badRequest(21910, 'Invalid From and To pair. From and To should be of the same channel');
	}
	return { to, from };
}

function checkOwner(account: Account, { to, from }: Addresses): void {
	if (isName(from)) {
		// No carrier of the +1 countries passes a name on as the sender.
		if (!to.startsWith('+1')) return;
		const pair = `The 'To' phone number: ${to}, is not currently reachable using the 'From'`;
		throw badRequest(21612, `${pair} phone number: ${from} via SMS.`);
	}
	const number = account.number(withoutChannel(from));
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
