import type { IWebhookFunctions } from 'n8n-workflow';

import { signedForm } from '../../twilio/signedForm';
import { readRegistration } from '../registration/snapshot';
import { computedUrl } from '../registration/webhookUrl';

/**
 * The form of a request that Twilio signed for the URL that was registered, or `undefined`, with
 * a line in the log, for any other.
 */
export async function verifiedForm(n8n: IWebhookFunctions): Promise<URLSearchParams | undefined> {
	let reason = 'this trigger is not registered with Twilio';
	let tried: string | undefined;
	for (const url of candidateUrls(n8n)) {
		if (!url || url === tried) continue;
		const { form, rejected } = await signedForm(n8n, url);
		if (form) return form;
		reason = rejected;
		tried = url;
	}
	n8n.logger.warn(`Twilio SMS Trigger: a request was rejected because ${reason}`);
	return undefined;
}

// The second is computed only if the first is missing or was not the one signed: n8n may have lost
// what was stored, or saved outdated data over it, while the number still points here.
function* candidateUrls(n8n: IWebhookFunctions): Generator<string | undefined> {
	yield registeredUrl(n8n);
	yield ownUrl(n8n);
}

function registeredUrl(n8n: IWebhookFunctions): string | undefined {
	const registration = readRegistration(n8n);
	if (!registration) return undefined;
	if (registration.kind !== 'manual') return registration.webhookUrl;
	// An address that was entered at Twilio by hand may have a query of the user's own, which is
	// signed with it.
	const [query = ''] = /\?.*/s.exec(n8n.getRequestObject().originalUrl) ?? [];
	return registration.webhookUrl + query;
}

// `getNodeWebhookUrl` always gives the production address here, so a test listen has no other than
// the one that it stored.
function ownUrl(n8n: IWebhookFunctions): string | undefined {
	try {
		return n8n.getMode() === 'manual' ? undefined : computedUrl(n8n)?.href;
	} catch {
		return undefined;
	}
}
