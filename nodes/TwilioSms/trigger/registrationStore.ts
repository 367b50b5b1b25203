import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { SlotKind, SlotSettings } from './webhookSlot';

/** What this trigger set at Twilio, where, and what was there before. */
export interface Registration extends IDataObject {
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
}

type TriggerContext = IHookFunctions | IWebhookFunctions;

// n8n keeps this across restarts. A test listen in the editor begins with nothing stored and keeps
// its own until it ends.
const KEY = 'registration';

export function readRegistration(this: TriggerContext): Registration | undefined {
	return this.getWorkflowStaticData('node')[KEY] as Registration | undefined;
}

export function storeRegistration(this: TriggerContext, registration: Registration): void {
	this.getWorkflowStaticData('node')[KEY] = registration;
}

export function clearRegistration(this: TriggerContext): void {
	delete this.getWorkflowStaticData('node')[KEY];
}
