import { isFreeUrl, withoutFragment } from '../twilio/webhookUrl';

/** Who owns a webhook: nobody, the trigger in question, another workflow of this n8n, or others. */
export type Owner = 'free' | 'ours' | 'otherWorkflow' | 'foreign';

/** What makes a webhook URL one of this n8n, and one of a certain trigger. */
export interface OwnWebhook {
	/** Where this n8n can be called, without trailing slashes. */
	baseUrls: string[];
	/** The trigger's own address, test or production. */
	url?: string;
	/** The part of the path that n8n gives to the trigger alone. */
	webhookId?: string;
	/** What the trigger registered before, for instance at an address n8n no longer has. */
	registeredUrl?: string;
}

/** Whose the webhook at a URL is, as Twilio keeps it. */
export function ownerOf(url: string, own: OwnWebhook): Owner {
	const address = withoutFragment(url);
	if (isFreeUrl(address)) return 'free';
	if (address === own.url || address === own.registeredUrl || isTwinUrl(address, own)) {
		return 'ours';
	}
	const isOwnId = splitAtId(address, own.webhookId) !== undefined;
	return isWebhookOn(own.baseUrls, address) && !isOwnId ? 'otherWorkflow' : 'foreign';
}

/** A webhook of n8n: its base, then the endpoint's name, the id of the webhook, and the rest. */
const WEBHOOK_URL = /(.+)(\/[^/]+\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\/.*)/i;

/** Whether a URL is a webhook of this n8n, whichever workflow's. */
export function isWebhookOn(baseUrls: string[], url: string): boolean {
	const [, base] = WEBHOOK_URL.exec(url) ?? [];
	return baseUrls.includes(base);
}

/** Whether a URL is built as n8n builds those of this package's trigger, on whatever host. */
export function isTriggerPath(url: string): boolean {
	return /\/webhook$/.test(url.replace(/\?.*/s, '')) && webhookPathOf(url) !== '';
}

/** What stands behind n8n's own address in a webhook's URL, or `''`. */
export function webhookPathOf(url: string): string {
	return WEBHOOK_URL.exec(url)?.[2] ?? '';
}

/**
 * Whether a URL is the other address, test or production, of the trigger's own webhook: on one of
 * n8n's addresses, with the webhook's id behind one part of the path that names n8n's endpoint.
 */
function isTwinUrl(url: string, { url: ownUrl, webhookId, baseUrls }: OwnWebhook): boolean {
	const own = splitAtId(ownUrl, webhookId);
	const other = splitAtId(url, webhookId);
	return other !== undefined && own?.rest === other.rest && baseUrls.includes(other.baseUrl);
}

/**
 * The addresses of this n8n. Test and production webhooks may lie on different ones: the first
 * follow N8N_EDITOR_BASE_URL, the second WEBHOOK_URL, as does the address of n8n's own API.
 *
 * @param webhookUrl the trigger's own, which may be on another address by its option "Public URL"
 */
export function baseUrlsOf(
	n8n: { getRestApiUrl(): string; getInstanceBaseUrl(): string },
	webhookUrl?: string,
	webhookId?: string,
): string[] {
	const urls = [parentUrl(n8n.getRestApiUrl()), n8n.getInstanceBaseUrl()];
	const own = splitAtId(webhookUrl, webhookId);
	return (own ? [own.baseUrl, ...urls] : urls).map(normalized);
}

/** n8n's address in a webhook's URL and what stands from the id on, if the id is in it. */
function splitAtId(
	url: string | undefined,
	webhookId: string | undefined,
): { baseUrl: string; rest: string } | undefined {
	const id = `/${webhookId}/`;
	if (!webhookId || !url?.includes(id)) return undefined;
	const index = url.lastIndexOf(id);
	return { baseUrl: parentUrl(url.slice(0, index)), rest: url.slice(index) };
}

function parentUrl(url: string): string {
	return url.slice(0, url.lastIndexOf('/'));
}

function normalized(url: string): string {
	return (URL.canParse(url) ? new URL(url).href : url).replace(/\/+$/, '');
}
