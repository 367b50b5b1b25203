/**
 * A message as Twilio's REST API returns it: counts and prices as text, dates in RFC 2822.
 *
 * @see https://www.twilio.com/docs/messaging/api/message-resource#message-properties
 */
export type TwilioMessage = {
	sid: string;
	status: string;
	from: string | null;
	to: string;
	body: string | null;
	num_segments: string | null;
	num_media: string | null;
	direction: string;
	error_code: number | null;
	error_message: string | null;
	price: string | null;
	price_unit: string | null;
	messaging_service_sid: string | null;
	account_sid: string;
	date_created: string | null;
	date_sent: string | null;
	date_updated: string | null;
};

/**
 * What a message is created with; lists repeat their name in the form.
 *
 * @see https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
 */
export type MessageParameters = {
	To: string;
	From?: string;
	MessagingServiceSid?: string;
	Body?: string;
	MediaUrl?: string[];
	ContentSid?: string;
	ContentVariables?: string;
	ScheduleType?: 'fixed';
	/** ISO 8601 in UTC, to the second. */
	SendAt?: string;
	StatusCallback?: string;
	/** Seconds. */
	ValidityPeriod?: string;
	SmartEncoded?: string;
	ShortenUrls?: string;
	SendAsMms?: string;
	RiskCheck?: string;
	ContentRetention?: string;
	AddressRetention?: string;
	PersistentAction?: string[];
	ProvideFeedback?: string;
	FallbackFrom?: string;
};

/**
 * The filters of Twilio's list of messages. The comparison is part of the name of a date's
 * parameter.
 *
 * @see https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
 */
export type MessageFilters = {
	To?: string;
	From?: string;
	'DateSent>'?: string;
	'DateSent<'?: string;
	PageSize?: number;
};

/** @see https://www.twilio.com/docs/messaging/api/media-resource#media-properties */
export type TwilioMedia = {
	sid: string;
	content_type: string;
};

/**
 * A phone number of the account. URLs that are not set come as `''` or `null`.
 *
 * @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
 */
export type TwilioPhoneNumber = {
	sid: string;
	account_sid: string;
	phone_number: string;
	friendly_name: string;
	capabilities: { sms: boolean; mms: boolean; voice: boolean; fax?: boolean };
	sms_url: string | null;
	sms_method: string | null;
	sms_fallback_url: string | null;
	sms_fallback_method: string | null;
	sms_application_sid: string | null;
	date_created: string | null;
	date_updated: string | null;
};

/** What of a phone number this package changes; an empty value clears the setting. */
export type PhoneNumberParameters = {
	SmsUrl?: string;
	SmsMethod?: string;
	SmsApplicationSid?: string;
};

export type PhoneNumberFilters = {
	/** Twilio also finds numbers that merely contain it. */
	PhoneNumber?: string;
	FriendlyName?: string;
	PageSize?: number;
};

/** @see https://www.twilio.com/docs/usage/api/applications#application-properties */
export type TwilioApplication = {
	sid: string;
	friendly_name: string;
	sms_url: string | null;
	sms_method: string | null;
};

/**
 * A Messaging Service. Its inbound URL takes the texts to all its numbers, unless it defers to
 * the webhook of each.
 *
 * @see https://www.twilio.com/docs/messaging/api/service-resource
 */
export type TwilioMessagingService = {
	sid: string;
	account_sid: string;
	friendly_name: string;
	inbound_request_url: string | null;
	inbound_method: string | null;
	use_inbound_webhook_on_number: boolean;
	status_callback: string | null;
};

/** What of a Messaging Service this package changes; an empty value clears the setting. */
export type MessagingServiceParameters = {
	InboundRequestUrl?: string;
	InboundMethod?: string;
	UseInboundWebhookOnNumber?: string;
	StatusCallback?: string;
};

/**
 * What Twilio Lookup knows about a number. Packages that were not asked for are `null`.
 *
 * @see https://www.twilio.com/docs/lookup/v2-api#lookup-response-properties
 */
export type TwilioLookup = {
	phone_number: string;
	valid: boolean;
	validation_errors: string[] | null;
	national_format: string | null;
	country_code: string | null;
	calling_country_code: string | null;
	line_type_intelligence: {
		type: string | null;
		carrier_name: string | null;
		mobile_country_code: string | null;
		mobile_network_code: string | null;
		error_code: number | null;
	} | null;
};

/** @see https://www.twilio.com/docs/messaging/api/short-code-resource */
export type TwilioShortCode = {
	sid: string;
	short_code: string;
	friendly_name: string;
};

/** @see https://www.twilio.com/docs/whatsapp/api/senders */
export type TwilioChannelSender = {
	sid: string;
	/** `whatsapp:+14155550100` */
	sender_id: string;
	status: string | null;
	profile?: { name?: string | null } | null;
};

/**
 * A content template, with what WhatsApp says about it if it was asked.
 *
 * @see https://www.twilio.com/docs/content/content-api-resources
 */
export type TwilioContent = {
	sid: string;
	friendly_name: string;
	language: string;
	approval_requests: { status?: string } | null;
};

/** @see https://www.twilio.com/docs/messaging/api/message-feedback-resource */
export type TwilioMessageFeedback = {
	message_sid: string;
	outcome: FeedbackOutcome;
	date_created: string | null;
};

export type FeedbackOutcome = 'confirmed' | 'unconfirmed';

/**
 * What went wrong when Twilio called a webhook, or somebody the API. The code is a text.
 *
 * @see https://www.twilio.com/docs/usage/monitor-alert
 */
export type TwilioAlert = {
	sid: string;
	error_code: string | null;
	/** Of the message that the webhook was called for. */
	resource_sid: string | null;
	request_url: string | null;
	date_generated: string | null;
	/** The form that was posted, url-encoded; left out in lists. */
	request_variables?: string | null;
};

export type AlertFilters = {
	LogLevel?: 'error' | 'warning';
	/** ISO 8601, in UTC. */
	StartDate?: string;
	PageSize?: number;
};

export type LookupParameters = {
	/** ISO 3166-1 alpha-2, for a number without its country code. */
	CountryCode?: string;
	/** The data packages wanted, separated by commas. */
	Fields?: string;
};
