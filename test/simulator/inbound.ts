import type { Account } from './account';
import type { MediaContent } from './media';
import { newMedia } from './media';
import type { Message } from './message';
import { newMessage } from './message';
import { handleOptOut } from './optOutHandling';
import { inboundRoute } from './routing';
import type { Delivery, Parameters } from './webhook/delivery';
import { inboundParameters } from './webhook/parameters';
import { runWebhook } from './webhookSession';

export interface IncomingText {
	from: string;
	to: string;
	body: string;
	media?: MediaContent[];
	/** What a channel adds for the webhook: `ProfileName`, `ButtonText`, `Latitude`, … */
	extra?: Record<string, string>;
}

const MAX_MEDIA = 10;

export async function receive(
	account: Account,
	{ from, to, body, media: contents = [], extra = {} }: IncomingText,
): Promise<Delivery | undefined> {
	const inbox = account.resources.inbox(to);
	if (inbox === undefined) throw new Error(`${to} is not a number of this account`);
	if (contents.length > MAX_MEDIA) throw new Error(`A message carries at most ${MAX_MEDIA} media`);

	const { service, isOff, webhook, fallback } = inboundRoute(account, inbox);
	if (isOff) return undefined;

	const message = newMessage({
		accountSid: account.sid,
		direction: 'inbound',
		status: 'received',
		from,
		to,
		body,
		numMedia: contents.length,
		serviceSid: service?.sid,
	});
	account.media.push(...contents.map((content) => newMedia(message.sid, content)));
	account.addMessage(message);
	const optOutType = handleOptOut(account, message);
	if (webhook === undefined) return undefined;

	const parameters = inboundParameters(message, mediaOf(account, message), {
		...(optOutType !== undefined && { OptOutType: optOutType }),
		...extra,
	});
	const outcome = await runWebhook(account, message, webhook, parameters);
	const { delivery, errorCode, errorUrl } = outcome;
	if (account.conditions.deliverTwice && !account.signal.aborted) {
		await runWebhook(account, message, webhook, parameters, delivery.idempotencyToken);
	}
	if (errorCode !== undefined && fallback !== undefined && !account.signal.aborted) {
		const failed: Parameters = [
			['ErrorCode', String(errorCode)],
			['ErrorUrl', errorUrl],
		];
		await runWebhook(account, message, fallback, [...parameters, ...failed]);
	}
	return delivery;
}

function mediaOf({ media, origin }: Account, { sid: messageSid, uri }: Message) {
	return media
		.filter((item) => item.messageSid === messageSid)
		.map(({ sid, contentType }) => ({
			contentType,
			url: `${origin}${uri.replace('.json', '')}/Media/${sid}`,
		}));
}
