import type { Account } from './account';
import { toAddress } from './address';
import { newAlert } from './alert';
import type { Message } from './message';
import { send } from './outbound';
import { replyError } from './reply';
import { evaluate } from './webhook/answer';
import { hasInvalidRetryPolicy } from './webhook/connection';
import type { Delivery, Parameters, Webhook } from './webhook/delivery';
import type { Answer } from './webhook/twiml';

export interface Outcome {
	/** The first call, which the number's own URL answered. */
	delivery: Delivery;
	errorCode?: number;
	errorUrl: string;
}

const INVALID_RETRY_POLICY = 11243;
const DOCUMENT_LIMIT = 50;
const DOCUMENT_LIMIT_EXCEEDED = 14106;

/** Does what the webhook's document says, and what the documents it redirects to say. */
export async function runWebhook(
	account: Account,
	message: Message,
	webhook: Webhook,
	parameters: Parameters,
	idempotencyToken?: string,
): Promise<Outcome> {
	const first = await account.callWebhook(message, webhook, parameters, idempotencyToken);
	let delivery = first;
	for (let documents = 1; ; documents++) {
		const answer = evaluate(delivery);
		if (answer.errorCode === undefined && hasInvalidRetryPolicy(delivery.url)) {
			Object.assign(answer, { errorCode: INVALID_RETRY_POLICY, isWarning: true });
		}
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
	if (answer.errorCode !== undefined) {
		report(account, message, delivery, answer.errorCode, answer.isWarning);
	}
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
			service: account.resources.serviceOf(account.resources.inbox(from)!.sid),
			statusCallback:
				statusCallback !== undefined && URL.canParse(statusCallback, delivery.url)
					? new URL(statusCallback, delivery.url).href
					: undefined,
		});
	}
}

/** Twilio shows the webhook's error in its debugger and on the inbound message itself. */
function report(
	account: Account,
	message: Message,
	delivery: Delivery,
	errorCode: number,
	isWarning = false,
): void {
	const { keepsAlerts, keepsInboundErrors } = account.conditions;
	delivery.errorCode = errorCode;
	if (keepsInboundErrors) message.error_code = errorCode;
	if (keepsAlerts) {
		account.alerts.push(newAlert(account, message, delivery, errorCode, isWarning));
	}
	account.emit('change');
}
