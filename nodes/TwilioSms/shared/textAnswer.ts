import { toObject } from './parameters';

/** A text that may answer a question: what the trigger posts to the link in the question. */
export interface TextAnswer {
	body: string;
	messageSid: string;
}

/** What the node that waits says to that. Anything else is n8n's own answer, or somebody else's. */
export type TextAnswerOutcome =
	| { taken: false }
	| {
			taken: true;
			/** What to text back, `''` for nothing. */
			reply: string;
	  };

/** The JSON body that is posted. */
export function toRequestBody(textAnswer: TextAnswer): { textAnswer: TextAnswer } {
	return { textAnswer };
}

/** @param body as n8n parsed it; whoever has the link can post anything */
export function readTextAnswer(contentType: string, body: unknown): TextAnswer | undefined {
	if (!/^application\/json\s*(;|$)/i.test(contentType)) return undefined;
	const { textAnswer } = toObject(body);
	const { body: text, messageSid } = toObject(textAnswer);
	if (typeof text !== 'string' || typeof messageSid !== 'string') return undefined;
	return { body: text, messageSid };
}

/** `undefined` for what the node that waits did not answer. */
export function readOutcome(body: unknown): TextAnswerOutcome | undefined {
	const { taken, reply } = toObject(body);
	if (taken === true) return { taken, reply: typeof reply === 'string' ? reply : '' };
	return taken === false ? { taken } : undefined;
}

// n8n's execution number, the node's id, and the signature that n8n checks; in a loop also which of
// several questions it is (`round`).
const SIGNED_PATH = /^\/\d+\/[\w-]+\?(?:round=\d+&)?signature=[\da-f]{64}$/;

/**
 * The path and query of the signed link at the end of a question. The host is left out: no text may
 * say which host n8n calls, and n8n may have had another address when it asked.
 *
 * @param basePath of n8n's links for executions that wait: `/webhook-waiting`
 */
export function signedPathIn(text: string, basePath: string): string | undefined {
	const [, path] = /https?:\/\/[^\s/?#]+(\/\S*)$/.exec(text.trimEnd()) ?? [];
	if (!path?.startsWith(`${basePath}/`)) return undefined;
	return SIGNED_PATH.test(path.slice(basePath.length)) ? path : undefined;
}
