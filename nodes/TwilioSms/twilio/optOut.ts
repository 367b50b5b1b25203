export type OptOut = 'STOP' | 'START' | 'HELP';

/**
 * The words that Twilio itself acts on when they are the whole text, in any case.
 *
 * @see https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
 */
const OPT_OUT_WORDS: Record<OptOut, string[]> = {
	STOP: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
	START: ['START', 'UNSTOP', 'YES'],
	HELP: ['HELP', 'INFO'],
};

const KINDS = Object.keys(OPT_OUT_WORDS) as OptOut[];

/**
 * Whether a text opts its sender out, in again, or asks for help.
 *
 * @param optOutType Twilio's own finding, sent by services with Advanced Opt-Out
 */
export function optOutOf(body: string, channel: string, optOutType = ''): OptOut | null {
	const found = KINDS.find((kind) => kind === optOutType);
	if (found) return found;
	// Other channels have no such words.
	if (channel !== 'sms') return null;
	const word = body.trim().toUpperCase();
	return KINDS.find((kind) => OPT_OUT_WORDS[kind].includes(word)) ?? null;
}
