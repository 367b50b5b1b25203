import type { Connection } from './connection';
import type { Delivery, Parameters, Sender, Webhook } from './delivery';
import type { WebhookResponse } from './exchange';
import { exchange } from './exchange';
import { WebhookFailure } from './failure';
import { basicAuthorization, webhookRequest } from './request';

export interface AttemptContext extends Sender {
	connection: Connection;
}

const MAX_REDIRECTS = 10;
const INVALID_URL = 11100;
const TOO_MANY_REDIRECTS = 11215;

/** One attempt at a delivery, through all redirects, until an answer or a WebhookFailure. */
export async function attempt(
	delivery: Delivery,
	context: AttemptContext,
): Promise<WebhookResponse> {
	let webhook: Webhook = delivery;
	let parameters = delivery.parameters;
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
		if (!URL.canParse(webhook.url)) throw new WebhookFailure(INVALID_URL);
		const response = await ask(delivery, webhook, parameters, context);
		const { location } = response.headers;
		if (location === undefined || ![301, 302, 303, 307, 308].includes(response.status)) {
			return response;
		}
		if (!URL.canParse(location, webhook.url)) throw new WebhookFailure(INVALID_URL);
		// As in any HTTP client, 307 and 308 repeat the request; the others become a bare GET.
		const repeats = response.status >= 307;
		if (!repeats) parameters = [];
		const url = new URL(location, webhook.url).href;
		webhook = { url, method: repeats ? webhook.method : 'GET' };
	}
	throw new WebhookFailure(TOO_MANY_REDIRECTS);
}

/** Twilio shows the URL's password only to a server that has asked for one. */
async function ask(
	delivery: Delivery,
	webhook: Webhook,
	parameters: Parameters,
	{ authToken, cookies, route, connection, signal }: AttemptContext,
): Promise<WebhookResponse> {
	const conversation = conversationOf(delivery);
	const request = webhookRequest(webhook, parameters, {
		authToken,
		idempotencyToken: delivery.idempotencyToken,
		cookie: cookies.header(conversation),
	});
	const target = route(new URL(request.url));
	const { timeouts } = connection;
	delivery.headers = request.headers;
	const response = await exchange(request, target, { timeouts, signal });
	cookies.store(conversation, response.headers['set-cookie']);
	const authorization = basicAuthorization(webhook.url);
	const isChallenge = /^basic /i.test(response.headers['www-authenticate'] ?? '');
	if (response.status !== 401 || !isChallenge || authorization === undefined) return response;
	delivery.headers = { ...request.headers, Authorization: authorization };
	return exchange({ ...request, headers: delivery.headers }, target, { timeouts, signal });
}

function conversationOf({ parameters }: Delivery): string {
	const { From, To } = Object.fromEntries(parameters);
	return `${From} ${To}`;
}
