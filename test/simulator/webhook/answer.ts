import type { Delivery } from './delivery';
import { HTTP_RETRIEVAL_FAILURE } from './failure';
import type { Answer } from './twiml';
import { evaluateText, evaluateTwiml, failure } from './twiml';

const EMPTY_DOCUMENT = 11770;
const INVALID_CONTENT_TYPE = 12300;

const TWIML_TYPES = ['text/xml', 'application/xml', 'text/html'];

/** What an inbound message's webhook has told Twilio to do: the content type decides. */
export function evaluate({ errorCode, status, contentType, body = '' }: Delivery): Answer {
	if (errorCode !== undefined) return failure(errorCode);
	if (status === 204) return { replies: [] };
	if (contentType === undefined) return failure(HTTP_RETRIEVAL_FAILURE);

	const mediaType = contentType.split(';')[0]!.trim().toLowerCase();
	const isTwiml = TWIML_TYPES.includes(mediaType);
	if (!isTwiml && mediaType !== 'text/plain') return failure(INVALID_CONTENT_TYPE);
	if (body.trim() === '') return failure(EMPTY_DOCUMENT);
	return isTwiml ? evaluateTwiml(body) : evaluateText(body);
}
