import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { cutText, LONGEST_TEXT } from '../../shared/messageLength';
import type { TwilioClient } from '../../twilio/client';
import { inputError } from '../../twilio/errors';
import { isLoopbackHost, isPublicHost } from '../../twilio/hosts';
import type { OperationInput } from '../operation';

/**
 * Asks Twilio to report up to five times more when n8n cannot be connected to (ct), does not answer
 * (rt) or fails. After 4xx as well: n8n answers 409 as long as it has not stored that it waits.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
const RETRY = '#rc=5&rp=4xx,5xx,ct,rt';

const WEBHOOK_URL_ADVICE =
	'Give n8n a public address: set the environment variable WEBHOOK_URL (N8N_WEBHOOK_URL since n8n 2.41), or run a tunnel.';

/**
 * Where the person answers: a link that only n8n can have made, for this execution.
 *
 * @param isOnlyWay whether it has to be opened, as the answer cannot come by text
 * @throws NodeOperationError when no phone could open it
 */
export async function pageLink(
	{ n8n, twilio }: OperationInput,
	isOnlyWay: boolean,
): Promise<string> {
	const link = signedLink(n8n);
	const { origin, hostname } = new URL(link);
	if (!isOnlyWay || !isLoopbackHost(hostname) || (await isSimulated(twilio))) return link;
	throw inputError(
		n8n.getNode(),
		`No phone can open a link to this n8n at ${origin}`,
		`The text would hold a link to the page on which it is answered. ${WEBHOOK_URL_ADVICE}`,
	);
}

/**
 * Where Twilio reports what becomes of the message.
 *
 * @throws NodeOperationError when Twilio cannot reach it, or the node could not tell that it is Twilio
 */
export async function callbackLink({ n8n, twilio }: OperationInput): Promise<string> {
	const link = signedLink(n8n);
	const { origin, hostname } = new URL(link);
	if (!isPublicHost(hostname) && !(await isSimulated(twilio))) {
		throw inputError(
			n8n.getNode(),
			`Twilio cannot reach this n8n at ${origin}`,
			`Twilio reports the delivery to n8n over the internet. ${WEBHOOK_URL_ADVICE}`,
		);
	}
	await requireAuthToken(n8n, twilio);
	return link + RETRY;
}

// Beside an API key it is used for nothing else, and with a wrong one every report would be rejected.
async function requireAuthToken(n8n: IExecuteFunctions, twilio: TwilioClient): Promise<void> {
	const { authType, authToken } = await twilio.credential();
	const isWrong = authType === 'apiKey' && authToken.trim() && (await twilio.isAuthTokenWrong());
	if (authToken.trim() && !isWrong) return;
	throw inputError(
		n8n.getNode(),
		isWrong ? 'The Auth Token in the credential is wrong' : 'The credential has no Auth Token',
		'Twilio signs its delivery reports with the Auth Token, not with an API key. Copy it from the Twilio Console into the credential to wait for them.',
	);
}

function signedLink(n8n: IExecuteFunctions): string {
	if (typeof n8n.getSignedResumeUrl === 'function') {
		requireSignature(n8n);
		return n8n.getSignedResumeUrl(beginRound(n8n));
	}
	throw inputError(
		n8n.getNode(),
		'This version of n8n cannot wait for an answer safely',
		'Update n8n to a version with signed links (2025 or later), or send the message without waiting.',
	);
}

// n8n 1.x checks the signature of a link only for executions that ask for it: without, anybody who
// knows an execution's number could answer. n8n 2.x always checks it and has no such function.
function requireSignature(n8n: IExecuteFunctions): void {
	if ('setSignatureValidationRequired' in n8n) {
		(n8n.setSignatureValidationRequired as () => void)();
	}
}

// A Twilio of one's own may well run on the same machine.
async function isSimulated(twilio: TwilioClient): Promise<boolean> {
	return (await twilio.credential()).region === 'custom';
}

/**
 * In a loop the node asks several times in the same execution, and n8n gives all of them the same
 * link: somebody who was asked before, or a late report on an earlier message, would answer for
 * the person who is asked now. So from the second time on the links say which time it is.
 */
function beginRound(n8n: IExecuteFunctions): Record<string, string> {
	const round = n8n.getWorkflowDataProxy(0).$runIndex as number;
	n8n.getContext('node').round = round;
	return round > 0 ? { round: String(round) } : {};
}

/** What `beginRound` put into the link that was opened. */
export function roundOf(n8n: IWebhookFunctions): Record<string, string> {
	const { round } = n8n.getQueryData() as IDataObject;
	return round === undefined ? {} : { round: String(round) };
}

/** Whether the link that was opened is the one that n8n waits for. */
export function isRoundOpen(n8n: IWebhookFunctions): boolean {
	// A name may hold the braces that end an expression.
	const name = JSON.stringify(n8n.getNode().name).replace(/[{}]/g, escapeCharacter);
	const open = n8n.evaluateExpression(`{{ $node[${name}].context.round }}`);
	return (roundOf(n8n).round ?? '0') === String(open ?? 0);
}

function escapeCharacter(character: string): string {
	return `\\u00${character.charCodeAt(0).toString(16)}`;
}

// Three dots: the character for them would make every text with it cost more than twice as much.
const ELLIPSIS = '...';

/**
 * The text of a message: the question with the link below it, which has to stand at the end. One that
 * is too long for a message is cut; the page that the link opens has all of it.
 *
 * @param hint how to answer, `''` for the link alone
 */
export function questionText(question: string, link: string, hint = ''): string {
	const end = [hint, link].filter(Boolean).join('\n');
	const text = `${question.trim()}\n${end}`;
	if (text.length <= LONGEST_TEXT) return text;
	const room = LONGEST_TEXT - ELLIPSIS.length - 1 - end.length;
	return `${cutText(question.trim(), room)}${ELLIPSIS}\n${end}`;
}
