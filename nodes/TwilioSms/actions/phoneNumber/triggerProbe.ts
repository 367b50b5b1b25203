import type { IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

const TIMEOUT_MS = 5_000;

/**
 * Whether a Twilio SMS Trigger of this n8n answers at a webhook's address: to a request that
 * Twilio did not sign it says 403 and starts nothing, where n8n without one says 404. Asks no
 * other host, and sends nothing of the credential.
 *
 * @returns `undefined` when it cannot be told, for instance because n8n cannot call itself
 */
export async function isTriggerAt(
	this: IExecuteFunctions,
	url: string,
	baseUrls: string[],
): Promise<boolean | undefined> {
	if (!baseUrls.some((base) => url.startsWith(`${base}/`))) return undefined;
	try {
		const { statusCode } = (await this.helpers.httpRequest({
			method: 'POST',
			url: url.replace(/#.*$/s, ''),
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as IN8nHttpFullResponse;
		if (statusCode === 403) return true;
		return statusCode === 404 ? false : undefined;
	} catch {
		return undefined;
	}
}
