export type OptOutType = 'STOP' | 'START' | 'HELP';

const WORDS: Record<OptOutType, string[]> = {
	STOP: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
	START: ['START', 'UNSTOP', 'YES'],
	HELP: ['HELP', 'INFO'],
};

/** What a text asks of Twilio itself. The word must be all of it; case does not matter. */
export function optOutTypeOf(text: string): OptOutType | undefined {
	const word = text.trim().toUpperCase();
	return (Object.keys(WORDS) as OptOutType[]).find((type) => WORDS[type].includes(word));
}
