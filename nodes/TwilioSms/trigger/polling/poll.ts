import type { IPollFunctions } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';
import { parametersOfStart } from '../../shared/parameters';
import { notePolled } from '../../shared/polledNumbers';
import type { TwilioClient } from '../../twilio/client';
import { twilioClient } from '../../twilio/client';
import { asNodeError, inputError, isTemporary } from '../../twilio/errors';
import { isPolling } from '../fields';
import { routed } from '../handlers/route';
import { passOnAnswer } from '../receiving/answer';
import { isDelivered, noteDelivered } from '../receiving/duplicates';
import type { InboundMessage } from '../receiving/item';
import { messageItem, toInboundMessage } from '../receiving/item';
import { chosenTarget } from '../registration/choice';
import type { FoundText } from './messageLog';
import { incomingMessages, toFoundText } from './messageLog';
import { missedTexts } from './missedTexts';

/** Up to where the log was looked through. n8n keeps it in the workflow's static data. */
type Cursor = {
	/** When the workflow was published: what came before never starts it. ISO 8601. */
	publishedAt: string;
	/** ISO 8601. */
	lookedAt: string;
	/** What was found since, by the message's SID, with its time. ISO 8601. */
	seen: Record<string, string>;
};

// Twilio's log and its alerts may be late.
const OVERLAP_MS = 5 * 60_000;

const LOOK_BACK_AT_MOST_MS = 24 * 60 * 60_000;

/** So many executions at once are no strain for n8n; the rest waits for the next poll. */
const AT_ONCE = 500;

// n8n uses the same context for all polls from a publication, or from its start, on.
const polledBefore = new WeakSet<IPollFunctions>();

/**
 * Looks for texts at Twilio: all of them when the trigger receives by polling, else those that Twilio
 * could not deliver, as while n8n was down. Each starts an execution of its own.
 *
 * @throws NodeApiError, NodeOperationError when the trigger polls and the user has to do something
 */
export async function poll(n8n: IPollFunctions): Promise<null> {
	const parameters = parametersOfStart(n8n);
	const isFirst = !polledBefore.has(n8n);
	polledBefore.add(n8n);
	const isPublication = isFirst && n8n.getActivationMode() === 'activate';
	if (parameters.choice('event', 'incomingMessage') !== 'incomingMessage') return null;
	if (!isPolling(parameters) && !parameters.flag('options.catchUp', true)) return null;
	const twilio = twilioClient(n8n);
	try {
		await lookForTexts(n8n, twilio, parameters, isPublication);
	} catch (thrown) {
		const error = asNodeError(n8n.getNode(), thrown);
		// n8n takes a trigger whose first poll fails out of service for good.
		if (isPolling(parameters) && !isTemporary(error)) throw error;
		n8n.logger.warn(`Twilio SMS Trigger: could not look for texts at Twilio: ${error.message}`);
	}
	return null;
}

async function lookForTexts(
	n8n: IPollFunctions,
	twilio: TwilioClient,
	parameters: Parameters,
	isPublication: boolean,
): Promise<void> {
	const state = n8n.getWorkflowStaticData('node');
	const now = Date.now();
	const cursor = isPublication ? undefined : (state.cursor as Cursor | undefined);
	if (!cursor) {
		const publishedAt = new Date(now).toISOString();
		// Stored before Twilio is asked, which may fail: the next poll goes on from here.
		state.cursor = cursorAt(now, publishedAt, []);
		// What came in within the second of the publication, before it.
		const before = await receivedTexts(n8n, twilio, parameters, secondOf(now));
		state.cursor = cursorAt(now, publishedAt, before);
		return;
	}
	const find = isPolling(parameters) ? receivedTexts : undeliveredTexts;
	const found = await find(n8n, twilio, parameters, startOf(cursor, now));
	const fresh = found.filter(({ sid }) => !(sid in cursor.seen));
	const texts = fresh.slice(0, AT_ONCE);
	const lookedAt = fresh.length > texts.length ? texts.at(-1)!.time : now;
	const known = Object.entries(cursor.seen)
		.map(([sid, time]) => ({ sid, time: Date.parse(time) }))
		.filter(({ time }) => time >= lookedAt - LOOK_BACK_AT_MOST_MS);
	// Stored before anything starts: n8n may end at any time.
	state.cursor = cursorAt(lookedAt, cursor.publishedAt, [...known, ...texts]);
	for (const text of texts) {
		if (await start(n8n, twilio, parameters, text)) continue;
		delete (state.cursor as Cursor).seen[text.sid];
	}
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

function cursorAt(
	lookedAt: number,
	publishedAt: string,
	seen: Array<Pick<FoundText, 'sid' | 'time'>>,
): Cursor {
	return {
		publishedAt,
		lookedAt: new Date(lookedAt).toISOString(),
		seen: Object.fromEntries(seen.map(({ sid, time }) => [sid, new Date(time).toISOString()])),
	};
}

/** What came in, whatever became of it; the oldest first. */
async function receivedTexts(
	n8n: IPollFunctions,
	twilio: TwilioClient,
	parameters: Parameters,
	since: number,
): Promise<FoundText[]> {
	const choice = await chosenTarget(parameters, twilio);
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
	return messages.map((message) => toFoundText(twilio, message));
}

/** What Twilio could not deliver to the webhook, the oldest first. */
async function undeliveredTexts(
	n8n: IPollFunctions,
	twilio: TwilioClient,
	parameters: Parameters,
	since: number,
): Promise<FoundText[]> {
	return await missedTexts(n8n, twilio, await chosenTarget(parameters, twilio), since);
}

/** @returns whether the text was taken; otherwise the next poll finds it again */
async function start(
	n8n: IPollFunctions,
	twilio: TwilioClient,
	parameters: Parameters,
	text: FoundText,
): Promise<boolean> {
	const isCaughtUp = !isPolling(parameters);
	if (isCaughtUp && (await isDelivered(n8n, text.sid))) return true;
	const form = await text.form();
	const message = toInboundMessage(form, new Date(text.time).toISOString());
	if (parameters.flag('options.passOnAnswers', true)) {
		const passed = await passOnAnswer(n8n, message);
		if (passed.as === 'unknown') return false;
		if (passed.as === 'answer') {
			await thank(n8n, twilio, message, passed.reply);
			return true;
		}
	}
	const item = await messageItem(n8n, parameters, message, form);
	if (isCaughtUp) {
		item.json.caughtUp = true;
		// Twilio might still be trying.
		noteDelivered(n8n, text.sid);
	}
	n8n.__emit([[await routed(item, parameters, message)]]);
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
