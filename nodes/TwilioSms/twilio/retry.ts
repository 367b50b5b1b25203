import type { IHttpRequestMethods, IN8nHttpFullResponse } from 'n8n-workflow';

/** What came of a request: an HTTP answer, or why there is none. */
export type Answer = HttpAnswer | NoAnswer;

export type HttpAnswer = Pick<IN8nHttpFullResponse, 'statusCode' | 'headers' | 'body'>;

export interface NoAnswer {
	/** Such as `ECONNRESET`. */
	networkCode: string;
	/** Whether the request cannot have reached Twilio. */
	isUnsent: boolean;
}

/** How a request has gone so far. */
export interface Attempts {
	/** How often it was made. */
	tries: number;
	/** Since it was first made. */
	elapsedMs: number;
	/** How long refusals because of too many requests are waited out. */
	busyTimeoutMs: number;
}

// The connection was never made.
const NOT_CONNECTED = [
	'EADDRNOTAVAIL',
	'EAI_AGAIN',
	'EAI_FAIL',
	'ECONNREFUSED',
	'EHOSTDOWN',
	'EHOSTUNREACH',
	'ENETDOWN',
	'ENETUNREACH',
	'ENOTFOUND',
];

// Node refused the other side's certificate, or there was no TLS at all on the other side. Both
// are found out before the first byte of the request is written.
const HANDSHAKE_FAILED =
	/^(CERT_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_EXCEEDED|ERR_TLS_CERT_ALTNAME_INVALID|ERR_TLS_HANDSHAKE_TIMEOUT|ERR_SSL_(WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL|.*HANDSHAKE_FAILURE|.*PROTOCOL_VERSION|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST))$/;
const HANDSHAKE_TEXT =
	/wrong version number|unsupported protocol|handshake failure|alert protocol version|packet length too long|http request/i;

// n8n gave up on the request because the execution was canceled.
const CANCELED = 'ERR_CANCELED';

// The sender's own queue is full, or the account has sent all that it may in a day: waiting here is of
// no use.
const FOR_HOURS: unknown[] = [21611, 63038];

const MOST_TRIES_WHEN_FAILING = 3;

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;

/** Why there is no answer, or `undefined` for an error that is not one of the network. */
export function noAnswerOf(error: unknown): NoAnswer | undefined {
	const chain = [...causesOf(error)];
	const networkCode = chain.map(codeOf).find(Boolean);
	if (networkCode === undefined) return undefined;
	const texts = chain.flatMap(({ message, messages }) => [message, messages].flat().map(String));
	const isUnsent =
		NOT_CONNECTED.includes(networkCode) ||
		HANDSHAKE_FAILED.test(networkCode) ||
		(networkCode === 'EPROTO' && texts.some((text) => HANDSHAKE_TEXT.test(text))) ||
		// A timeout while connecting has the same code as one while waiting for the answer.
		texts.some((text) => text.startsWith(`connect ${networkCode}`));
	return { networkCode, isUnsent };
}

/** Whether Twilio has too many requests of this account at once; it did nothing with this one. */
export function isTooMany(answer: Answer): boolean {
	if (!('statusCode' in answer) || answer.statusCode !== 429) return false;
	return !FOR_HOURS.includes((answer.body as { code?: unknown } | undefined)?.code);
}

/**
 * How many milliseconds to wait before the request is made again, or `undefined` to take the
 * answer as it is. A request that may have had an effect is made again only if it is a read.
 *
 * @see https://www.twilio.com/docs/api/errors/20429
 */
export function retryDelay(
	method: IHttpRequestMethods,
	answer: Answer,
	{ tries, elapsedMs, busyTimeoutMs }: Attempts,
): number | undefined {
	const asked = 'headers' in answer ? retryAfter(answer.headers['retry-after']) : undefined;
	// Twilio also sends 0, and a request repeated at once is refused again.
	const wait = asked || backoff(tries);
	if (isTooMany(answer)) return elapsedMs + wait <= busyTimeoutMs ? wait : undefined;
	const isRead = method === 'GET';
	const isFailure =
		'networkCode' in answer
			? answer.isUnsent || (isRead && answer.networkCode !== CANCELED)
			: isRead && answer.statusCode >= 500;
	if (!isFailure || tries >= MOST_TRIES_WHEN_FAILING) return undefined;
	return wait <= LONGEST_DELAY_MS ? wait : undefined;
}

// Half of the delay is random, so that requests refused together are not repeated together.
function backoff(tries: number): number {
	const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (tries - 1));
	return longest / 2 + (longest / 2) * Math.random();
}

// Seconds, or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
function retryAfter(header: unknown): number | undefined {
	const text = String(header);
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	// `Date.parse` takes almost any text for a date, even "-1", and one without a time zone for one
	// of this machine's.
	const time = /^[A-Z][a-z]{2}, .* GMT/.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(time) ? undefined : Math.max(0, time - Date.now());
}

interface Failure {
	code?: unknown;
	httpCode?: unknown;
	message?: unknown;
	/** Where n8n's errors keep the texts that they replaced by their own. */
	messages?: unknown;
	cause?: unknown;
}

// n8n wraps the HTTP client's error, sometimes more than once.
function* causesOf(error: unknown): Generator<Failure> {
	const seen = new Set<unknown>();
	let current = error as Failure | undefined;
	while (current && !seen.has(current)) {
		seen.add(current);
		yield current;
		current = current.cause as Failure | undefined;
	}
}

// n8n 1.x loses the cause of an error that it wraps, and keeps the code as that of the HTTP answer.
function codeOf({ code, httpCode }: Failure): string | undefined {
	return [code, httpCode].map(String).find((one) => /^[A-Z]/.test(one));
}
