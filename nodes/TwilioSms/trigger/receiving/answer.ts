import type { IN8nHttpFullResponse, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { TextAnswer } from '../../shared/textAnswer';
import { readOutcome, signedPathIn, toRequestBody } from '../../shared/textAnswer';
import { twilioClient } from '../../twilio/client';
import { noAnswerOf } from '../../twilio/retry';
import { within } from '../../twilio/within';
import type { InboundMessage } from './item';

/**
 * Whether a text was taken as the answer to a question of "Send and Wait". `unknown`: it was passed
 * on, and n8n did not say in time what became of it.
 */
export type Passed = { as: 'answer'; reply: string } | { as: 'message' | 'unknown' };

const MESSAGE: Passed = { as: 'message' };

// Twilio waits 15 seconds in all for an answer to its webhook.
const LOOK_UP_MS = 4_000;
const TOO_LATE = `Twilio did not answer within ${LOOK_UP_MS / 1000} seconds`;
const POST_MS = 4_000;
const POSTS_MS = 5_000;

/** n8n answers 409 also while it stores that it waits, and while the workflow goes on. */
const PAUSES_MS = [300, 700, 1_500];

// They are one page, or two if newer ones are left out, which Twilio gives quickly.
const MESSAGES_LOOKED_AT = 50;

/** What is known of how a text came in. */
interface Arrival {
	/** When Twilio took it, in milliseconds since 1970 by Twilio's clock, where Twilio tells. */
	receivedAt?: number;
	/** Whether it is taken again when nothing becomes of it now. */
	comesAgain: boolean;
}

// Texts that were passed on without n8n saying in time what became of them. In memory, as all that is
// remembered from text to text.
const UNKNOWN_AT_MOST = 1_000;
const unknown = new Map<string, string>();

/**
 * Passes a text on to the question that it answers: the newest one that went from the number it was
 * sent to, to whoever sent it. Twilio's log of messages tells which that is; n8n's signature in the
 * link, and the node that waits, decide whether it is one. Whatever goes wrong, the text is still
 * there to start the workflow.
 */
export async function passOnAnswer(
	n8n: IPollFunctions | IWebhookFunctions,
	message: InboundMessage,
	{ receivedAt, comesAgain }: Arrival,
): Promise<Passed> {
	const { messageSid, body } = message;
	if (!messageSid || !mayAnswer(message)) return MESSAGE;
	try {
		// By the time it is delivered again there may be a newer question.
		const path =
			unknown.get(messageSid) ??
			(await within(LOOK_UP_MS, findQuestion(n8n, message, receivedAt), TOO_LATE));
		return path ? await passOn(n8n, path, { messageSid, body }, comesAgain) : MESSAGE;
	} catch (error) {
		n8n.logger.warn(
			`Twilio SMS Trigger: a text starts the workflow, as it could not be found out whether it answers a question: ${(error as Error).message}`,
		);
		return MESSAGE;
	}
}

// Twilio acts on STOP and HELP itself. After STOP, no further question would reach the person.
function mayAnswer({ from, to, body, optOut }: InboundMessage): boolean {
	return Boolean(from && to && body.trim()) && optOut !== 'STOP' && optOut !== 'HELP';
}

/** The path of the link in the question, if there is one. */
async function findQuestion(
	n8n: IPollFunctions | IWebhookFunctions,
	message: InboundMessage,
	receivedAt: number | undefined,
): Promise<string | undefined> {
	for (const text of await textsTo(n8n, message, receivedAt)) {
		// The base costs an expression, which most texts need not pay for.
		const path = text.includes('signature=') && signedPathIn(text, waitingBase(n8n).pathname);
		if (path) return path;
	}
	return undefined;
}

/** What was sent to the sender from the number that was texted, before they wrote; the newest first. */
async function textsTo(
	n8n: IPollFunctions | IWebhookFunctions,
	{ from, to, originalRepliedMessageSid: repliedTo }: InboundMessage,
	receivedAt = Infinity,
): Promise<string[]> {
	const { messages } = twilioClient(n8n);
	if (repliedTo) {
		const message = await messages.fetch(repliedTo);
		return message.to === from && message.from === to ? [message.body ?? ''] : [];
	}
	const texts: string[] = [];
	const filters = { From: to ?? '', To: from ?? '', PageSize: MESSAGES_LOOKED_AT };
	let looked = 0;
	for await (const { body, date_created: created } of messages.list(filters)) {
		if (++looked > 2 * MESSAGES_LOOKED_AT) break;
		// A poll may come to a text long after it came in, with a question asked in between.
		if (Date.parse(created ?? '') > receivedAt) continue;
		texts.push(body ?? '');
		if (texts.length >= MESSAGES_LOOKED_AT) break;
	}
	return texts;
}

/** Where n8n takes what comes to executions that wait: its own address and endpoint. */
function waitingBase(n8n: IPollFunctions | IWebhookFunctions): URL {
	// Polls have it as well, which their type does not say.
	const url = String((n8n as IWebhookFunctions).evaluateExpression('{{ $execution.resumeUrl }}'));
	return new URL(url.slice(0, url.lastIndexOf('/')));
}

async function passOn(
	n8n: IPollFunctions | IWebhookFunctions,
	path: string,
	textAnswer: TextAnswer,
	comesAgain: boolean,
): Promise<Passed> {
	const { messageSid } = textAnswer;
	const latest = Date.now() + POSTS_MS;
	const pauses = [...PAUSES_MS];
	for (;;) {
		const outcome = await post(n8n, path, textAnswer);
		if (outcome === 'unknown') {
			noteUnknown(messageSid, path);
			if (comesAgain) return { as: 'unknown' };
			continue;
		}
		if (typeof outcome === 'object') return outcome;
		const pause = outcome === 'busy' ? pauses.shift() : undefined;
		if (pause === undefined || Date.now() + pause > latest) break;
		await sleep(pause);
	}
	// The question is closed, or the workflow runs. If this very text was passed on before, and n8n did
	// not say in time what became of it, that was its doing.
	return unknown.delete(messageSid) ? { as: 'answer', reply: '' } : MESSAGE;
}

/** @throws Error the second time, after which the text is rather taken twice than lost */
function noteUnknown(messageSid: string, path: string): void {
	if (unknown.delete(messageSid)) throw new Error('n8n did not say in time whether it does');
	if (unknown.size >= UNKNOWN_AT_MOST) unknown.clear();
	unknown.set(messageSid, path);
}

/**
 * One try, first at the address at which this request came in: not every network leads back to n8n's
 * public address.
 */
async function post(
	n8n: IPollFunctions | IWebhookFunctions,
	path: string,
	textAnswer: TextAnswer,
): Promise<Passed | 'busy' | 'closed' | 'unknown'> {
	const { origin, host } = waitingBase(n8n);
	for (const base of new Set([localOrigin(n8n), origin])) {
		if (!base) continue;
		try {
			const { statusCode, body } = (await n8n.helpers.httpRequest({
				method: 'POST',
				url: base + path,
				// n8n 1 signs the host as well.
				headers: { Host: host },
				body: toRequestBody(textAnswer),
				json: true,
				timeout: POST_MS,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			})) as IN8nHttpFullResponse;
			const outcome = readOutcome(body);
			if (outcome) return outcome.taken ? { as: 'answer', reply: outcome.reply } : MESSAGE;
			if (statusCode === 409 && !isOver(body)) return 'busy';
			// Anything but "no such page" is n8n's own word that nothing waits there.
			if (statusCode !== 404) return 'closed';
		} catch (error) {
			if (noAnswerOf(error)?.isUnsent !== true) return 'unknown';
		}
	}
	return 'closed';
}

// n8n says 409 as well of an execution that has ended, with an error for instance.
function isOver(body: unknown): boolean {
	return /finished/.test(String((body as { message?: unknown } | undefined)?.message));
}

function localOrigin(n8n: IPollFunctions | IWebhookFunctions): string | undefined {
	if (!('getRequestObject' in n8n)) return undefined;
	const { socket } = n8n.getRequestObject();
	const { localAddress, localPort } = socket;
	if (!localAddress || !localPort || 'encrypted' in socket) return undefined;
	const address = localAddress.replace(/^::ffff:/, '');
	return `http://${address.includes(':') ? `[${address}]` : address}:${localPort}`;
}
