import type { Account } from '../account';
import type { Message, MessageStatus } from '../message';
import { explanation } from './explanation';
import { picturesOf } from './pictures';

/** Directions are Twilio's: what the person at the phone writes is inbound. */
export interface Bubble {
	sid: string;
	direction: 'inbound' | 'outbound';
	from: string;
	to: string;
	body: string;
	/** The SIDs of the pictures to show, */
	pictures: string[];
	/** and how many attachments there are besides. */
	attachments: number;
	date: string;
	status: MessageStatus | 'receiving';
	statusText: string;
}

export interface Conversation {
	/** The account's number that this conversation is with, absent while it has none. */
	to?: string;
	numbers: { phoneNumber: string; friendlyName: string }[];
	bubbles: Bubble[];
}

const STATUS_TEXTS: Partial<Record<MessageStatus, string>> = {
	accepted: 'Accepted',
	scheduled: 'Scheduled',
	canceled: 'Canceled',
	queued: 'Queued',
	sending: 'Sending…',
	sent: 'Sent',
	delivered: 'Delivered',
	read: 'Read',
	undelivered: 'Not delivered',
	failed: 'Failed',
};

/** What a person with this number sees, texting the number asked for or else the first one. */
export function conversation(account: Account, from: string, askedFor: string): Conversation {
	const to = (account.resources.number(askedFor) ?? account.resources.numbers[0])?.phone_number;
	const bubbles = account.messages
		.filter((message) =>
			message.direction === 'inbound'
				? message.from === from && message.to === to
				: message.from === to && message.to === from,
		)
		.map((message) => ({ message, pictures: picturesOf(account, message.sid) }))
		.map(({ message, pictures }) => ({
			sid: message.sid,
			direction: message.direction === 'inbound' ? ('inbound' as const) : ('outbound' as const),
			from: message.from ?? '',
			to: message.to,
			body: message.body,
			pictures,
			attachments: Number(message.num_media) - pictures.length,
			date: message.date_created,
			...(message.direction === 'inbound' ? received(account, message) : sent(message)),
		}));
	const numbers = account.resources.numbers.map(({ phone_number, friendly_name }) => ({
		phoneNumber: phone_number,
		friendlyName: friendly_name,
	}));
	return { to, numbers, bubbles };
}

function sent({ status, error_code }: Message): Pick<Bubble, 'status' | 'statusText'> {
	const text = STATUS_TEXTS[status] ?? status;
	return {
		status,
		statusText: error_code === null ? text : `${text} · ${explanation(error_code)}`,
	};
}

function received(account: Account, message: Message): Pick<Bubble, 'status' | 'statusText'> {
	const calls = account.deliveries.filter(({ messageSid }) => messageSid === message.sid);
	if (calls.some(({ finishedAt }) => finishedAt === undefined)) {
		return { status: 'receiving', statusText: 'Sending…' };
	}
	if (message.error_code !== null) {
		return { status: 'failed', statusText: explanation(message.error_code) };
	}
	const unheard = 'Received, but the number calls no webhook';
	return { status: 'received', statusText: calls.length === 0 ? unheard : 'Received' };
}
