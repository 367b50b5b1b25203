import type { Account } from './account';
import { toAddress, withoutChannel } from './address';
import { send } from './outbound';
import type { MediaContent } from './media';
import { newMedia } from './media';
import type { Message } from './message';
import { newMessage } from './message';
import { replyError } from './reply';
import { inboundWebhooks } from './routing';
import { evaluate } from './webhook/answer';
import type { Delivery, Parameters, Webhook } from './webhook/delivery';
import { inboundParameters } from './webhook/parameters';
import type { Answer } from './webhook/twiml';

export interface IncomingText {
	from: string;
	to: string;
	body: string;
	media?: MediaContent[];
}

const DOCUMENT_LIMIT = 50;
const DOCUMENT_LIMIT_EXCEEDED = 14106;

export async function receive(
	account: Account,
	{ from, to, body, media: contents = [] }: IncomingText,
): Promise<Delivery | undefined> {
	const number = account.number(withoutChannel(to));
	if (number === undefined) throw new Error(`${to} is not a number of this account`);

	const message = newMessage({
		accountSid: account.sid,
		direction: 'inbound',
		status: 'received',
		from,
		to,
		body,
		numMedia: contents.length,
	});
	const media = contents.map((content) => newMedia(message.sid, content));
	account.media.push(...media);
	account.addMessage(message);

	const { webhook, fallback } = inboundWebhooks(account, number);
	if (webhook === undefined) return undefined;

	const parameters = inboundParameters(
		message,
		media.map(({ sid, contentType }) => ({
			contentType,
			url: `${account.origin}${message.uri.replace('.json', '')}/Media/${sid}`,
		})),
	);
	const { delivery, errorCode, errorUrl } = await run(account, message, webhook, parameters);
	if (errorCode !== undefined && fallback !== undefined && !account.signal.aborted) {
		const failed: Parameters = [
			['ErrorCode', String(errorCode)],
			['ErrorUrl', errorUrl],
		];
		await run(account, message, fallback, [...parameters, ...failed]);
	}
	return delivery;
}

interface Outcome {
	/** The first call, which the number's own URL answered. */
	delivery: Delivery;
	errorCode?: number;
	errorUrl: string;
}

/** Does what the webhook's document says, and what the documents it redirects to say. */
async function run(
	account: Account,
	message: Message,
	webhook: Webhook,
	parameters: Parameters,
): Promise<Outcome> {
	const first = await account.callWebhook(message, webhook, parameters);
	let delivery = first;
	for (let documents = 1; ; documents++) {
		const answer = evaluate(delivery);
		carryOut(account, message, delivery, answer);
		const { redirect } = answer;
		if (redirect === undefined || documents === DOCUMENT_LIMIT) {
			if (redirect !== undefined) report(account, message, delivery, DOCUMENT_LIMIT_EXCEEDED);
			const errorCode = answer.isWarning ? undefined : delivery.errorCode;
			return { delivery: first, errorCode, errorUrl: delivery.url };
		}
		const url = URL.canParse(redirect.url, delivery.url)
			? new URL(redirect.url, delivery.url).href
			: redirect.url;
		delivery = await account.callWebhook(message, { ...redirect, url }, parameters);
	}
}

function carryOut(account: Account, message: Message, delivery: Delivery, answer: Answer): void {
	if (answer.errorCode !== undefined) report(account, message, delivery, answer.errorCode);
	for (const reply of answer.replies) {
		const from = reply.from ?? message.to;
		const to = toAddress(reply.to ?? '') ?? reply.to ?? message.from ?? '';
		const error = replyError(account, { from, to });
		if (error !== undefined) {
			report(account, message, delivery, error);
			continue;
		}
		const { body, mediaUrls, statusCallback } = reply;
		send(account, {
			...{ direction: 'outbound-reply', from, to, body, mediaUrls },
			statusCallback:
				statusCallback !== undefined && URL.canParse(statusCallback, delivery.url)
					? new URL(statusCallback, delivery.url).href
					: undefined,
		});
	}
}

/** Twilio shows the webhook's error in its debugger and on the inbound message itself. */
function report(account: Account, message: Message, delivery: Delivery, errorCode: number): void {
	delivery.errorCode = errorCode;
	message.error_code = errorCode;
	account.emit('change');
}
