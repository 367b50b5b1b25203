import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../../shared/errors';
import { isPublicHost } from '../../shared/publicHost';
import { getCredential } from '../../shared/transport';
import { beginRound } from './round';

const LOOPBACK =
	/^(localhost|.*\.localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[\da-f]{2}:.*\])\.?$/i;

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
 * @throws NodeOperationError when no phone could open it
 */
export async function pageLink(this: IExecuteFunctions): Promise<string> {
	const link = signedLink.call(this);
	const { origin, hostname } = new URL(link);
	if (!LOOPBACK.test(hostname) || (await isSimulated.call(this))) return link;
	throw inputError(
		this.getNode(),
		`No phone can open a link to this n8n at ${origin}`,
		`The text would hold a link to the page on which it is answered. ${WEBHOOK_URL_ADVICE}`,
	);
}

/**
 * Where Twilio reports what becomes of the message.
 *
 * @throws NodeOperationError when Twilio cannot reach it, or the node could not tell that it is Twilio
 */
export async function callbackLink(this: IExecuteFunctions): Promise<string> {
	const link = signedLink.call(this);
	const { origin, hostname } = new URL(link);
	if (!isPublicHost(hostname) && !(await isSimulated.call(this))) {
		throw inputError(
			this.getNode(),
			`Twilio cannot reach this n8n at ${origin}`,
			`Twilio reports the delivery to n8n over the internet. ${WEBHOOK_URL_ADVICE}`,
		);
	}
	const { authToken } = await getCredential.call(this);
	if (authToken.trim()) return link + RETRY;
	throw inputError(
		this.getNode(),
		'The credential has no Auth Token',
		'Twilio signs its delivery reports with the Auth Token, not with an API key. Enter it in the credential to wait for them.',
	);
}

function signedLink(this: IExecuteFunctions): string {
	if (typeof this.getSignedResumeUrl === 'function') {
		return this.getSignedResumeUrl(beginRound.call(this));
	}
	throw inputError(
		this.getNode(),
		'This version of n8n cannot wait for an answer safely',
		'Update n8n to a version with signed links (2025 or later), or send the message without waiting.',
	);
}

// A Twilio of one's own may well run on the same machine.
async function isSimulated(this: IExecuteFunctions): Promise<boolean> {
	return (await getCredential.call(this)).region === 'custom';
}
