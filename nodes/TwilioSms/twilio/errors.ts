import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { adviceFor, headlineFor } from './advice';

/**
 * The two shapes of Twilio's error bodies: its own and RFC 9457 (`title`, `detail`).
 *
 * @see https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions
 */
interface TwilioErrorBody {
	code?: number;
	/** `message`, or in the other shape `detail` or `title`. */
	message?: string;
	link?: string;
}

// Those of connections; others are OpenSSL's and Node's about certificates and TLS.
const NETWORK_CODES = /^E(?!RR_|PROTO)/;

const NOT_TWILIO_ADVICE =
	"Check n8n's proxy (HTTPS_PROXY), the firewall of its network, and the Base URL or region in the credential.";

export interface UnknownOutcome {
	recipient: string;
	cause: string;
}

/** What a request was about, for the words about its failure. */
interface RefusedRequest {
	/** Who gets the message. */
	recipient?: string;
	/** What a restricted API key needs for it. */
	permission?: string;
}

/**
 * An HTTP answer of 300 and above, as a node error. n8n's notification shows nothing but its message,
 * so that says what happened in a user's words; the description has what to do, Twilio's words and
 * its code.
 */
export function refusedError(
	node: INode,
	httpStatus: number,
	body: unknown,
	{ recipient, permission }: RefusedRequest = {},
): NodeApiError {
	const { code, link, message: words } = readErrorBody(body);
	const headline = headlineFor(code, httpStatus, recipient);
	const message = headline ?? words ?? `Twilio answered with HTTP status ${httpStatus}`;
	const reference =
		code === undefined
			? `HTTP status ${httpStatus}`
			: `Twilio error ${code}: ${link ?? `https://www.twilio.com/docs/errors/${code}`}`;
	const description = [
		adviceFor(code, httpStatus, permission),
		headline && words && `Twilio says: "${words}"`,
		`(${reference})`,
	];
	const error = new NodeApiError(node, { code, status: httpStatus } as JsonObject);
	// n8n replaces a text that contains an error code such as EEXIST, even inside a word, with its own.
	error.message = message;
	error.description = description.filter(Boolean).join(' ');
	error.context.twilioCode = code;
	error.context.isTemporary = httpStatus === 429 || httpStatus >= 500;
	return error;
}

/** A request that failed before anything could have happened at Twilio. */
export function unreachableError(node: INode, networkCode: string): NodeApiError {
	const advice = NETWORK_CODES.test(networkCode)
		? 'Check the internet connection of this n8n and the region in the credential, then try again.'
		: "The connection could not be secured: what answered has no valid certificate. Check the credential's region or Base URL, the clock of this machine and, behind a company proxy, that n8n knows its certificate (NODE_EXTRA_CA_CERTS).";
	return temporaryError(node, {
		message: 'Twilio could not be reached, so nothing was changed or sent',
		description: `${advice}${reason(networkCode)}`,
	});
}

/** A read, or a change, without an answer. */
export function noAnswerError(node: INode, networkCode: string): NodeApiError {
	return temporaryError(node, {
		message: 'Twilio did not answer',
		description: `Check the internet connection of this n8n, then try again.${reason(networkCode)}`,
	});
}

/** An answer that Twilio cannot have given. */
export function notTwilioError(node: INode, httpStatus: number, host: string): NodeApiError {
	const error = temporaryError(node, {
		message: `Something between n8n and Twilio answered, not Twilio (HTTP status ${httpStatus})`,
		description: `${NOT_TWILIO_ADVICE} (Asked: ${host})`,
	});
	error.httpCode = String(httpStatus);
	return error;
}

/** A list whose pages come again, or never end. */
export function endlessListError(node: INode): NodeApiError {
	return new NodeApiError(
		node,
		{},
		{
			message: "Twilio's list does not end",
			description:
				'Its pages lead back to each other. Ask for fewer entries with "Limit" or a filter, and check the Base URL in the credential.',
		},
	);
}

/** Why an answer is none of Twilio's, for `unknownOutcomeError`. */
export function notTwilioCause(httpStatus: number): string {
	return `What answered was not Twilio (HTTP status ${httpStatus}). ${NOT_TWILIO_ADVICE}`;
}

/**
 * A message of which it is not known whether it went out. Twilio has no idempotency key, so
 * whoever sends it again may text and pay twice: the user has to look first.
 *
 * @param cause a sentence
 */
export function unknownOutcomeError(node: INode, recipient: string, cause: string): NodeApiError {
	const error = new NodeApiError(
		node,
		{},
		{
			message: `It is not known whether Twilio sent the message to ${recipient}`,
			description: `${cause} To be safe it was not sent again. Look for it in the Twilio Console > Monitor > Logs > Messaging, or with the operation Get Many and the filter To, and send it again only if it is not there.`,
		},
	);
	error.context.unknownOutcome = { recipient, cause };
	return error;
}

/** What `unknownOutcomeError` was told, or `undefined` for any other error. */
export function unknownOutcomeOf(error: unknown): UnknownOutcome | undefined {
	if (!(error instanceof NodeApiError)) return undefined;
	return error.context.unknownOutcome as UnknownOutcome | undefined;
}

/** What the user entered or chose cannot be right. */
export function inputError(node: INode, message: string, description?: string) {
	const error = new NodeOperationError(node, message, { description });
	// n8n replaces a message that contains an error code such as EEXIST, even inside a word, with its
	// own.
	error.message = message;
	return error;
}

/** Nothing is begun any more, because the user or a time limit stopped the execution. */
export function canceledError(node: INode) {
	return new NodeOperationError(node, 'The execution was canceled');
}

/** Whether a body is one with which Twilio reports an error. */
export function isErrorBody(body: unknown): boolean {
	const { code, message } = readErrorBody(body);
	return code !== undefined || message !== undefined;
}

/** Whether the same request may well succeed later: Twilio was not reached, failed or was busy. */
export function isTemporary(error: unknown): boolean {
	return error instanceof NodeApiError && error.context.isTemporary === true;
}

/** Whether Twilio refused a request for what is in it. */
export function isRefused(error: unknown): boolean {
	return error instanceof NodeApiError && error.httpCode === '400';
}

/** Whether Twilio refused a request and would again, as one that an API key has no permission for. */
export function isDenied(error: unknown): boolean {
	return error instanceof NodeApiError && /^4/.test(error.httpCode ?? '') && !isTemporary(error);
}

export function isNotFound(error: unknown): boolean {
	return error instanceof NodeApiError && error.httpCode === '404';
}

/** Keeps the errors of this node as they are and turns any other into one. */
export function asNodeError(node: INode, error: unknown, itemIndex?: number) {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	return new NodeOperationError(node, error as Error, { itemIndex });
}

function temporaryError(node: INode, text: { message: string; description: string }) {
	const error = new NodeApiError(node, {}, text);
	error.context.isTemporary = true;
	return error;
}

// n8n replaces a whole message or description that holds a code such as ETIMEDOUT in capitals.
function reason(networkCode: string): string {
	return ` (Reason: ${networkCode.toLowerCase()})`;
}

function readErrorBody(body: unknown): TwilioErrorBody {
	if (typeof body !== 'object' || body === null) return {};
	const { code, message, detail, title, more_info: link } = body as Record<string, unknown>;
	const texts = [message, detail, title].filter((text) => typeof text === 'string');
	return {
		code: typeof code === 'number' ? code : undefined,
		message: texts.find(Boolean),
		link: typeof link === 'string' ? link : undefined,
	};
}
