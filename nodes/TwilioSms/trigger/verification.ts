import type { IWebhookFunctions } from 'n8n-workflow';

import { getCredential } from '../shared/transport';
import { withoutSecrets } from '../shared/webhookAddress';
import { readRegistration } from './registrationStore';
import type { FormParameters } from './signature';
import { isSignedByTwilio } from './signature';

// Far above what Twilio sends; parsing what a stranger sends is not for free.
const MAX_BODY_BYTES = 256 * 1024;

/**
 * The parameters of a request that Twilio signed for the URL that was registered, or `undefined`,
 * with a line in the log, for any other. Reads the body as it came over the wire: n8n's parsed
 * form does not keep the order of repeated names and proxies change Host headers.
 */
export async function verifiedParameters(
	this: IWebhookFunctions,
): Promise<FormParameters | undefined> {
	const url = registeredUrl.call(this);
	if (!url) return reject.call(this, 'this trigger is not registered with Twilio');
	const { rawBody } = this.getRequestObject();
	const { 'x-twilio-signature': signature, 'content-type': contentType } = this.getHeaderData();
	if (typeof signature !== 'string') return reject.call(this, 'it has no X-Twilio-Signature');
	if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType ?? '')) {
		return reject.call(this, 'its body is not a form');
	}
	if (!rawBody?.length || rawBody.length > MAX_BODY_BYTES) {
		return reject.call(this, 'its body is empty or too large');
	}
	const { authToken } = await getCredential.call(this);
	const parameters = [...new URLSearchParams(rawBody.toString('utf8'))] as FormParameters;
	if (isSignedByTwilio(authToken.trim(), url, parameters, signature)) return parameters;
	return reject.call(this, `it is not signed by this account for ${withoutSecrets(url)}`);
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
