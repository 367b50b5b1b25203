import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { accept, acceptDuplicate, refuse } from './answer';
import { isDuplicate } from './deliveries';
import { toItem } from './item';
import { replyTwiml } from './reply';
import { route } from './route';
import { verifiedParameters } from './verification';

/** Takes a request to the webhook: a text or a status from Twilio, or what a stranger sends. */
export async function receive(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const parameters = await verifiedParameters.call(this);
	if (!parameters) return refuse.call(this);
	if (await isDuplicate.call(this, parameters)) return acceptDuplicate.call(this);
	const item = await toItem.call(this, parameters);
	return accept.call(this, route.call(this, parameters, item), replyTwiml.call(this));
}
