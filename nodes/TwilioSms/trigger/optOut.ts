export type OptOut = 'STOP' | 'START' | 'HELP';

/**
 * The words that Twilio itself acts on when they are the whole text, in any case.
 *
 * @see https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
 */
const WORDS: Record<OptOut, string[]> = {
	STOP: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
	START: ['START', 'UNSTOP', 'YES'],
	HELP: ['HELP', 'INFO'],
};

/**
 * Whether a text opts its sender out, in again, or asks for help.
 *
 * @param optOutType Twilio's own finding, sent by services with Advanced Opt-Out
 */
export function optOutOf(body: string, channel: string, optOutType?: string): OptOut | null {
	if (optOutType && Object.hasOwn(WORDS, optOutType)) return optOutType as OptOut;
	// Other channels have no such words.
	if (channel !== 'sms') return null;
	const word = body.trim().toUpperCase();
	const found = Object.entries(WORDS).find(([, words]) => words.includes(word));
	return found ? (found[0] as OptOut) : null;
}
