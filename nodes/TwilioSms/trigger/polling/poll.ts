import type { IPollFunctions } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';
import { parametersOfStart } from '../../shared/parameters';
import { notePolled } from '../../shared/polledNumbers';
import type { TwilioClient } from '../../twilio/client';
import { twilioClient } from '../../twilio/client';
import { asNodeError, inputError, isTemporary } from '../../twilio/errors';
import { within } from '../../twilio/within';
import { routed } from '../handlers/route';
import { assertHandlers } from '../handlers/validate';
import { passOnAnswer } from '../receiving/answer';
import { wasTaken, noteTaken } from '../receiving/duplicates';
import type { InboundMessage } from '../receiving/item';
import { messageItem, toInboundMessage } from '../receiving/item';
import { readChoice } from '../registration/choice';
import { sayingWhatToDo } from '../registration/errors';
import type { Cursor } from './cursor';
import { OVERLAP_MS, secondOf, startOf, storeCursor, storedCursor, toIso } from './cursor';
import type { Found, FoundText, Look } from './messageLog';
import { incomingMessages, isPolling, toFoundText } from './messageLog';
import { missedTexts } from './missedTexts';

/** So many executions at once are no strain for n8n; the rest waits for the next poll. */
const AT_ONCE = 500;

/** n8n waits for the first poll when a workflow is published and when n8n starts. */
const FIRST_POLL_MS = 20_000;
const TOO_LATE = 'Twilio takes long to answer';

/** Then something is wrong with more than one text. */
const FAILURES_AT_MOST = 3;

// What fails at a webhook is known half a minute later, so that polling begins a little earlier.
const BEFORE_POLLING_MS = 60_000;

// n8n uses the same context for all polls from a publication, or from its start, on. (With its own
// scheduler for polls, which is off by default, each poll has another, and counts as the first.)
const polledBefore = new WeakSet<IPollFunctions>();

// By workflow and node. n8n begins the next poll whether or not the last one is over.
const looking = new Map<string, Promise<void>>();

/**
 * Looks for texts at Twilio: all of them when the trigger receives by polling, else those that Twilio
 * could not deliver, as while n8n was down. Each starts an execution of its own.
 *
 * @throws NodeApiError, NodeOperationError when the trigger polls and the user has to do something
 */
export async function poll(n8n: IPollFunctions): Promise<null> {
	const isFirst = !polledBefore.has(n8n);
	polledBefore.add(n8n);
	const parameters = parametersOfStart(n8n);
	if (isFirst) forgetOtherPublications(n8n, parameters);
	if (!isWanted(n8n, parameters)) return null;
	const key = JSON.stringify([n8n.getWorkflow().id, n8n.getNode().id]);
	const earlier = looking.get(key);
	if (earlier && !isFirst) {
		// When this poll ends n8n 2.41 gives up the isolate for expressions that the earlier one uses.
		await earlier.catch(() => undefined);
		return null;
	}
	// That of the workflow as it was published before.
	if (earlier) await within(FIRST_POLL_MS, earlier, TOO_LATE).catch(() => undefined);
	const look = isFirst
		? sayingWhatToDo(n8n, async () => await lookAtFirst(n8n, parameters))
		: lookForTexts(n8n, parameters, Infinity);
	looking.set(key, look);
	const forget = () => {
		if (looking.get(key) === look) looking.delete(key);
	};
	look.then(forget, forget);
	try {
		await (isFirst ? within(2 * FIRST_POLL_MS, look, TOO_LATE) : look);
	} catch (thrown) {
		const error = asNodeError(n8n.getNode(), thrown);
		const isPassing = isTemporary(error) || error.message === TOO_LATE;
		// n8n takes a trigger whose first poll fails out of service for good.
		if (isPolling(parameters) && !isPassing) throw error;
		n8n.logger.warn(`Twilio SMS Trigger: could not look for texts at Twilio: ${error.message}`);
	}
	return null;
}

// Also when this publication is going to fail: n8n 2.41 takes the next one for a change of a published
// workflow.
function forgetOtherPublications(n8n: IPollFunctions, parameters: Parameters): void {
	const isNew = n8n.getActivationMode() === 'activate';
	if (isNew || !isWanted(n8n, parameters)) delete n8n.getWorkflowStaticData('node').cursor;
}

function isWanted(n8n: IPollFunctions, parameters: Parameters): boolean {
	if (parameters.choice('event', 'incomingMessage') !== 'incomingMessage') return false;
	if (isPolling(parameters) || parameters.flag('options.catchUp', true)) return true;
	// What came in between the last poll and the publication with a webhook.
	return storedCursor(n8n)?.receiveBy === 'polling';
}

async function lookAtFirst(n8n: IPollFunctions, parameters: Parameters): Promise<void> {
	// With a webhook `register` checks them. When n8n starts nothing does: the trigger stays in service.
	const isPublished = ['activate', 'update'].includes(n8n.getActivationMode());
	if (isPolling(parameters) && isPublished) await assertHandlers(n8n);
	await lookForTexts(n8n, parameters, Date.now() + FIRST_POLL_MS);
}

/** @param until when no further text is begun with, in milliseconds since 1970 */
async function lookForTexts(
	n8n: IPollFunctions,
	parameters: Parameters,
	until: number,
): Promise<void> {
	const twilio = twilioClient(n8n);
	const look = { n8n, twilio, parameters, choice: await readChoice(parameters, twilio) };
	const now = Date.now();
	const cursor = storedCursor(n8n);
	if (cursor?.listensTo !== listensTo(look)) return await begin(look, now);
	const isDone = await goOn(look, cursor, now, until);
	const isSwitched = cursor.receiveBy !== receiveBy(parameters);
	// With a webhook it is another log that counts from now on, and the other way round.
	if (isSwitched && isDone)
		await (isPolling(parameters) ? beginPolling(look, now) : begin(look, now));
}

/**
 * Starts the workflow with what came in since the last look.
 *
 * @returns whether nothing is left for the next one
 */
async function goOn(look: Look, cursor: Cursor, now: number, until: number): Promise<boolean> {
	const { n8n } = look;
	const start = startOf(cursor, now);
	const find = cursor.receiveBy === 'polling' ? receivedTexts : missedTexts;
	const { texts: found, isComplete } = await find(look, start);
	const fresh = found.filter(({ sid }) => !(sid in cursor.seen));
	const texts = fresh.slice(0, AT_ONCE);
	const known = Object.entries(cursor.seen).filter(
		([, time]) => Date.parse(time) >= start - OVERLAP_MS,
	);
	const seen = new Map(known);
	let oldestLeft = isComplete ? Infinity : Date.parse(cursor.lookedAt);
	let failures = 0;
	const store = (lookedAt: number) =>
		storeCursor(n8n, {
			...cursor,
			lookedAt: toIso(Math.min(lookedAt, oldestLeft)),
			seen: Object.fromEntries(seen),
		});
	for (const text of texts) {
		// n8n stores the cursor when it starts the execution, so that the next look finds those that had
		// not been begun with when n8n is killed.
		const note = () => {
			seen.set(text.sid, toIso(text.time));
			store(text.time);
		};
		const isTried = Date.now() < until && failures < FAILURES_AT_MOST;
		const isTaken =
			isTried &&
			(await startWith(look, text, note).catch((error: Error) => {
				failures++;
				n8n.logger.warn(`Twilio SMS Trigger: a text waits for the next poll: ${error.message}`);
				return false;
			}));
		if (!isTaken) oldestLeft = Math.min(oldestLeft, text.time);
	}
	store(fresh.length > texts.length ? texts.at(-1)!.time : now);
	return oldestLeft === Infinity && fresh.length === texts.length;
}

function receiveBy(parameters: Parameters): Cursor['receiveBy'] {
	return isPolling(parameters) ? 'polling' : 'webhook';
}

function listensTo({ choice }: Look): string {
	return choice?.identity ?? '';
}

/** From now on. What came in within the second of the publication, before it, counts as seen. */
async function begin(look: Look, now: number): Promise<void> {
	const source = { receiveBy: receiveBy(look.parameters), listensTo: listensTo(look) };
	const cursor = { ...source, publishedAt: toIso(now), lookedAt: toIso(now), seen: {} };
	// Stored before Twilio is asked, which may fail: the next poll goes on from here.
	storeCursor(look.n8n, cursor);
	const { texts } = await receivedTexts(look, secondOf(now));
	const before = texts.filter(({ time }) => time <= now);
	const seen = Object.fromEntries(before.map(({ sid, time }) => [sid, toIso(time)]));
	storeCursor(look.n8n, { ...cursor, seen });
}

/** From a minute ago on, without what the webhook has taken. */
async function beginPolling(look: Look, now: number): Promise<void> {
	const source = { receiveBy: receiveBy(look.parameters), listensTo: listensTo(look) };
	const publishedAt = toIso(now - BEFORE_POLLING_MS);
	storeCursor(look.n8n, { ...source, publishedAt, lookedAt: toIso(now), seen: {} });
}

/** What came in, whatever became of it; the oldest first. */
async function receivedTexts(look: Look, since: number): Promise<Found> {
	const { n8n, twilio, parameters, choice } = look;
	if (!choice) {
		if (!isPolling(parameters)) return { texts: [], isComplete: true };
		throw inputError(
			n8n.getNode(),
			'There is nothing to ask Twilio for',
			'Choose a number or a Messaging Service in the field "Listen On": "Set Up by Hand" is for webhooks.',
		);
	}
	const messages = await incomingMessages(twilio, choice, since);
	if (isPolling(parameters)) {
		notePolled((await twilio.credential()).accountSid, choice.identity);
	}
	const texts = messages.map((message) => toFoundText(n8n.getNode(), twilio, message));
	return { texts, isComplete: true };
}

/**
 * @param note is called once the text is taken, before n8n stores what this look has come to
 * @returns whether the text was taken; otherwise the next poll finds it again
 */
async function startWith(
	{ n8n, twilio, parameters }: Look,
	text: FoundText,
	note: () => void,
): Promise<boolean> {
	const form = (await wasTaken(n8n, text.sid)) ? undefined : await text.form();
	if (!form) {
		note();
		return true;
	}
	const message = toInboundMessage(form, toIso(text.time));
	if (parameters.flag('options.passOnAnswers', true)) {
		const passed = await passOnAnswer(n8n, message, { receivedAt: text.time, comesAgain: true });
		if (passed.as === 'unknown') return false;
		if (passed.as === 'answer') {
			noteTaken(n8n, text.sid);
			note();
			await thank(n8n, twilio, message, passed.reply);
			return true;
		}
	}
	const item = await messageItem(n8n, parameters, message, form);
	if (!isPolling(parameters)) item.json.caughtUp = true;
	const output = [[await routed(item, parameters, message)]];
	// The webhook, or the next poll after a publication, may have come to the same text meanwhile.
	if (!noteTaken(n8n, text.sid)) return false;
	note();
	n8n.__emit(output);
	return true;
}

/** Texts back what the answer to a webhook's request would. */
async function thank(
	n8n: IPollFunctions,
	twilio: TwilioClient,
	{ from, to }: InboundMessage,
	reply: string,
): Promise<void> {
	if (!reply.trim() || !from || !to) return;
	try {
		await twilio.messages.create({ From: to, To: from, Body: reply });
	} catch (error) {
		n8n.logger.warn(`Twilio SMS Trigger: no thanks were sent: ${(error as Error).message}`);
	}
}
