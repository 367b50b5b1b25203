import type { Account } from './account';
import type { MessagingService } from './messagingService';
import type { Inbox } from './otherSender';
import type { Webhook } from './webhook/delivery';

export interface InboundRoute {
	service?: MessagingService;
	/** True for a number whose service takes no texts: Twilio does not even log them. */
	isOff?: boolean;
	webhook?: Webhook;
	fallback?: Webhook;
}

/**
 * Which URL hears of a text to this number. A Messaging Service comes first unless it defers to
 * the number; then an application, once named, silences the number's own URL.
 */
export function inboundRoute(account: Account, inbox: Inbox): InboundRoute {
	const service = account.resources.serviceOf(inbox.sid);
	if (service === undefined || service.use_inbound_webhook_on_number) {
		return { service, ...ownWebhooks(account, inbox) };
	}
	return {
		service,
		isOff: service.inbound_request_url === null,
		webhook: webhookAt(service.inbound_request_url, service.inbound_method),
		fallback: webhookAt(service.fallback_url, service.fallback_method),
	};
}

function ownWebhooks(account: Account, inbox: Inbox) {
	const named = inbox.sms_application_sid;
	const source =
		named === ''
			? inbox
			: account.resources.applications.find((application) => application.sid === named);
	if (source === undefined) return {};
	return {
		webhook: webhookAt(source.sms_url, source.sms_method),
		fallback: webhookAt(source.sms_fallback_url, source.sms_fallback_method),
	};
}

function webhookAt(url: string | null, method: Webhook['method']): Webhook | undefined {
	return url === null || url === '' ? undefined : { url, method };
}
