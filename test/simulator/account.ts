import { EventEmitter } from 'node:events';
import { Conditions } from './conditions';
import type { Alert } from './alert';
import type { IncomingText } from './inbound';
import { receive } from './inbound';
import type { Media } from './media';
import type { MediaHostRequest } from './mediaHost';
import type { Message } from './message';
import { OptOuts } from './optOuts';
import { removeFrom } from './removeFrom';
import { Resources } from './resources';
import { newSid } from './sid';
import type { Delivery, Parameters, Webhook } from './webhook/delivery';
import { newDelivery } from './webhook/delivery';

export interface ApiRequest {
	method: string;
	path: string;
	query: Parameters;
	form: Parameters;
	/** 0 until the request is answered; it stays 0 when the connection was lost first. */
	status: number;
}

/** A request and what came of it. */
export interface Exchange extends ApiRequest {
	/** The JSON that was answered. */
	answer?: object;
	/** A test ordered this answer or failure, so that it is none of Twilio's. */
	isOrdered: boolean;
}

export interface AccountOptions {
	sid?: string;
	authToken?: string;
	statusDelay: number;
	deliver: (delivery: Delivery) => Promise<void>;
	/** Where a URL that Twilio calls really lives. */
	route: (url: URL) => URL;
	/** Aborted when the simulator closes: nothing new is begun after that. */
	signal: AbortSignal;
}

/**
 * Everything that Twilio knows about one customer. Emits `change` whenever any of it does, and
 * `exchange` when a request has come to its end.
 */
export class Account extends EventEmitter<{ change: []; exchange: [Exchange] }> {
	readonly sid: string;
	readonly resources: Resources;
	readonly conditions = new Conditions();
	readonly authToken: string;
	readonly apiKey = { sid: newSid('SK'), secret: newSid('').slice(2) };
	readonly testCredentials = { sid: newSid('AC'), authToken: newSid('') };
	statusDelay: number;
	readonly signal: AbortSignal;
	readonly route: (url: URL) => URL;
	/** Where this account's media are served, as Twilio's is `https://api.twilio.com`. */
	origin = '';
	/** Where they really lie while `mediaRedirect` is on. */
	mediaOrigin = '';

	readonly messages: Message[] = [];
	/** Cancels a message that waits for its time, by the message's SID. */
	readonly scheduled = new Map<string, AbortController>();
	readonly media: Media[] = [];
	readonly optOuts = new OptOuts();
	readonly deliveries: Delivery[] = [];
	readonly alerts: Alert[] = [];
	/** What was told of messages, by their SID. */
	readonly feedback = new Map<string, string>();
	readonly requests: ApiRequest[] = [];
	readonly mediaHostRequests: MediaHostRequest[] = [];

	private readonly deliver: (delivery: Delivery) => Promise<void>;

	constructor({ sid, authToken, statusDelay, deliver, route, signal }: AccountOptions) {
		super();
		this.sid = sid ?? newSid('AC');
		this.resources = new Resources(this.sid, () => this.emit('change'));
		this.setMaxListeners(0);
		this.authToken = authToken ?? newSid('');
		this.statusDelay = statusDelay;
		this.deliver = deliver;
		this.signal = signal;
		this.route = route;
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

	/**
	 * Calls a webhook on behalf of a message; the delivery is listed from its first moment. A second
	 * delivery of the same event has the idempotency token of the first.
	 */
	async callWebhook(
		message: Message,
		webhook: Webhook,
		parameters: Parameters,
		idempotencyToken?: string,
	): Promise<Delivery> {
		const delivery = newDelivery(webhook, message.sid, parameters, idempotencyToken);
		this.deliveries.push(delivery);
		this.emit('change');
		await this.deliver(delivery);
		delivery.finishedAt = new Date();
		this.emit('change');
		return delivery;
	}
}
