import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { OwnWebhook } from '../../shared/ownership';
import { withoutFragment } from '../../twilio/webhookUrl';
import type { SlotKind, SlotSettings, Target } from './target';
import { emptySettings, isOverridden, ownerOfTarget, urlIn, withOverrideOf } from './target';

/** What this trigger set at Twilio, where, and what was there before. */
export type Registration = {
	accountSid: string;
	/** Where the API is at which it was set. What earlier versions stored is without it. */
	apiOrigin?: string;
	/** `manual`: the user entered the address at Twilio, so there is nothing to put back. */
	kind: SlotKind | 'manual';
	sid: string;
	/** The number in E.164, or the service's name. */
	name: string;
	/** As Twilio knows it, without fragment: the URL that its signatures are over. */
	webhookUrl: string;
	/** What Twilio was asked to change that to, if its answer was lost. */
	attemptedUrl?: string;
	snapshot: SlotSettings;
};

// n8n keeps this across restarts. A test listen in the editor begins with nothing stored and keeps
// its own until it ends. Static data is saved as a whole, so that an execution which began earlier
// can write what is out of date over it: what the number itself remembers comes first.
const KEY = 'registration';

export function readRegistration(
	n8n: IHookFunctions | IWebhookFunctions,
): Registration | undefined {
	// Only this trigger writes it, and it has written all of it.
	return n8n.getWorkflowStaticData('node')[KEY] as Registration | undefined;
}

export function storeRegistration(n8n: IHookFunctions, registration: Registration): void {
	n8n.getWorkflowStaticData('node')[KEY] = registration;
}

export function clearRegistration(n8n: IHookFunctions): void {
	delete n8n.getWorkflowStaticData('node')[KEY];
}

/**
 * Asks Twilio to deliver again, up to three times within its 15 seconds, when n8n cannot be
 * connected to (ct), does not answer (rt), fails (5xx) or has no such webhook (4xx), as while it
 * restarts or the workflow is published again. By default Twilio tries once more, and only after a
 * failed connection.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
const RETRY = 'rc=3&rp=ct,rt,4xx,5xx';

// Twilio keeps a URL's fragment to itself, neither sending nor signing it.
const PREVIOUS = /[#&]n8nPrevious=([\w-]+)/;

// The longest address that Twilio takes (error 21609).
const LONGEST_URL = 4000;

/**
 * The webhook's URL with what Twilio is to do and what was there before in its fragment, so that
 * the number itself remembers whom it is to be given back to.
 *
 * @param previous left out where the URL would be too long with it
 */
export function withFragment(url: string, isRetried: boolean, previous?: SlotSettings): string {
	const retry = isRetried ? RETRY : '';
	const memory =
		previous && `n8nPrevious=${Buffer.from(JSON.stringify(previous)).toString('base64url')}`;
	const remembering = join(url, [retry, memory]);
	return remembering.length <= LONGEST_URL ? remembering : join(url, [retry]);
}

/** The settings that a trigger put into the URL with which it took the slot, if these are such. */
export function previousIn(url: string): SlotSettings | undefined {
	const encoded = PREVIOUS.exec(url)?.[1];
	if (!encoded) return undefined;
	try {
		const previous: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString());
		return isSettings(previous) ? previous : undefined;
	} catch {
		return undefined;
	}
}

/** The settings to go back to when the trigger is unpublished, or its test listen ends. */
export function snapshotToKeep(
	target: Target,
	own: OwnWebhook,
	older: Registration | undefined,
	isTestListen: boolean,
): SlotSettings {
	const { kind, settings } = target;
	const uncovered = { ...target, settings: withOverrideOf(emptySettings(kind), kind, settings) };
	if (ownerOfTarget(uncovered, own) !== 'ours') {
		// The address of another trigger's test listen is of no use once that has ended.
		const previous = isTestAddress(urlIn(kind, settings)) && previousIn(urlIn(kind, settings));
		return previous || settings;
	}
	const isBorrowed = isTestListen && !isAt(own.url, kind, settings);
	const kept = isBorrowed ? settings : beforeOurs(uncovered, own, older, isTestListen);
	// Somebody put an application, or the numbers' own webhooks, before this trigger.
	return isOverridden(kind, settings) ? withOverrideOf(settings, kind, kept) : kept;
}

/**
 * What was in the slot before this trigger took it: what the number remembers, or else what n8n
 * does. Test listen and production may have taken it from each other; a test listen borrows it from
 * production, and gives it back to it.
 */
export function beforeOurs(
	target: Target,
	own: OwnWebhook,
	older: Registration | undefined,
	isTestListen: boolean,
): SlotSettings {
	const { kind, sid } = target;
	const isOurs = (settings: SlotSettings) =>
		isTestListen
			? isAt(own.url, kind, settings)
			: ownerOfTarget({ ...target, settings }, own) === 'ours';
	let settings = previousIn(urlIn(kind, target.settings));
	while (settings && isOurs(settings)) settings = previousIn(urlIn(kind, settings));
	if (settings) return settings;
	return older?.kind === kind && older.sid === sid ? older.snapshot : emptySettings(kind);
}

function isAt(url: string | undefined, kind: SlotKind, settings: SlotSettings): boolean {
	return withoutFragment(urlIn(kind, settings)) === url;
}

/** Whether n8n takes tests in the editor at a URL, if that endpoint has its default name. */
export function isTestAddress(url: string): boolean {
	return /\/webhook-test\//.test(withoutFragment(url));
}

function join(url: string, parts: Array<string | undefined>): string {
	const fragment = parts.filter(Boolean).join('&');
	return fragment ? `${url}#${fragment}` : url;
}

function isSettings(value: unknown): value is SlotSettings {
	return (
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		Object.values(value).every((setting) => typeof setting === 'string')
	);
}
