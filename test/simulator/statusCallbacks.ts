import type { Account } from './account';
import type { Message, MessageStatus } from './message';
import type { Parameters } from './webhook/delivery';
import { statusParameters } from './webhook/parameters';

const FINAL: MessageStatus[] = ['delivered', 'undelivered', 'failed', 'canceled', 'read'];

/**
 * Reports a message's present status each time it is called. One report goes out after the other:
 * Twilio promises no order, but a deterministic one is kinder to tests.
 */
export function statusCallbacks(account: Account, message: Message, url?: string): () => void {
	let queue = Promise.resolve();
	const call = (parameters: Parameters) => {
		queue = queue.then(async () => {
			if (url === undefined || account.signal.aborted) return;
			const webhook = { url, method: 'POST' as const };
			const { idempotencyToken } = await account.callWebhook(message, webhook, parameters);
			if (account.conditions.callbackOrder !== 'doubled' || account.signal.aborted) return;
			await account.callWebhook(message, webhook, parameters, idempotencyToken);
		});
	};
	let held: Parameters[] = [];
	return () => {
		held.unshift(statusParameters(message));
		if (account.conditions.callbackOrder === 'shuffled' && !FINAL.includes(message.status)) return;
		for (const parameters of held) call(parameters);
		held = [];
	};
}
