import type { Account } from './account';
import type { Message } from './message';
import { newSid } from './sid';
import type { Delivery } from './webhook/delivery';

/** What Twilio's debugger keeps of a webhook that failed. */
export interface Alert {
	sid: string;
	accountSid: string;
	errorCode: number;
	isWarning: boolean;
	resourceSid: string;
	requestUrl: string;
	requestMethod: string;
	/** The form that was posted, url-encoded. */
	requestVariables: string;
	generatedAt: Date;
	/** When it begins to be listed. */
	listedAt: Date;
}

export function newAlert(
	{ sid, conditions }: Account,
	message: Message,
	{ url, method, parameters }: Delivery,
	errorCode: number,
	isWarning: boolean,
): Alert {
	const generatedAt = new Date();
	return {
		sid: newSid('NO'),
		accountSid: sid,
		errorCode,
		isWarning,
		resourceSid: message.sid,
		requestUrl: url.replace(/#.*$/s, ''),
		requestMethod: method,
		requestVariables: new URLSearchParams(parameters).toString(),
		generatedAt,
		listedAt: new Date(generatedAt.getTime() + conditions.alertDelay),
	};
}
