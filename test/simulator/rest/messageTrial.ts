import type { Account } from '../account';
import { countryOf, withoutChannel } from '../address';
import { TRIAL_TEMPLATES } from '../trial';
import { badRequest } from './exception';

const NOT_TRIAL_NUMBER = 21607;
const UNVERIFIED = 21608;
const NOT_ASSIGNED_NUMBER = 572002;
const NOT_A_TEMPLATE = 572006;

/** Throws what a trial account hears for a message that only a paying one may send. */
export function checkTrial(
	{ conditions: { trial }, resources: { numbers } }: Account,
	{ to, from, body }: { to: string; from?: string; body: string },
): void {
	if (trial === undefined) return;
	const person = withoutChannel(to);
	const isVerified = trial.verifiedNumbers.includes(person);
	if (!isVerified || (trial.kind === 'templates' && countryOf(person) !== 'US')) {
		throw badRequest(
			UNVERIFIED,
			`The number ${to} is unverified. Trial accounts cannot send messages to unverified numbers; ` +
				`verify ${to} at twilio.com/user/account/phone-numbers/verified, or purchase a Twilio ` +
				'number to send messages to unverified numbers',
		);
	}
	const isTrialNumber = from === undefined || withoutChannel(from) === numbers[0]?.phone_number;
	if (trial.kind === 'freeText') {
		if (isTrialNumber) return;
		const reason = "The 'from' phone number must be the sandbox phone number for trial accounts.";
		throw badRequest(NOT_TRIAL_NUMBER, reason);
	}
	if (!isTrialNumber) {
		const reason = 'is not the trial phone number that is assigned to this recipient';
		throw badRequest(NOT_ASSIGNED_NUMBER, `The 'From' number ${from} ${reason}`);
	}
	if (!TRIAL_TEMPLATES.includes(body)) {
		throw badRequest(NOT_A_TEMPLATE, 'Body must be the name of a predefined trial template');
	}
}
