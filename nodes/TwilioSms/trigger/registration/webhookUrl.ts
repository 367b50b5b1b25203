import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { OwnWebhook } from '../../shared/ownership';
import { baseUrlsOf } from '../../shared/ownership';
import type { TwilioClient } from '../../twilio/client';
import { inputError } from '../../twilio/errors';
import { isPublicHost } from '../../twilio/hosts';
import { readRegistration } from './snapshot';

/** An address of a webhook, behind the one at which n8n is: its endpoint, its id and the rest. */
const WEBHOOK_PATH = /\/[^/]+\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(\/.*)?$/i;

/** What makes a webhook this trigger's own: its address now, and what it registered before. */
export async function ownWebhook(
	n8n: IHookFunctions,
	twilio: TwilioClient,
): Promise<OwnWebhook & { url: string }> {
	const url = await ownWebhookUrl(n8n, twilio);
	const webhookId = ownWebhookId(n8n);
	return {
		url,
		webhookId,
		baseUrls: baseUrlsOf(n8n, url, webhookId),
		registeredUrl: readRegistration(n8n)?.webhookUrl,
	};
}

/** The part of the webhook's path that n8n gives to this trigger alone. */
export function ownWebhookId(n8n: IHookFunctions): string {
	return n8n.getNode().webhookId ?? String(n8n.getWorkflow().id);
}

/**
 * The address at which Twilio is to call this trigger, test or production as n8n asks.
 *
 * @throws NodeOperationError when Twilio could not reach it
 */
export async function ownWebhookUrl(n8n: IHookFunctions, twilio: TwilioClient): Promise<string> {
	const url = computedUrl(n8n);
	const { region } = await twilio.credential();
	if (url && region === 'custom') return url.href;
	if (url?.hostname.includes('_')) {
		throw inputError(
			n8n.getNode(),
			`Twilio calls no address with an underscore in its host name, such as ${url.host}`,
			'Give n8n another host name (WEBHOOK_URL, or N8N_WEBHOOK_URL since n8n 2.41), or enter one in the option "Public URL" of this trigger.',
		);
	}
	if (url && isPublicHost(url.hostname)) return url.href;
	throw inputError(
		n8n.getNode(),
		`Twilio cannot reach this n8n at ${url?.origin ?? 'an unknown address'}`,
		'Twilio calls from the internet. Give n8n a public address: set the environment variable WEBHOOK_URL (N8N_WEBHOOK_URL since n8n 2.41), run a tunnel, or enter the address in the option "Public URL" of this trigger.',
	);
}

/**
 * The address that this trigger has by n8n's settings and its own, or `undefined` when that is
 * none.
 *
 * @throws NodeOperationError when the option "Public URL" is no address
 */
export function computedUrl(n8n: IHookFunctions | IWebhookFunctions): URL | undefined {
	const fromN8n = parse(n8n.getNodeWebhookUrl('default') ?? '');
	const publicUrl = String(n8n.getNodeParameter('options.publicUrl', '') ?? '').trim();
	return fromN8n && publicUrl ? atPublicUrl(n8n, publicUrl, fromN8n) : fromN8n;
}

function atPublicUrl(
	n8n: IHookFunctions | IWebhookFunctions,
	publicUrl: string,
	fromN8n: URL,
): URL {
	const url = parse(publicUrl);
	const isPlain = url && ['http:', 'https:'].includes(url.protocol) && !/[?#@]/.test(publicUrl);
	if (isPlain) {
		// People paste the whole address of the webhook, which n8n shows them.
		const base = url.href.replace(WEBHOOK_PATH, '').replace(/\/+$/, '');
		return new URL(base + fromN8n.pathname);
	}
	const hasPassword = url !== undefined && (url.username !== '' || url.password !== '');
	throw inputError(
		n8n.getNode(),
		hasPassword
			? 'The option "Public URL" has a user name or password in it, which Twilio does not pass on'
			: 'The option "Public URL" is not an address',
		'Enter one such as https://n8n.example.com, without a user name, ? and #.',
	);
}

function parse(url: string): URL | undefined {
	return URL.canParse(url) ? new URL(url) : undefined;
}
