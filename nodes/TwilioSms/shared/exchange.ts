import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { CREDENTIAL_NAME } from './credential';
import { encodeParameters } from './encodeParameters';
import { asNodeError } from './errors';
import type { TwilioContext, TwilioRequest } from './request';

/** Twilio's answer, or why there is none. */
export type Answer =
	| Pick<IN8nHttpFullResponse, 'statusCode' | 'headers' | 'body'>
	| { networkCode: string };

// As in Twilio's own libraries.
const TIMEOUT_MS = 30_000;

/** One HTTP request with the credential, and what came of it. */
export async function exchange(
	this: TwilioContext,
	url: string,
	{ method, form }: TwilioRequest,
): Promise<Answer> {
	try {
		return (await this.helpers.httpRequestWithAuthentication.call(this, CREDENTIAL_NAME, {
			method,
			url,
			...(form && {
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: encodeParameters(form),
			}),
			json: true,
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// A redirect would carry the credential to a host that nobody configured.
			disableFollowRedirect: true,
		})) as IN8nHttpFullResponse;
	} catch (error) {
		const networkCode = networkCodeOf(error);
		if (networkCode) return { networkCode };
		throw asNodeError(this.getNode(), error);
	}
}

// n8n wraps the HTTP client's error, sometimes more than once.
function networkCodeOf(error: unknown): string | undefined {
	let current = error as { code?: unknown; cause?: unknown } | undefined;
	while (current && typeof current === 'object') {
		if (typeof current.code === 'string') return current.code;
		current = current.cause as typeof current;
	}
	return undefined;
}
