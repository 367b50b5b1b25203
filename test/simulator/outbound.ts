import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account';
import { withoutChannel } from './address';
import { rfc2822 } from './date';
import type { Message, MessageDirection, MessageStatus } from './message';
import { newMessage } from './message';
import { statusParameters } from './webhook/parameters';

export interface OutgoingMessage {
	direction: MessageDirection;
	from: string;
	to: string;
	body: string;
	mediaUrls: string[];
	statusCallback?: string;
}

/** Accepts a message; the carrier's part follows on its own. */
export function send(account: Account, outgoing: OutgoingMessage): Message {
	const { direction, from, to, body, mediaUrls, statusCallback } = outgoing;
	const message = newMessage({
		accountSid: account.sid,
		status: 'queued',
		numMedia: mediaUrls.length,
		...{ direction, from, to, body },
	});
	account.addMessage(message);
	void carry(account, message, statusCallback);
	return message;
}

async function carry(account: Account, message: Message, statusCallback?: string): Promise<void> {
	const errorCode = account.unreachable.get(message.to);
	const last: MessageStatus = errorCode === undefined ? 'delivered' : 'undelivered';
	let callbacks = Promise.resolve();
	for (const status of ['sending', 'sent', last] as const) {
		const waited = await delay(account.statusDelay, true, { signal: account.signal }).catch(
			() => false,
		);
		if (!waited) return;

		message.status = status;
		message.date_updated = rfc2822();
		if (status === 'sent') message.date_sent = message.date_updated;
		if (status === 'undelivered') message.error_code = errorCode ?? null;
		account.emit('change');
		if (statusCallback === undefined) continue;

		// One after the other: Twilio promises no order, but a deterministic one is kinder to tests.
		const webhook = { url: statusCallback, method: 'POST' as const };
		const parameters = statusParameters(message);
		callbacks = callbacks.then(async () => {
			if (!account.signal.aborted) await account.callWebhook(message, webhook, parameters);
		});
	}
	await arrive(account, message);
}

/** A text to one of the account's own numbers is a text that this number receives. */
async function arrive(account: Account, { from, to, body, status }: Message): Promise<void> {
	if (status !== 'delivered' || account.number(withoutChannel(to)) === undefined) return;
	await account.receive({ from: from ?? '', to, body });
}
