import type { Account } from '../account';
import type { OutgoingMessage } from '../outbound';
import { badRequest } from './exception';
import { addresses } from './messageSender';
import { isHttpUrl } from './url';

const MAX_BODY_LENGTH = 1600;
const MAX_MEDIA = 10;
const MAX_URL_LENGTH = 4000;
const MAX_VALIDITY_PERIOD = 36_000;

/** The message that the form asks for, or Twilio's first objection to it. */
export function messageRequest(
	account: Account,
	form: URLSearchParams,
): Omit<OutgoingMessage, 'direction'> {
	const to = form.get('To') ?? '';
	const from = form.get('From') ?? '';
	const service = form.get('MessagingServiceSid') ?? '';
	const body = form.get('Body') ?? '';
	const mediaUrls = form.getAll('MediaUrl');
	const statusCallback = form.get('StatusCallback') || undefined;

	if (to === '') throw badRequest(21604, "A 'To' phone number is required.");
	if (from === '' && service === '') {
		const reason = "A 'From' or 'MessagingServiceSid' parameter is required to send a message";
		throw badRequest(21603, reason);
	}
	if (body === '' && mediaUrls.length === 0 && !form.has('ContentSid')) {
		throw form.has('Body')
			? badRequest(21602, 'Message body is required.')
			: badRequest(21619, 'A text message body or media urls must be specified.');
	}
	if (from === '') throw badRequest(21705, `The Messaging Service Sid ${service} is invalid`);
	const pair = addresses(account, { to, from });
	checkBody(body);
	checkMedia(mediaUrls);
	checkStatusCallback(statusCallback);
	checkValidityPeriod(form.get('ValidityPeriod'));
	return { ...pair, body, mediaUrls, statusCallback };
}

function checkBody(body: string): void {
	if (body.length <= MAX_BODY_LENGTH) return;
	const reason = 'The concatenated message body exceeds the 1600 character limit.';
	throw badRequest(21617, reason);
}

function checkMedia(urls: string[]): void {
	if (urls.length > MAX_MEDIA) {
		throw badRequest(21623, 'Number of media files exceeds allowed limit.');
	}
	if (!urls.every(isHttpUrl)) throw badRequest(21620, 'Invalid media URL(s)');
}

function checkStatusCallback(url?: string): void {
	if (url === undefined) return;
	const valid = url.length <= MAX_URL_LENGTH && isHttpUrl(url);
	if (valid && !new URL(url).hostname.includes('_')) return;
	throw badRequest(21609, `The StatusCallback URL ${url} is not a valid URL.`);
}

function checkValidityPeriod(text: string | null): void {
	if (text === null || text === '') return;
	const seconds = Number(text);
	if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_VALIDITY_PERIOD) return;
	throw badRequest(21624, `The ValidityPeriod ${text} is invalid`);
}
