import { isFreeUrl, withoutSecrets } from '../../shared/webhookAddress';
import type { IncomingRoute } from './incomingRoute';

/** Who gets the texts to a number: nobody, this n8n, somebody else, or a Messaging Service. */
export type IncomingVerdict = 'free' | 'ours' | 'foreign' | 'service';

export interface Finding {
	verdict: IncomingVerdict;
	reachesN8n: boolean;
	/** Why, for people. */
	reason: string;
	/** What to do about it, or null when there is nothing to do. */
	whatToDo: string | null;
}

const SWITCH_ON = 'Switch on a workflow with a Twilio SMS Trigger that listens to this number.';

/**
 * @param baseUrls where this n8n can be called, without trailing slashes
 * @param isAnswered whether a trigger of this n8n answers at the address, if that could be told
 */
export function judgeIncoming(
	route: IncomingRoute,
	baseUrls: string[],
	isAnswered: boolean | undefined,
): Finding {
	const url = route.url.replace(/#.*$/s, '');
	if (isOurs(url, baseUrls)) return ours(url, route, isAnswered);
	if (route.service) {
		const { friendly_name: name } = route.service;
		return {
			verdict: 'service',
			reachesN8n: false,
			reason: url
				? `The number is in the Messaging Service "${name}", which sends its texts to ${withoutSecrets(url)}`
				: `The number is in the Messaging Service "${name}", which drops the texts to it`,
			whatToDo: `Let a Twilio SMS Trigger listen on the Messaging Service "${name}", or choose "Defer to sender's webhook" in its Integration settings in the Twilio Console.`,
		};
	}
	if (isFreeUrl(url)) {
		return {
			verdict: 'free',
			reachesN8n: false,
			reason: url ? "The number has Twilio's demo webhook" : 'The number has no webhook',
			whatToDo: SWITCH_ON,
		};
	}
	const holder = route.applicationSid ? `TwiML application ${route.applicationSid}` : 'number';
	return {
		verdict: 'foreign',
		reachesN8n: false,
		reason: `The ${holder} sends texts to ${withoutSecrets(url)}, which is not an address of this n8n`,
		whatToDo:
			'Set "If the Number or Service Is in Use" of the Twilio SMS Trigger to "Replace" to take the number over, or leave it as it is.',
	};
}

function ours(url: string, { method }: IncomingRoute, isAnswered: boolean | undefined): Finding {
	const verdict = 'ours';
	if (method !== 'POST') {
		return {
			verdict,
			reachesN8n: false,
			reason: `Twilio calls this n8n with ${method}, but the trigger takes POST only`,
			whatToDo: 'Switch the workflow off and on again, which sets the method.',
		};
	}
	if (isAnswered === false) {
		return {
			verdict,
			reachesN8n: false,
			reason: `The number points to this n8n, but no active workflow listens at ${withoutSecrets(url)}`,
			whatToDo: SWITCH_ON,
		};
	}
	return {
		verdict,
		reachesN8n: true,
		reason: isAnswered
			? 'Texts to the number reach a Twilio SMS Trigger of this n8n'
			: 'The number points to this n8n (whether a workflow listens could not be checked from here)',
		whatToDo: null,
	};
}

function isOurs(url: string, baseUrls: string[]): boolean {
	return baseUrls.some((base) => url.startsWith(`${base}/`));
}
