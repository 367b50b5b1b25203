import { createHmac, timingSafeEqual } from 'crypto';

import { withoutFragment } from './webhookUrl';

// Splits without `new URL()`, which would write the signed characters anew. A user name in front of
// the host is left out, as Twilio does.
const URL_PARTS = /^(https?:\/\/)(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(:\d+)?(.*)/is;

/**
 * Whether Twilio signed this form post with the account's Auth Token. Never throws, and takes as
 * long for a signature that is nearly right as for any other.
 *
 * @param authToken the account's primary Auth Token; API key secrets sign nothing
 * @param url the webhook as Twilio knows it; a fragment and a user name are not signed
 * @param form what was posted, in any order; a name may come more than once
 * @param signature the header `X-Twilio-Signature`, base64
 * @see https://www.twilio.com/docs/usage/security#validating-requests
 */
export function isSignedByTwilio(
	authToken: string,
	url: string,
	form: URLSearchParams,
	signature: string,
): boolean {
	if (!authToken || !signature) return false;
	return portSpellings(url)
		.map((spelling) => isEqual(sign(authToken, spelling, form), signature))
		.includes(true);
}

// Some of Twilio's servers sign the URL with its port and some without, so Twilio's own libraries
// accept both: https://github.com/twilio/twilio-node/blob/main/src/webhooks/webhooks.ts
function portSpellings(url: string): string[] {
	const [, scheme, host, port, rest] = URL_PARTS.exec(withoutFragment(url)) ?? [];
	if (!scheme) return [];
	const defaultPort = scheme.toLowerCase() === 'https://' ? ':443' : ':80';
	return [`${scheme}${host}${rest}`, `${scheme}${host}${port ?? defaultPort}${rest}`];
}

/** HMAC-SHA1 in base64 over the URL, then each name with its values, sorted and without repeats. */
function sign(authToken: string, url: string, form: URLSearchParams): string {
	const valuesByName = new Map<string, Set<string>>();
	for (const [name, value] of form) {
		valuesByName.set(name, (valuesByName.get(name) ?? new Set()).add(value));
	}
	const signed = [...valuesByName.keys()]
		.sort()
		.flatMap((name) => [...valuesByName.get(name)!].sort().map((value) => name + value));
	return createHmac('sha1', authToken)
		.update(url + signed.join(''))
		.digest('base64');
}

function isEqual(expected: string, actual: string): boolean {
	const [a, b] = [Buffer.from(expected), Buffer.from(actual)];
	return a.length === b.length && timingSafeEqual(a, b);
}
