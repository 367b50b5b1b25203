import type { IPollFunctions } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';
import { parametersOfStart } from '../../shared/parameters';
import { notePolled } from '../../shared/polledNumbers';
import type { TwilioClient } from '../../twilio/client';
import { twilioClient } from '../../twilio/client';
import { asNodeError, inputError, isTemporary } from '../../twilio/errors';
import { isPolling } from '../fields';
import { routed } from '../handlers/route';
import { assertHandlers } from '../handlers/validate';
import { passOnAnswer, within } from '../receiving/answer';
import { isDelivered, noteDelivered } from '../receiving/duplicates';
import type { InboundMessage } from '../receiving/item';
import { messageItem, toInboundMessage } from '../receiving/item';
import type { Choice } from '../registration/choice';
import { chosenTarget } from '../registration/choice';
import { sayingWhatToDo } from '../registration/errors';
import type { FoundText } from './messageLog';
import { incomingMessages, toFoundText } from './messageLog';
import { missedTexts } from './missedTexts';

/** Up to where the log was looked through. n8n keeps it in the workflow's static data. */
type Cursor = {
	receiveBy: 'polling' | 'webhook';
	/** The number in E.164, the SID of the Messaging Service, or `''`. */
	listensTo: string;
	/** When the workflow was published: what came before never starts it. ISO 8601. */
	publishedAt: string;
	/** ISO 8601. */
	lookedAt: string;
	/** What was found since, by the message's SID, with its time. ISO 8601. */
	seen: Record<string, string>;
};

/** One look for texts at Twilio. */
interface Look {
	n8n: IPollFunctions;
	twilio: TwilioClient;
	parameters: Parameters;
	/** What the trigger listens to, if the API can tell. */
	choice: Choice | undefined;
}

// Twilio's log and its alerts may be late.
const OVERLAP_MS = 5 * 60_000;

const LOOK_BACK_AT_MOST_MS = 24 * 60 * 60_000;

/** So many executions at once are no strain for n8n; the rest waits for the next poll. */
const AT_ONCE = 500;

/** n8n waits for the first poll when a workflow is published and when n8n starts. */
const FIRST_POLL_MS = 20_000;

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
	// Even if this publication fails: n8n 2.41 takes the next one for a change of a published workflow.
	if (isFirst && n8n.getActivationMode() === 'activate')
		delete n8n.getWorkflowStaticData('node').cursor;
	const parameters = parametersOfStart(n8n);
	if (parameters.choice('event', 'incomingMessage') !== 'incomingMessage') return null;
	if (!isWanted(n8n, parameters)) return null;
	const key = JSON.stringify([n8n.getWorkflow().id, n8n.getNode().id]);
	const earlier = looking.get(key);
	if (earlier && !isFirst) return null;
	// That of the workflow as it was published before.
	if (earlier) await within(FIRST_POLL_MS, earlier).catch(() => undefined);
	const look = isFirst
		? sayingWhatToDo(n8n, async () => await lookAtFirst(n8n, parameters))
		: lookForTexts(n8n, parameters, Infinity);
	looking.set(key, look);
	try {
		await look;
	} catch (thrown) {
		const error = asNodeError(n8n.getNode(), thrown);
		// n8n takes a trigger whose first poll fails out of service for good.
		if (isPolling(parameters) && !isTemporary(error)) throw error;
		n8n.logger.warn(`Twilio SMS Trigger: could not look for texts at Twilio: ${error.message}`);
	} finally {
		if (looking.get(key) === look) looking.delete(key);
	}
	return null;
}

function isWanted(n8n: IPollFunctions, parameters: Parameters): boolean {
	if (isPolling(parameters) || parameters.flag('options.catchUp', true)) return true;
	// What came in between the last poll and the publication with a webhook.
	return storedCursor(n8n)?.receiveBy === 'polling';
}

async function lookAtFirst(n8n: IPollFunctions, parameters: Parameters): Promise<void> {
	// A trigger with a webhook checks them when it sets that; one with which n8n starts stays in service.
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
	const look = { n8n, twilio, parameters, choice: await chosenTarget(parameters, twilio) };
	const now = Date.now();
	const cursor = storedCursor(n8n);
	if (cursor?.listensTo !== listensTo(look)) return await begin(look, now);
	await goOn(look, cursor, now, until);
	// With a webhook it is another log that counts from now on, and the other way round.
	if (cursor.receiveBy !== receiveBy(parameters)) await begin(look, now);
}

/** Starts the workflow with what came in since the last look. */
async function goOn(look: Look, cursor: Cursor, now: number, until: number): Promise<void> {
	const start = startOf(cursor, now);
	const found = await (cursor.receiveBy === 'polling' ? receivedTexts : undeliveredTexts)(
		look,
		start,
	);
	const fresh = found.filter(({ sid }) => !(sid in cursor.seen));
	const texts = fresh.slice(0, AT_ONCE);
	const known = Object.entries(cursor.seen).filter(
		([, time]) => Date.parse(time) >= start - OVERLAP_MS,
	);
	const seen = new Map(known);
	const store = (lookedAt: number) =>
		storeCursor(look.n8n, {
			...cursor,
			lookedAt: toIso(Math.min(lookedAt, oldestLeft)),
			seen: Object.fromEntries(seen),
		});
	let oldestLeft = Infinity;
	for (const text of texts) {
		// n8n stores the cursor when it starts the execution. If it is killed then, the next look finds
		// those that have not started, and no others.
		const note = () => {
			seen.set(text.sid, toIso(text.time));
			store(text.time);
		};
		const isTaken = Date.now() < until && (await startWith(look, text, note));
		if (!isTaken) oldestLeft = Math.min(oldestLeft, text.time);
	}
	store(fresh.length > texts.length ? texts.at(-1)!.time : now);
}

function storedCursor(n8n: IPollFunctions): Cursor | undefined {
	// Only this trigger writes it, and it has written all of it.
	return n8n.getWorkflowStaticData('node').cursor as Cursor | undefined;
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
	const before = (await receivedTexts(look, secondOf(now))).filter(({ time }) => time <= now);
	const seen = Object.fromEntries(before.map(({ sid, time }) => [sid, toIso(time)]));
	storeCursor(look.n8n, { ...cursor, seen });
}

function storeCursor(n8n: IPollFunctions, cursor: Cursor): void {
	// n8n stores what is assigned here, and does not see a change within it.
	n8n.getWorkflowStaticData('node').cursor = cursor;
}

function startOf({ publishedAt, lookedAt }: Cursor, now: number): number {
	return Math.max(
		Date.parse(lookedAt) - OVERLAP_MS,
		secondOf(Date.parse(publishedAt)),
		now - LOOK_BACK_AT_MOST_MS,
	);
}

/** Twilio's times are whole seconds. */
const secondOf = (time: number) => Math.floor(time / 1000) * 1000;

const toIso = (time: number) => new Date(time).toISOString();

/** What came in, whatever became of it; the oldest first. */
async function receivedTexts(
	{ n8n, twilio, parameters, choice }: Look,
	since: number,
): Promise<FoundText[]> {
	if (!choice) {
		if (!isPolling(parameters)) return [];
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
	return messages.map((message) => toFoundText(n8n.getNode(), twilio, message));
}

/** What Twilio could not deliver to the webhook, the oldest first. */
async function undeliveredTexts(
	{ n8n, twilio, parameters, choice }: Look,
	since: number,
): Promise<FoundText[]> {
	return await missedTexts(n8n, twilio, parameters, choice, since);
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
	const form = (await isDelivered(n8n, text.sid)) ? undefined : await text.form();
	if (!form) {
		note();
		return true;
	}
	const message = toInboundMessage(form, toIso(text.time));
	if (parameters.flag('options.passOnAnswers', true)) {
		const passed = await passOnAnswer(n8n, message, { receivedAt: text.time, comesAgain: true });
		if (passed.as === 'unknown') return false;
		if (passed.as === 'answer') {
			noteDelivered(n8n, text.sid);
			note();
			await thank(n8n, twilio, message, passed.reply);
			return true;
		}
	}
	const item = await messageItem(n8n, parameters, message, form);
	if (!isPolling(parameters)) item.json.caughtUp = true;
	const output = [[await routed(item, parameters, message)]];
	// The webhook, or the next poll after a publication, may come to the same text.
	noteDelivered(n8n, text.sid);
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
