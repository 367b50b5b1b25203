// Where Twilio points a number that was just bought.
const DEMO_URL = /^https?:\/\/demo\.twilio\.com\/welcome\/sms\/reply\/?$/;

/** Whether a webhook is free to be replaced: there is no URL, or it is Twilio's demo. */
export function isFreeUrl(url: string): boolean {
	return url === '' || DEMO_URL.test(url);
}

/** The URL without its fragment, in which Twilio keeps connection overrides and which it never sends. */
export function withoutFragment(url: string): string {
	return url.replace(/#.*/s, '');
}

/** The URL fit for a text or a log: without user name, password, query and fragment. */
export function redactUrl(url: string): string {
	return url.replace(/[?#].*/s, '').replace(/\/\/[^/]*@/, '//');
}
