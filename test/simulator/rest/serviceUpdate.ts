import { iso8601 } from '../date';
import type { MessagingService } from '../messagingService';
import type { Fields } from './formChanges';
import { changesOf, flag, integer, method, text, url } from './formChanges';

const INVALID_PARAMETER = 20001;

const FIELDS: Fields<MessagingService> = {
	FriendlyName: ['friendly_name', text],
	InboundRequestUrl: ['inbound_request_url', url(INVALID_PARAMETER, null)],
	InboundMethod: ['inbound_method', method(INVALID_PARAMETER)],
	FallbackUrl: ['fallback_url', url(INVALID_PARAMETER, null)],
	FallbackMethod: ['fallback_method', method(INVALID_PARAMETER)],
	StatusCallback: ['status_callback', url(INVALID_PARAMETER, null)],
	StickySender: ['sticky_sender', flag],
	MmsConverter: ['mms_converter', flag],
	SmartEncoding: ['smart_encoding', flag],
	ScanMessageContent: ['scan_message_content', text],
	FallbackToLongCode: ['fallback_to_long_code', flag],
	AreaCodeGeomatch: ['area_code_geomatch', flag],
	SynchronousValidation: ['synchronous_validation', flag],
	ValidityPeriod: ['validity_period', integer(INVALID_PARAMETER, 1, 36_000)],
	Usecase: ['usecase', text],
	UseInboundWebhookOnNumber: ['use_inbound_webhook_on_number', flag],
};

export function updateService(service: MessagingService, form: URLSearchParams): void {
	Object.assign(service, changesOf(form, FIELDS), { date_updated: iso8601() });
}
