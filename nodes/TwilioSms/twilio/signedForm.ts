import type { IWebhookFunctions } from 'n8n-workflow';

import type { TwilioSmsCredential } from './credential';
import { CREDENTIAL_NAME } from './credential';
import { isSignedByTwilio } from './signature';
import { redactUrl } from './webhookUrl';

/** What Twilio posted, or why it cannot have been Twilio, in words that hold no secret. */
export type SignedForm =
	| { form: URLSearchParams; rejected?: undefined }
	| { form?: undefined; rejected: string };

// Far more than Twilio sends. Without a limit a stranger could make n8n spend memory and time on
// parsing.
const MAX_BODY_BYTES = 256 * 1024;

const REMEMBERED_MS = 60_000;
const REMEMBERED_AT_MOST = 1_000;

// n8n decrypts a credential each time it is read, and evaluates its expressions in a new V8 isolate,
// which takes longer than everything else that is done for a text.
const authTokens = new Map<string, { authToken: string; expiresAt: number }>();

/**
 * The parameters of a form that Twilio posted. Reads the body as it came over the wire: n8n's
 * parsed form does not keep the order of repeated names.
 *
 * @param url as Twilio knows it. It is never taken from the request: a proxy changes the Host
 * header, and a forger chooses it.
 */
export async function signedForm(context: IWebhookFunctions, url: string): Promise<SignedForm> {
	const { rawBody } = context.getRequestObject();
	const { 'x-twilio-signature': signature, 'content-type': contentType } = context.getHeaderData();
	if (typeof signature !== 'string') return { rejected: 'it has no X-Twilio-Signature' };
	if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType ?? '')) {
		return { rejected: 'its body is not a form' };
	}
	if (!rawBody?.length || rawBody.length > MAX_BODY_BYTES) {
		return { rejected: 'its body is empty or too large' };
	}
	const form = new URLSearchParams(rawBody.toString('utf8'));
	const isSigned = (authToken: string) => isSignedByTwilio(authToken, url, form, signature);
	if (isSigned(rememberedToken(context))) return { form };
	// A token that was replaced in the credential a moment ago works at once.
	const authToken = await readToken(context);
	if (authToken === undefined) return { rejected: 'the credential could not be read' };
	if (isSigned(authToken)) return { form };
	return { rejected: `it is not signed by this account for ${redactUrl(url)}` };
}

/** `''`, with which nothing is signed, when there is none. */
function rememberedToken(context: IWebhookFunctions): string {
	const known = authTokens.get(credentialId(context));
	return known && known.expiresAt > Date.now() ? known.authToken : '';
}

/** `undefined` when the credential was deleted, or may not be used here any more. */
async function readToken(context: IWebhookFunctions): Promise<string | undefined> {
	const credential = await context
		.getCredentials<TwilioSmsCredential>(CREDENTIAL_NAME)
		.catch(() => undefined);
	if (!credential) return undefined;
	const authToken = credential.authToken.trim();
	const id = credentialId(context);
	if (id) {
		if (authTokens.size >= REMEMBERED_AT_MOST) authTokens.clear();
		authTokens.set(id, { authToken, expiresAt: Date.now() + REMEMBERED_MS });
	}
	return authToken;
}

function credentialId(context: IWebhookFunctions): string {
	return context.getNode().credentials?.[CREDENTIAL_NAME]?.id ?? '';
}
