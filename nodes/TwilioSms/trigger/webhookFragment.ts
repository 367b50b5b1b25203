import type { SlotSettings } from './webhookSlot';

/**
 * Asks Twilio to deliver again, up to three times within its 15 seconds, when n8n cannot be
 * connected to (ct), does not answer (rt) or fails (5xx), as while it restarts. By default Twilio
 * tries once more, and only after a failed connection. Not after 4xx: that is what n8n says for
 * good, to what is forged or no longer there.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
const RETRY = 'rc=3&rp=ct,rt,5xx';

// Twilio keeps a URL's fragment to itself, neither sending nor signing it.
const PREVIOUS = /[#&]n8nPrevious=([\w-]+)/;

/**
 * The fragment for a webhook URL, with its `#`, or `''`.
 *
 * @param previous what was there before, for a test listen: n8n forgets what those store when it
 * ends in the middle of one, and the number would have nothing to go back to
 */
export function webhookFragment(isRetried: boolean, previous?: SlotSettings): string {
	const parts = [
		isRetried && RETRY,
		previous && `n8nPrevious=${Buffer.from(JSON.stringify(previous)).toString('base64url')}`,
	].filter(Boolean);
	return parts.length ? `#${parts.join('&')}` : '';
}

/** The settings that a test listen put into the URL it left behind, if these are such. */
export function previousIn(url: string): SlotSettings | undefined {
	const encoded = PREVIOUS.exec(url)?.[1];
	if (!encoded) return undefined;
	try {
		const previous: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString());
		return isSettings(previous) ? previous : undefined;
	} catch {
		return undefined;
	}
}

function isSettings(value: unknown): value is SlotSettings {
	return (
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		Object.values(value).every((setting) => typeof setting === 'string')
	);
}
