import type { IWebhookFunctions } from 'n8n-workflow';

import type { FormParameters } from './signature';
import { isSignedByTwilio } from './signature';
import { getCredential } from './transport';
import { withoutSecrets } from './webhookAddress';

// Far above what Twilio sends; parsing what a stranger sends is not for free.
const MAX_BODY_BYTES = 256 * 1024;

/** What Twilio posted, or why it cannot have been Twilio, in words that hold no secret. */
export type SignedForm =
	| { parameters: FormParameters; rejected?: undefined }
	| { parameters?: undefined; rejected: string };

/**
 * The parameters of a form that Twilio posted. Reads the body as it came over the wire: n8n's
 * parsed form does not keep the order of repeated names.
 *
 * @param url as Twilio knows it; nothing in the request tells, as proxies change Host headers
 */
export async function signedForm(this: IWebhookFunctions, url: string): Promise<SignedForm> {
	const { rawBody } = this.getRequestObject();
	const { 'x-twilio-signature': signature, 'content-type': contentType } = this.getHeaderData();
	if (typeof signature !== 'string') return { rejected: 'it has no X-Twilio-Signature' };
	if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType ?? '')) {
		return { rejected: 'its body is not a form' };
	}
	if (!rawBody?.length || rawBody.length > MAX_BODY_BYTES) {
		return { rejected: 'its body is empty or too large' };
	}
	const { authToken } = await getCredential.call(this);
	const parameters = [...new URLSearchParams(rawBody.toString('utf8'))] as FormParameters;
	if (isSignedByTwilio(authToken.trim(), url, parameters, signature)) return { parameters };
	return { rejected: `it is not signed by this account for ${withoutSecrets(url)}` };
}
