import type { Account } from './account';
import { mediaAt } from './media';
import type { MediaContent } from './media';

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 5_000_000;

const RETRIEVAL_FAILURE = 11200;
const TOO_LARGE = 11751;
const INVALID_CONTENT_TYPE = 12300;

const ACCEPTED =
	/^(?:image|audio|video)\/|^text\/(?:calendar|csv|directory|richtext|rtf|x?-?vcard)|^application\/(?:pdf|vcard|vnd\.)/;

/** What Twilio finds at an address, or the error that the message then fails with. */
export type Fetched = MediaContent | { errorCode: number };

/**
 * Fetches a file of an outgoing message as Twilio does. Nothing leaves the machine: a file elsewhere
 * has the type that its name tells, and no content.
 */
export async function fetchMedia({ route, signal }: Account, url: string): Promise<Fetched> {
	const target = route(new URL(url));
	if (!['127.0.0.1', 'localhost', '[::1]'].includes(target.hostname)) return mediaAt(url);
	try {
		const response = await fetch(target, {
			signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
		});
		if (!response.ok) return { errorCode: RETRIEVAL_FAILURE };
		const contentType = (response.headers.get('content-type') ?? '').replace(/;.*$/s, '').trim();
		if (!ACCEPTED.test(contentType)) return { errorCode: INVALID_CONTENT_TYPE };
		const content = Buffer.from(await response.arrayBuffer());
		return content.length > MOST_BYTES ? { errorCode: TOO_LARGE } : { contentType, content };
	} catch {
		return { errorCode: RETRIEVAL_FAILURE };
	}
}
