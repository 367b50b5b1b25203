/** A call that brought no answer, with Twilio's code for it. */
export class WebhookFailure extends Error {
	constructor(
		readonly code: number,
		/** The name of this kind of failure in the `rp` connection override. */
		readonly retryPolicy?: 'ct' | 'rt',
	) {
		super(`Twilio error ${code}`);
	}
}

export const HTTP_RETRIEVAL_FAILURE = 11200;
export const CONNECTION_FAILURE = 11205;
export const PROTOCOL_VIOLATION = 11206;
const BAD_HOST_NAME = 11210;
const TLS_HANDSHAKE = 11220;
const CERTIFICATE_NAME = 11235;
const CERTIFICATE_CHAIN = 11237;

const BAD_CERTIFICATES = new Set([
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_VERIFY_FIRST_CERTIFICATE',
]);

export type Stage = 'connecting' | 'waiting' | 'reading';

/** Reads a Node.js error as Twilio would; it never asks again once an answer has begun. */
export function webhookFailure(error: unknown, stage: Stage): WebhookFailure {
	if (error instanceof WebhookFailure) return error;
	const { code = '' } = error as NodeJS.ErrnoException;
	if (code.startsWith('HPE_')) return new WebhookFailure(PROTOCOL_VIOLATION);
	if (stage === 'connecting') return new WebhookFailure(connectionFailure(code), 'ct');
	return new WebhookFailure(HTTP_RETRIEVAL_FAILURE, stage === 'waiting' ? 'rt' : undefined);
}

function connectionFailure(code: string): number {
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return BAD_HOST_NAME;
	if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return CERTIFICATE_NAME;
	if (BAD_CERTIFICATES.has(code)) return CERTIFICATE_CHAIN;
	return code === 'EPROTO' || code.startsWith('ERR_SSL') ? TLS_HANDSHAKE : CONNECTION_FAILURE;
}
