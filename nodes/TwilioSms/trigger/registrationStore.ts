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

/**
 * A test listen in the editor begins with production's static data and must neither use nor
 * overwrite its registration. n8n keeps both across restarts.
 */
const key = (context: TriggerContext) =>
	context.getMode() === 'manual' ? 'testRegistration' : 'registration';

export function readRegistration(this: TriggerContext): Registration | undefined {
	return this.getWorkflowStaticData('node')[key(this)] as Registration | undefined;
}

export function storeRegistration(this: TriggerContext, registration: Registration): void {
	this.getWorkflowStaticData('node')[key(this)] = registration;
}

export function clearRegistration(this: TriggerContext): void {
	delete this.getWorkflowStaticData('node')[key(this)];
}
