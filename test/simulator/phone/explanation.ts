const EXPLANATIONS: Record<number, string> = {
	11100: 'The webhook URL is not a valid URL.',
	11200: 'The webhook did not answer in time, or not with success.',
	11205: 'Nothing answers at the webhook URL.',
	11206: 'The webhook answered with something that is not HTTP.',
	11210: 'The host of the webhook URL does not exist.',
	11215: 'The webhook redirects too often.',
	11220: 'The secure connection to the webhook failed.',
	11235: 'The webhook’s certificate is for another host.',
	11237: 'The webhook’s certificate is not to be trusted.',
	11750: 'The webhook’s answer is larger than 64 kB.',
	11770: 'The webhook’s answer is empty.',
	12100: 'The webhook’s answer is not well-formed XML.',
	12102: 'The webhook’s answer is not a TwiML Response.',
	12200: 'The webhook’s answer contains something that TwiML does not know.',
	12300: 'The webhook’s answer is neither TwiML nor plain text.',
	14101: 'The reply’s recipient is not a phone number.',
	14102: 'The reply’s sender is not a number of this account.',
	14103: 'The reply has no text, or one over 1600 characters.',
	14106: 'The webhook redirects to ever more TwiML.',
	14107: 'Two numbers keep answering each other: the loop was cut.',
	14108: 'The reply’s sender cannot send texts.',
	14109: 'Only the first ten replies were sent.',
	14110: 'The webhook’s answer contains a verb for calls.',
	30003: 'The phone is switched off or out of reach.',
	30004: 'The message was blocked.',
	30005: 'The number is unknown.',
	30006: 'The number is a landline, or its carrier is out of reach.',
	30007: 'The message was filtered.',
	30008: 'The carrier gave no reason.',
};

/** Twilio's code with a sentence for it. */
export function explanation(code: number): string {
	return `${code} · ${EXPLANATIONS[code] ?? 'See Twilio’s list of error codes.'}`;
}
