import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { attempt } from './attempt';
import type { RetryPolicy } from './connection';
import { connectionOf } from './connection';
import type { Cookies } from './cookies';
import type { WebhookResponse } from './exchange';
import { HTTP_RETRIEVAL_FAILURE, WebhookFailure } from './failure';

export type HttpMethod = 'GET' | 'POST';

export type Parameters = [name: string, value: string][];

export interface Webhook {
	url: string;
	method: HttpMethod;
}

/** One call of a webhook, retries included, and what came of it. */
export interface Delivery extends Webhook {
	messageSid: string;
	parameters: Parameters;
	/** The same on every attempt. */
	idempotencyToken: string;
	/** As sent on the last attempt. */
	headers: Record<string, string>;
	attempts: number;
	status?: number;
	contentType?: string;
	body?: string;
	/** Twilio's, from its debugger: 11200 no good answer, 12300 an answer of the wrong type, … */
	errorCode?: number;
	finishedAt?: Date;
}

export interface Sender {
	authToken: string;
	/** Where a webhook URL really lives. The signature and the Host header keep the original. */
	route: (url: URL) => URL;
	cookies: Cookies;
	/** Milliseconds before each retry; Twilio does not say how long it waits. */
	retryDelay: number;
	/** Ends what is under way when the simulator closes. */
	signal: AbortSignal;
}

export function newDelivery(
	webhook: Webhook,
	messageSid: string,
	parameters: Parameters,
	idempotencyToken: string = randomUUID(),
): Delivery {
	return { ...webhook, messageSid, parameters, idempotencyToken, headers: {}, attempts: 0 };
}

/** Calls the webhook as often as its connection settings allow, and notes the outcome. */
export async function deliver(delivery: Delivery, sender: Sender): Promise<void> {
	const connection = connectionOf(delivery.url);
	const { total, retries, retryOn } = connection;
	const signal = AbortSignal.any([sender.signal, AbortSignal.timeout(total)]);
	const context = { ...sender, signal, connection };

	for (let retry = 0; retry <= retries; retry++) {
		delivery.attempts += 1;
		const outcome = await attempt(delivery, context).catch((error: unknown) => {
			if (error instanceof WebhookFailure) return error;
			throw error;
		});
		note(delivery, outcome);
		const kind = retryPolicyOf(outcome);
		const mayRetry = kind !== undefined && (retryOn.includes(kind) || retryOn.includes('all'));
		if (!mayRetry || retry === retries) return;
		await sleep(sender.retryDelay, undefined, { signal }).catch(() => undefined);
		if (signal.aborted) return;
	}
}

function note(delivery: Delivery, outcome: WebhookResponse | WebhookFailure): void {
	if (outcome instanceof WebhookFailure) {
		delivery.status = delivery.contentType = delivery.body = undefined;
		delivery.errorCode = outcome.code;
		return;
	}
	delivery.status = outcome.status;
	delivery.contentType = outcome.headers['content-type'];
	delivery.body = outcome.body;
	delivery.errorCode = isSuccess(outcome.status) ? undefined : HTTP_RETRIEVAL_FAILURE;
}

function isSuccess(status: number): boolean {
	return status >= 200 && status < 300;
}

function retryPolicyOf(outcome: WebhookResponse | WebhookFailure): RetryPolicy | undefined {
	if (outcome instanceof WebhookFailure) return outcome.retryPolicy;
	if (outcome.status >= 500) return '5xx';
	return outcome.status >= 400 ? '4xx' : undefined;
}
