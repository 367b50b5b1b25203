import type { Conditions } from '../conditions';

const PRIVATE =
	/^(?:localhost|.*\.(?:local|internal|localhost)|127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(?:1[6-9]|2\d|3[01])\..*|\[::1\]|0\.0\.0\.0)$/;

/** An address that Twilio calls: one on the internet, without an underscore in its host's name. */
export function isCallable(text: string, { refusesPrivateUrls }: Conditions): boolean {
	if (!isHttpUrl(text)) return false;
	const { hostname } = new URL(text);
	return !hostname.includes('_') && !(refusesPrivateUrls && PRIVATE.test(hostname));
}

export function isHttpUrl(text: string): boolean {
	return /^https?:\/\//i.test(text) && URL.canParse(text);
}
