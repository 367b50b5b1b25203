import type { IWebhookFunctions } from 'n8n-workflow';

import type { FormParameters } from '../shared/signature';
import { signedForm } from '../shared/signedForm';
import { readRegistration } from './registrationStore';

/**
 * The parameters of a request that Twilio signed for the URL that was registered, or `undefined`,
 * with a line in the log, for any other.
 */
export async function verifiedParameters(
	this: IWebhookFunctions,
): Promise<FormParameters | undefined> {
	const url = registeredUrl.call(this);
	if (!url) return reject.call(this, 'this trigger is not registered with Twilio');
	const { parameters, rejected } = await signedForm.call(this, url);
	return parameters ?? reject.call(this, rejected);
}

// An address that was entered at Twilio by hand may have a query of the user's own, which is signed
// with it.
function registeredUrl(this: IWebhookFunctions): string | undefined {
	const registration = readRegistration.call(this);
	if (registration?.kind !== 'manual') return registration?.webhookUrl;
	const [, query] = /(\?.*)$/s.exec(this.getRequestObject().originalUrl) ?? [];
	return registration.webhookUrl + (query ?? '');
}

function reject(this: IWebhookFunctions, reason: string): undefined {
	this.logger.warn(`Twilio SMS Trigger: a request was rejected because ${reason}`);
	return undefined;
}
