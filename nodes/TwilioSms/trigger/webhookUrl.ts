import type { IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { getCredential } from '../shared/transport';
import { isPublicHost } from './publicHost';

/**
 * The address at which Twilio is to call this trigger, test or production as n8n asks.
 *
 * @throws NodeOperationError when Twilio could not reach it
 */
export async function ownWebhookUrl(this: IHookFunctions): Promise<string> {
	const fromN8n = this.getNodeWebhookUrl('default') ?? '';
	const publicUrl = String(this.getNodeParameter('options.publicUrl', '') ?? '').trim();
	const url = parse(publicUrl ? atPublicUrl(publicUrl, fromN8n) : fromN8n);
	const { region } = await getCredential.call(this);
	const isReachable =
		url && /^https?:$/.test(url.protocol) && (region === 'custom' || isPublicHost(url.hostname));
	if (isReachable) return url.href;
	throw new NodeOperationError(
		this.getNode(),
		`Twilio cannot reach this n8n at ${url?.origin ?? (publicUrl || 'an unknown address')}`,
		{
			description:
				'Twilio calls from the internet. Give n8n a public address: set the environment variable WEBHOOK_URL, run a tunnel, or enter the address in the option "Public URL" of this trigger.',
		},
	);
}

/** The URL without its fragment, which holds Twilio's connection overrides and is never sent. */
export function withoutFragment(url: string): string {
	return url.replace(/#.*$/s, '');
}

/**
 * Whether two URLs are the test and the production address of one webhook: they differ in the
 * one part of the path that names n8n's endpoint, and agree in the webhook's id after it.
 */
export function isTwinUrl(one: string, other: string, webhookId: string): boolean {
	const [a, b] = [parse(one), parse(other)];
	if (!a || !b || !webhookId || a.origin !== b.origin || a.search !== b.search) return false;
	const marker = `/${webhookId}/`;
	const [endpointA, restA] = splitAt(a.pathname, marker);
	const [endpointB, restB] = splitAt(b.pathname, marker);
	return (
		restA !== undefined &&
		restA === restB &&
		endpointA !== endpointB &&
		parentPath(endpointA) === parentPath(endpointB)
	);
}

function atPublicUrl(publicUrl: string, fromN8n: string): string {
	return publicUrl.replace(/\/+$/, '') + (parse(fromN8n)?.pathname ?? '');
}

function splitAt(path: string, marker: string): [string, string?] {
	const index = path.lastIndexOf(marker);
	return index < 0 ? [path] : [path.slice(0, index), path.slice(index)];
}

function parentPath(path: string): string {
	return path.slice(0, path.lastIndexOf('/') + 1);
}

function parse(url: string): URL | undefined {
	try {
		return new URL(url);
	} catch {
		return undefined;
	}
}
