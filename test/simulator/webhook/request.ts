import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { Parameters, Webhook } from './delivery';

export interface WebhookRequest {
	url: string;
	method: 'GET' | 'POST';
	headers: Record<string, string>;
	body: string;
}

/** What Twilio puts on the wire. The URL stays text: Twilio signs it as it was configured. */
export function webhookRequest(
	webhook: Webhook,
	parameters: Parameters,
	given: { authToken: string; idempotencyToken: string; cookie?: string },
): WebhookRequest {
	const { authToken, idempotencyToken, cookie } = given;
	const form = new URLSearchParams(parameters).toString();
	const address = requestedUrl(webhook.url);
	const isPost = webhook.method === 'POST';
	const url = isPost || form === '' ? address : `${address}${separator(address)}${form}`;
	const signed = isPost ? Object.fromEntries(parameters) : {};
	return {
		url,
		method: webhook.method,
		headers: {
			...(isPost && { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' }),
			...(isPost && { 'Content-Length': String(Buffer.byteLength(form)) }),
			...(cookie !== undefined && { Cookie: cookie }),
			Host: new URL(url).host,
			'User-Agent': 'TwilioProxy/1.1',
			Accept: '*/*',
			'Accept-Encoding': 'gzip',
			'X-Home-Region': 'us1',
			'I-Twilio-Idempotency-Token': idempotencyToken,
			'X-Twilio-Signature': getExpectedTwilioSignature(authToken, url, signed),
		},
		body: isPost ? form : '',
	};
}

/** The password of the URL, which Twilio sends only once it is asked for one. */
export function basicAuthorization(url: string): string | undefined {
	const { username, password } = new URL(url);
	if (username === '') return undefined;
	const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	return `Basic ${Buffer.from(credentials).toString('base64')}`;
}

/** The fragment holds Twilio's connection overrides, the userinfo a password: both stay home. */
function requestedUrl(url: string): string {
	return url.replace(/#.*$/s, '').replace(/^(https?:\/\/)[^/?#]*@/i, '$1');
}

function separator(url: string): string {
	return url.includes('?') ? '&' : '?';
}
