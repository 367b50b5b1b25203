import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** The number's settings that a registration changes, as Twilio had them before. */
export interface Snapshot extends IDataObject {
	smsUrl: string;
	smsMethod: string;
	smsApplicationSid: string;
}

/** What this trigger set at Twilio, where, and what was there before. */
export interface Registration extends IDataObject {
	accountSid: string;
	phoneNumberSid: string;
	phoneNumber: string;
	/** As Twilio knows it, without fragment: the URL that its signatures are over. */
	webhookUrl: string;
	snapshot: Snapshot;
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
