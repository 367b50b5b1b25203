import type { Fault, NewFault } from './fault';
import type { Halt } from './halt';
import type { Trial } from './trial';

/** What a test can change about how Twilio, networks and phones behave towards an account. */
export class Conditions {
	/** Requests over it are refused at once and never processed. */
	concurrencyLimit = Infinity;
	/** The `Retry-After` of those refusals. Whether Twilio sends one is not documented. */
	retryAfter?: string;
	/** Milliseconds that the way to Twilio and the work there take. */
	requestDelay = 0;
	/** The most requests that were ever in flight together, those refused for it included. */
	peakConcurrency = 0;
	/** What goes wrong with the next requests, the first fitting one first. */
	readonly faults: Fault[] = [];
	/** Where the world stops, until this is taken away; what was held by then stays so. */
	halt?: Halt;

	/** How many seconds ahead a message may be scheduled. A test rarely has five minutes. */
	scheduleWindow = { least: 300, most: 35 * 24 * 60 * 60 };
	/** Recipients that no text reaches, with the error code that Twilio then reports (30003, …). */
	readonly unreachable = new Map<string, number>();

	/** `shuffled`: a message's last status callback comes first. `doubled`: each one comes twice. */
	callbackOrder: 'ordered' | 'shuffled' | 'doubled' = 'ordered';
	/** An inbound message's webhook is called again once it has answered. */
	deliverTwice = false;
	/** Whether people on WhatsApp and RCS let on that they have read a message. */
	readReceipts = false;
	/** What Lookup takes a number's line for, if not for `mobile`: `landline`, `tollFree`, … */
	readonly lineTypes = new Map<string, string>();
	/** Countries, as `GB`, that the account's geo permissions leave out. */
	readonly blockedCountries = new Set<string>();
	/** Media are then kept on a host of their own, which wants no credentials and refuses any. */
	mediaRedirect = false;
	/** Whether a failed webhook is kept as an alert, and after how many milliseconds it is listed. */
	keepsAlerts = true;
	alertDelay = 0;
	/** Whether the inbound message of a failed webhook has its error, which is not documented. */
	keepsInboundErrors = true;
	/** Whether addresses that Twilio cannot call are refused, as Twilio does; n8n is here as well. */
	refusesPrivateUrls = false;
	/** Set for an account that nobody has paid for yet. */
	trial?: Trial;

	fail(fault: NewFault): void {
		this.faults.push({ times: 1, ...fault });
	}
}
