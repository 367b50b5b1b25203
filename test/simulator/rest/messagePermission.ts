import type { Account } from '../account';
import { countryOf } from '../address';
import type { MessagingService } from '../messagingService';
import { hasOptedOut } from '../optOuts';
import { badRequest } from './exception';

const REGION_NOT_ENABLED = 21408;
const OPTED_OUT = 21610;

interface Envelope {
	to: string;
	from?: string;
	service?: MessagingService;
}

/** Throws Twilio's reason for which this recipient may not be written to. */
export function checkPermission(account: Account, envelope: Envelope): void {
	if (account.conditions.blockedCountries.has(countryOf(envelope.to))) {
		const reason =
			"Permission to send an SMS has not been enabled for the region indicated by the 'To' number";
		throw badRequest(REGION_NOT_ENABLED, `${reason}: ${envelope.to}`);
	}
	// With Advanced Opt-Out the message is accepted, and fails later.
	if (hasOptedOut(account, envelope) && !envelope.service?.advancedOptOut) {
		throw badRequest(OPTED_OUT, 'Attempt to send to unsubscribed recipient');
	}
}
