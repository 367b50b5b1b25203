import type { IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { getCredential } from '../shared/transport';
import { isPublicHost } from '../shared/publicHost';

/**
 * The address at which Twilio is to call this trigger, test or production as n8n asks.
 *
 * @throws NodeOperationError when Twilio could not reach it
 */
export async function ownWebhookUrl(this: IHookFunctions): Promise<string> {
	const fromN8n = this.getNodeWebhookUrl('default') ?? '';
	const publicUrl = String(this.getNodeParameter('options.publicUrl', '') ?? '').trim();
	const url = parse(publicUrl ? atPublicUrl.call(this, publicUrl, fromN8n) : fromN8n);
	const { region } = await getCredential.call(this);
	if (url && (region === 'custom' || isPublicHost(url.hostname))) return url.href;
	throw new NodeOperationError(
		this.getNode(),
		`Twilio cannot reach this n8n at ${url?.origin ?? 'an unknown address'}`,
		{
			description:
				'Twilio calls from the internet. Give n8n a public address: set the environment variable WEBHOOK_URL (N8N_WEBHOOK_URL since n8n 2.41), run a tunnel, or enter the address in the option "Public URL" of this trigger.',
		},
	);
}

/** The part of the webhook's path that n8n gives to this trigger alone. */
export function ownWebhookId(this: IHookFunctions): string {
	return this.getNode().webhookId ?? String(this.getWorkflow().id);
}

/** The URL without its fragment, which holds Twilio's connection overrides and is never sent. */
export function withoutFragment(url: string): string {
	return url.replace(/#.*$/s, '');
}

/**
 * The addresses of this n8n. Test and production webhooks may lie on different ones: the first
 * follow N8N_EDITOR_BASE_URL, the second WEBHOOK_URL, as does the address of n8n's own API.
 */
export function ownBaseUrls(this: IHookFunctions, webhookUrl: string, webhookId: string): string[] {
	const { endpoint } = splitAtId(webhookUrl, webhookId);
	const written = (url: string) => trimSlash(parse(url)?.href ?? url);
	return [
		parentUrl(endpoint),
		written(parentUrl(this.getRestApiUrl())),
		written(this.getInstanceBaseUrl()),
	];
}

/**
 * Whether a URL is the test or the production address of this very webhook, whichever of the
 * two `webhookUrl` is: on one of this n8n's addresses, with the webhook's id behind one part of
 * the path that names n8n's endpoint.
 */
export function isTwinUrl(
	url: string,
	{ url: webhookUrl, webhookId, baseUrls }: { url: string; webhookId: string; baseUrls: string[] },
): boolean {
	const own = splitAtId(webhookUrl, webhookId);
	const other = splitAtId(url, webhookId);
	return own.rest !== '' && own.rest === other.rest && baseUrls.includes(parentUrl(other.endpoint));
}

/** Whether a URL is a webhook of this n8n, whichever workflow's: n8n's endpoint, then an id. */
export function isWebhookOn(baseUrls: string[], url: string): boolean {
	const [, base] = /^(.+)\/[^/]+\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\//i.exec(url) ?? [];
	return baseUrls.includes(base);
}

function atPublicUrl(this: IHookFunctions, publicUrl: string, fromN8n: string): string {
	const url = parse(publicUrl);
	const isPlain = url && /^https?:$/.test(url.protocol) && !/[?#@]/.test(publicUrl);
	if (isPlain) return trimSlash(url.href) + (parse(fromN8n)?.pathname ?? '');
	throw new NodeOperationError(this.getNode(), 'The option "Public URL" is not an address', {
		description: 'Enter one such as https://n8n.example.com, without ? and #.',
	});
}

function splitAtId(url: string, webhookId: string): { endpoint: string; rest: string } {
	const path = url.replace(/\?.*$/s, '');
	const index = webhookId ? path.lastIndexOf(`/${webhookId}/`) : -1;
	return index < 0
		? { endpoint: url, rest: '' }
		: { endpoint: url.slice(0, index), rest: url.slice(index) };
}

function parentUrl(url: string): string {
	return url.slice(0, url.lastIndexOf('/'));
}

function trimSlash(url: string): string {
	return url.replace(/\/+$/, '');
}

function parse(url: string): URL | undefined {
	try {
		return new URL(url);
	} catch {
		return undefined;
	}
}
