import type { Answer } from './exchange';
import type { TwilioRequest } from './request';

// The connection was never made, so Twilio cannot have seen the request.
const NOT_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

// n8n gave up on the request because the execution was canceled.
const CANCELED = 'ERR_CANCELED';

// The sender's own queue is full, for hours: waiting here is of no use.
const QUEUE_FULL = 21611;

const MOST_TRIES_WHEN_BUSY = 5;
const MOST_TRIES_WHEN_FAILING = 3;

const FIRST_DELAY_MS = 500;

// Whoever is told to come back later than this had better tell the user.
const LONGEST_WAIT_MS = 60_000;

/** Whether the request cannot have reached Twilio. */
export function wasNeverSent(networkCode: string): boolean {
	return NOT_CONNECTED.includes(networkCode);
}

/** Whether Twilio has too many requests of this account at once; it did nothing with this one. */
export function isTooMany(answer: Answer): boolean {
	if (!('statusCode' in answer) || answer.statusCode !== 429) return false;
	return (answer.body as { code?: unknown } | undefined)?.code !== QUEUE_FULL;
}

/**
 * How many milliseconds to wait before the request is made again, or `undefined` to take the
 * answer as it is. A request that may have had an effect is made again only if it is a read.
 *
 * @param tries how often it was made, including this time
 * @see https://www.twilio.com/docs/api/errors/20429
 */
export function retryDelay(
	{ method }: Pick<TwilioRequest, 'method'>,
	answer: Answer,
	tries: number,
): number | undefined {
	if (isTooMany(answer)) {
		return tries < MOST_TRIES_WHEN_BUSY ? delay(answer, tries) : undefined;
	}
	const isFailure =
		'networkCode' in answer
			? wasNeverSent(answer.networkCode) || (method === 'GET' && answer.networkCode !== CANCELED)
			: method === 'GET' && answer.statusCode >= 500;
	return isFailure && tries < MOST_TRIES_WHEN_FAILING ? delay(answer, tries) : undefined;
}

function delay(answer: Answer, tries: number): number | undefined {
	const asked = 'headers' in answer ? retryAfter(answer.headers['retry-after']) : undefined;
	if (asked !== undefined) return asked <= LONGEST_WAIT_MS ? asked : undefined;
	// Half of it by chance, so that requests refused together do not come back together.
	const longest = FIRST_DELAY_MS * 2 ** (tries - 1);
	return longest / 2 + (longest / 2) * Math.random();
}

// Seconds, or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
function retryAfter(header: unknown): number | undefined {
	const text = String(header ?? '').trim();
	const milliseconds = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
	return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
