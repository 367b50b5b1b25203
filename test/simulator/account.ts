import { EventEmitter } from 'node:events';
import type { IncomingText } from './inbound';
import { receive } from './inbound';
import type { Media } from './media';
import type { Message } from './message';
import type { IncomingPhoneNumber, NewPhoneNumber } from './phoneNumber';
import { newPhoneNumber } from './phoneNumber';
import { newSid } from './sid';
import type { Delivery, Parameters, Webhook } from './webhook/delivery';
import { newDelivery } from './webhook/delivery';

/** A TwiML App: a number that names one by its SID takes its URL from there. */
export type Application = Webhook;

export interface ApiRequest {
	method: string;
	path: string;
	query: Parameters;
	form: Parameters;
	/** 0 until the request is answered; it stays 0 when the connection was lost first. */
	status: number;
}

export interface AccountOptions {
	sid?: string;
	authToken?: string;
	statusDelay: number;
	deliver: (delivery: Delivery) => Promise<void>;
	/** Aborted when the simulator closes: nothing new is begun after that. */
	signal: AbortSignal;
}

/** Everything that Twilio knows about one customer. Emits `change` whenever any of it does. */
export class Account extends EventEmitter<{ change: [] }> {
	readonly sid: string;
	readonly authToken: string;
	readonly apiKey = { sid: newSid('SK'), secret: newSid('').slice(2) };
	readonly statusDelay: number;
	readonly signal: AbortSignal;
	/** Where this account's media are served, as Twilio's is `https://api.twilio.com`. */
	origin = '';

	readonly numbers: IncomingPhoneNumber[] = [];
	readonly applications = new Map<string, Application>();
	readonly messages: Message[] = [];
	readonly media: Media[] = [];
	readonly deliveries: Delivery[] = [];
	readonly requests: ApiRequest[] = [];
	/** Recipients that no text reaches, with the error code that Twilio then reports (30003, …). */
	readonly unreachable = new Map<string, number>();

	private readonly deliver: (delivery: Delivery) => Promise<void>;

	constructor({ sid, authToken, statusDelay, deliver, signal }: AccountOptions) {
		super();
		this.setMaxListeners(0);
		this.sid = sid ?? newSid('AC');
		this.authToken = authToken ?? newSid('');
		this.statusDelay = statusDelay;
		this.deliver = deliver;
		this.signal = signal;
	}

	addNumber(given: NewPhoneNumber): IncomingPhoneNumber {
		const number = newPhoneNumber(this.sid, given);
		this.numbers.push(number);
		this.emit('change');
		return number;
	}

	number(phoneNumber: string): IncomingPhoneNumber | undefined {
		return this.numbers.find((number) => number.phone_number === phoneNumber);
	}

	removeNumber(sid: string): void {
		removeFrom(this.numbers, (number) => number.sid === sid);
		this.emit('change');
	}

	addMessage(message: Message): void {
		this.messages.push(message);
		this.emit('change');
	}

	message(sid: string): Message | undefined {
		return this.messages.find((message) => message.sid === sid);
	}

	removeMessage(sid: string): void {
		removeFrom(this.messages, (message) => message.sid === sid);
		removeFrom(this.media, (media) => media.messageSid === sid);
		this.emit('change');
	}

	removeMedia(sid: string): void {
		removeFrom(this.media, (media) => media.sid === sid);
		this.emit('change');
	}

	/** A person texts one of the numbers; resolves when Twilio is done with the webhook. */
	receive(text: IncomingText): Promise<Delivery | undefined> {
		return receive(this, text);
	}

	/** Calls a webhook on behalf of a message; the delivery is listed from its first moment. */
	async callWebhook(message: Message, webhook: Webhook, parameters: Parameters): Promise<Delivery> {
		const delivery = newDelivery(webhook, message.sid, parameters);
		this.deliveries.push(delivery);
		this.emit('change');
		await this.deliver(delivery);
		delivery.finishedAt = new Date();
		this.emit('change');
		return delivery;
	}
}

function removeFrom<Item>(items: Item[], matches: (item: Item) => boolean): void {
	const index = items.findIndex(matches);
	if (index === -1) return;
	items.splice(index, 1);
	removeFrom(items, matches);
}
