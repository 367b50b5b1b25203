// Where Twilio points a number that was just bought.
const DEMO_URL = /^https?:\/\/demo\.twilio\.com\/welcome\/sms\/reply\/?$/;

/** Whether nobody has use for what is posted to this URL. */
export function isFreeUrl(url: string): boolean {
	return url === '' || DEMO_URL.test(url);
}

/** A webhook's URL may carry a password or a token, and this is going to be read and logged. */
export function withoutSecrets(url: string): string {
	return url.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//');
}
