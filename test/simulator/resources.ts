import { withoutChannel } from './address';
import type { Application, NewApplication } from './application';
import { newApplication } from './application';
import type { MessagingService, NewMessagingService } from './messagingService';
import { newMessagingService, newPoolNumber } from './messagingService';
import type { Inbox, NewOtherSender, OtherSender } from './otherSender';
import { newOtherSender } from './otherSender';
import type { IncomingPhoneNumber, NewPhoneNumber } from './phoneNumber';
import { newPhoneNumber } from './phoneNumber';
import { removeFrom } from './removeFrom';
import type { NewTemplate, Template } from './template';
import { newTemplate } from './template';

/** The phone numbers, services and applications of an account: what it has before any message. */
export class Resources {
	readonly numbers: IncomingPhoneNumber[] = [];
	readonly otherSenders: OtherSender[] = [];
	readonly applications: Application[] = [];
	readonly services: MessagingService[] = [];
	readonly templates: Template[] = [];

	/** @param onChange called whenever one is added or removed */
	constructor(
		private readonly sid: string,
		private readonly onChange: () => void,
	) {}

	addNumber(given: NewPhoneNumber): IncomingPhoneNumber {
		return this.keep(this.numbers, newPhoneNumber(this.sid, given));
	}

	number(phoneNumber: string): IncomingPhoneNumber | undefined {
		return this.numbers.find((number) => number.phone_number === phoneNumber);
	}

	removeNumber(sid: string): void {
		for (const { pool } of this.services) removeFrom(pool, (member) => member.sid === sid);
		this.drop(this.numbers, sid);
	}

	/** A short code, an RCS agent or the like, which can text and be texted as numbers can. */
	addOtherSender(given: NewOtherSender): OtherSender {
		return this.keep(this.otherSenders, newOtherSender(given));
	}

	/** What a text to this address goes to: a number, on whatever channel, or another sender. */
	inbox(address: string): Inbox | undefined {
		return (
			this.number(withoutChannel(address)) ??
			this.otherSenders.find((sender) => sender.address === address)
		);
	}

	addApplication(given: NewApplication): Application {
		return this.keep(this.applications, newApplication(this.sid, given));
	}

	removeApplication(sid: string): void {
		this.drop(this.applications, sid);
	}

	/** A Messaging Service whose pool holds these of the account's numbers. */
	addService({
		numbers = [],
		...given
	}: NewMessagingService & { numbers?: string[] }): MessagingService {
		const service = newMessagingService(this.sid, given);
		for (const phoneNumber of numbers) {
			const number = this.number(phoneNumber);
			if (number === undefined) throw new Error(`${phoneNumber} is not a number of this account`);
			service.pool.push(newPoolNumber(number.sid));
		}
		return this.keep(this.services, service);
	}

	removeService(sid: string): void {
		this.drop(this.services, sid);
	}

	/** The one service that this number is in; Twilio allows no second. */
	serviceOf(numberSid: string): MessagingService | undefined {
		return this.services.find(({ pool }) => pool.some(({ sid }) => sid === numberSid));
	}

	addTemplate(given: NewTemplate): Template {
		return this.keep(this.templates, newTemplate(this.sid, given));
	}

	private keep<Item>(items: Item[], item: Item): Item {
		items.push(item);
		this.onChange();
		return item;
	}

	private drop(items: { sid: string }[], sid: string): void {
		removeFrom(items, (item) => item.sid === sid);
		this.onChange();
	}
}
