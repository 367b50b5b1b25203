/**
 * What Twilio lets an account do before it is paid for. Both kinds text verified numbers only, from
 * the account's first number only; the older kind any text, the newer one fixed templates by name.
 */
export interface Trial {
	kind: 'freeText' | 'templates';
	verifiedNumbers: string[];
}

export const TRIAL_PREFIX = 'Sent from your Twilio trial account - ';

export const TRIAL_TEMPLATES = [
	'sms_2fa',
	'sms_appointment_reminders',
	'sms_order_confirmation',
	'sms_delivery_updates',
	'sms_customer_support',
	'sms_marketing_promotions',
	'sms_event_notifications',
	'sms_account_alerts',
	'sms_feedback_surveys',
	'sms_internal_alerts',
];
