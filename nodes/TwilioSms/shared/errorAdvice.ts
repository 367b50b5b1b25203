import { DELIVERY_ADVICE } from './deliveryAdvice';
import { REQUEST_ADVICE } from './requestAdvice';

/** What to do about a Twilio error code or, without one that is known, about an HTTP status. */
export function adviceFor(code: number | undefined, httpStatus: number): string {
	const known = code === undefined ? undefined : (REQUEST_ADVICE[code] ?? DELIVERY_ADVICE[code]);
	if (known) return known;
	if (httpStatus === 401) return REQUEST_ADVICE[20003];
	if (httpStatus === 403) return 'This API key or account is not allowed to do this in Twilio.';
	if (httpStatus === 404) return REQUEST_ADVICE[20404];
	if (httpStatus === 429) return REQUEST_ADVICE[20429];
	if (httpStatus >= 500) return REQUEST_ADVICE[20500];
	return 'Change what Twilio names above and try again.';
}
