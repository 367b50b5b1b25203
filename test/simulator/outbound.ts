import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account';
import { channelOf } from './address';
import { rfc2822 } from './date';
import { fetchMedia } from './fetchMedia';
import type { Media } from './media';
import { mediaAt, newMedia } from './media';
import type { Message, MessageDirection, MessageStatus } from './message';
import { newMessage, segmentsOf } from './message';
import type { MessagingService } from './messagingService';
import { hasOptedOut } from './optOuts';
import { reached } from './schedule';
import { pickSender } from './senderPool';
import { statusCallbacks } from './statusCallbacks';
import { TRIAL_PREFIX } from './trial';

export interface OutgoingMessage {
	direction: MessageDirection;
	/** Left out for the Messaging Service to pick. */
	from?: string;
	to: string;
	body: string;
	mediaUrls: string[];
	statusCallback?: string;
	service?: MessagingService;
	/** Left out for now. */
	sendAt?: Date;
	/** Twilio's own answer to STOP. */
	despiteOptOut?: boolean;
}

const OPTED_OUT = 21610;
const NO_SENDER_LEFT = 21704;

/** Accepts a message; the carrier's part follows on its own. */
export function send(account: Account, outgoing: OutgoingMessage): Message {
	const { direction, from, to, mediaUrls, service, sendAt } = outgoing;
	const body = (account.conditions.trial?.kind === 'freeText' ? TRIAL_PREFIX : '') + outgoing.body;
	const accepted = service === undefined ? 'queued' : 'accepted';
	const message = newMessage({
		accountSid: account.sid,
		status: sendAt === undefined ? accepted : 'scheduled',
		from: from ?? null,
		numMedia: mediaUrls.length,
		serviceSid: service?.sid,
		...{ direction, to, body },
	});
	const media = mediaUrls.map((url) => newMedia(message.sid, mediaAt(url)));
	account.media.push(...media);
	account.addMessage(message);
	void carry(account, message, outgoing, media);
	return message;
}

/** The files of a message, or the error that it fails with. */
async function fetchAll(account: Account, urls: string[], media: Media[]): Promise<number | null> {
	const fetched = await Promise.all(urls.map(async (url) => await fetchMedia(account, url)));
	for (const [index, file] of fetched.entries()) {
		if ('errorCode' in file) return file.errorCode;
		Object.assign(media[index]!, file);
	}
	return null;
}

async function carry(
	account: Account,
	message: Message,
	outgoing: OutgoingMessage,
	media: Media[],
): Promise<void> {
	const { service, statusCallback, sendAt, mediaUrls } = outgoing;
	const report = statusCallbacks(
		account,
		message,
		statusCallback ?? service?.status_callback ?? undefined,
	);
	const enter = (changes: Partial<Message>) => {
		Object.assign(message, changes, { date_updated: rfc2822() });
		account.emit('change');
		report();
	};
	if (sendAt !== undefined && !(await isDue(account, message, sendAt))) {
		if (!account.signal.aborted) enter({ status: 'canceled' });
		return;
	}
	const mediaError = await fetchAll(account, mediaUrls, media);
	for (const next of stages(account, message, outgoing)) {
		const waited = await delay(account.statusDelay, true, { signal: account.signal }).catch(
			() => false,
		);
		if (!waited) return;
		const changes =
			mediaError === null ? next() : { status: 'failed' as const, error_code: mediaError };
		if (changes === undefined) break;
		enter(changes);
		if (message.status === 'failed') return;
	}
	await arrive(account, message);
}

/** False if the message was canceled meanwhile, or the simulator closed. */
async function isDue(account: Account, { sid }: Message, sendAt: Date): Promise<boolean> {
	const cancel = new AbortController();
	account.scheduled.set(sid, cancel);
	const due = await reached(sendAt, AbortSignal.any([cancel.signal, account.signal]));
	account.scheduled.delete(sid);
	return due;
}

/** What becomes of a message, one step after the other; each is decided when its time comes. */
function stages(
	account: Account,
	message: Message,
	{ service, to, despiteOptOut }: OutgoingMessage,
): (() => Partial<Message> | undefined)[] {
	const queued = () => {
		if (!despiteOptOut && hasOptedOut(account, { to, service })) {
			return { status: 'failed' as const, error_code: OPTED_OUT };
		}
		const from = message.from ?? pickSender(account, service!, message.to);
		if (from === undefined) return { status: 'failed' as const, error_code: NO_SENDER_LEFT };
		return { status: 'queued' as const, from, num_segments: segmentsOf(message) };
	};
	const last = () => {
		const errorCode = account.conditions.unreachable.get(message.to);
		const status: MessageStatus = errorCode === undefined ? 'delivered' : 'undelivered';
		return { status, error_code: errorCode ?? null };
	};
	const read = () => (message.status === 'delivered' ? { status: 'read' as const } : undefined);
	const tellsIfRead =
		account.conditions.readReceipts && ['whatsapp', 'rcs'].includes(channelOf(to));
	return [
		...(service === undefined ? [] : [queued]),
		() => ({ status: 'sending' as const }),
		() => ({ status: 'sent' as const, date_sent: rfc2822() }),
		last,
		...(tellsIfRead ? [read] : []),
	];
}

/** A text to one of the account's own numbers is a text that this number receives. */
async function arrive(account: Account, message: Message): Promise<void> {
	const { sid, from, to, body, status } = message;
	if (!['delivered', 'read'].includes(status) || account.resources.inbox(to) === undefined) return;
	const media = account.media.filter(({ messageSid }) => messageSid === sid);
	await account.receive({ from: from ?? '', to, body, media });
}
