import { DELIVERY_ADVICE } from '../../twilio/advice';

/** What became of a message in the end. */
export type Delivery = {
	delivered: boolean;
	/** Twilio's, one after which no other comes but `read` after `delivered`. */
	status: string;
	errorCode: number | null;
	/** What the code means and what to do about it, null without one. */
	errorMessage: string | null;
	messageSid: string;
};

const DELIVERED = ['delivered', 'read'];
const NOT_DELIVERED = ['undelivered', 'failed', 'canceled'];

/**
 * The end of a message, or `undefined` for a status after which another one comes.
 *
 * @see https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
 */
export function toDelivery(
	messageSid: string,
	status: string,
	errorCode: number | null,
): Delivery | undefined {
	const delivered = DELIVERED.includes(status);
	if (!delivered && !NOT_DELIVERED.includes(status)) return undefined;
	return { delivered, status, errorCode, errorMessage: explained(errorCode), messageSid };
}

function explained(errorCode: number | null): string | null {
	if (errorCode === null) return null;
	const reference = `Twilio error ${errorCode}: https://www.twilio.com/docs/errors/${errorCode}`;
	return [DELIVERY_ADVICE[errorCode], `(${reference})`].filter(Boolean).join(' ');
}
