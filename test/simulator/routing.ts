import type { Account } from './account';
import type { IncomingPhoneNumber } from './phoneNumber';
import type { Webhook } from './webhook/delivery';

export interface InboundWebhooks {
	webhook?: Webhook;
	fallback?: Webhook;
}

/** Which URL hears of a text to this number: an application, once named, silences the number's. */
export function inboundWebhooks(account: Account, number: IncomingPhoneNumber): InboundWebhooks {
	if (number.sms_application_sid !== '') {
		return { webhook: account.applications.get(number.sms_application_sid) };
	}
	return {
		webhook: webhookAt(number.sms_url, number.sms_method),
		fallback: webhookAt(number.sms_fallback_url, number.sms_fallback_method),
	};
}

function webhookAt(url: string, method: Webhook['method']): Webhook | undefined {
	return url === '' ? undefined : { url, method };
}
