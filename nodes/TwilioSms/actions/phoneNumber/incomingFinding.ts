import type { IExecuteFunctions, IHttpRequestMethods, IN8nHttpFullResponse } from 'n8n-workflow';

import { baseUrlsOf, isTriggerPath, isWebhookOn, webhookPathOf } from '../../shared/ownership';
import { isPolled } from '../../shared/polledNumbers';
import type { TwilioMessage } from '../../twilio/types';
import { isFreeUrl, redactUrl, withoutFragment } from '../../twilio/webhookUrl';
import type { OperationInput } from '../operation';
import type { IncomingRoute } from './incomingRoute';

/**
 * Who gets the texts to a number: nobody, a Twilio SMS Trigger of this n8n, one at an address that
 * n8n no longer has, one that asks Twilio for them, somebody else, or a Messaging Service.
 */
export type IncomingVerdict = 'free' | 'ours' | 'olderAddress' | 'foreign' | 'polled' | 'service';

export interface Finding {
	verdict: IncomingVerdict;
	reachesN8n: boolean;
	/** Why, for people. */
	reason: string;
	/** What to do about it, or null when there is nothing to do. */
	whatToDo: string | null;
	/** Whether texts may reach n8n all the same, which it could not find out. */
	isUnsure?: true;
}

/** Of a number for whose texts a trigger of this n8n asks Twilio. */
const POLLED: Finding = {
	verdict: 'polled',
	reachesN8n: true,
	reason: 'A Twilio SMS Trigger of this n8n asks Twilio for the texts to the number',
	whatToDo: null,
};

type LastMessage = Pick<TwilioMessage, 'error_code' | 'error_message' | 'date_created'>;

const PUBLISH = 'Publish a workflow with a Twilio SMS Trigger that listens to this number.';

const TIMEOUT_MS = 5_000;

/** @param last the last text to the number, with what became of it */
export async function incomingFinding(
	{ n8n, twilio }: OperationInput,
	route: IncomingRoute,
	last: LastMessage | null,
): Promise<Finding> {
	const { accountSid } = await twilio.credential();
	if (route.listensOn.some((listensOn) => isPolled(accountSid, listensOn))) return POLLED;
	const url = withoutFragment(route.url);
	const baseUrls = [...baseUrlsOf(n8n), baseOfEndpoints(n8n)];
	if (isTriggerPath(url)) {
		if (isWebhookOn(baseUrls, url)) {
			const finding = withLastMessage(ours(url, route, await isListening(n8n, url)), last);
			return route.isServiceUnknown ? unlessInService(finding) : finding;
		}
		const path = webhookPathOf(url);
		const isHere = await Promise.all(
			[...new Set(baseUrls)].map(async (base) => await isListening(n8n, base + path)),
		);
		if (isHere.includes(true)) return olderAddress(url);
	}
	if (route.service) return ofService(url, route.service.friendly_name);
	if (isFreeUrl(url)) {
		return {
			verdict: 'free',
			reachesN8n: false,
			reason: url ? "The number has Twilio's demo webhook" : 'The number has no webhook',
			whatToDo: PUBLISH,
		};
	}
	return foreign(url, route, baseUrls);
}

// Under a path (N8N_PATH) nothing but `$execution.resumeUrl` tells n8n's base for webhooks.
function baseOfEndpoints(n8n: IExecuteFunctions): string {
	const url = String(n8n.evaluateExpression('{{ $execution.resumeUrl }}', 0));
	return url.replace(/\/[^/]*\/[^/]*$/, '');
}

function ours(url: string, { method }: IncomingRoute, isHeard: boolean | undefined): Finding {
	const verdict = 'ours';
	if (method !== 'POST') {
		return {
			verdict,
			reachesN8n: false,
			reason: `Twilio calls this n8n with ${method}, but the trigger takes POST only`,
			whatToDo: 'Unpublish the workflow and publish it again, which sets the method.',
		};
	}
	if (isHeard === undefined) {
		return {
			verdict,
			reachesN8n: false,
			isUnsure: true,
			reason: `The number points to a Twilio SMS Trigger of this n8n, but n8n could not ask its own address ${redactUrl(url)} whether one listens there`,
			whatToDo:
				'Text the number and look at the executions. If nothing arrives, check that this address leads to n8n from the internet.',
		};
	}
	if (!isHeard) {
		return {
			verdict,
			reachesN8n: false,
			reason: `The number points to this n8n, but no published workflow listens at ${redactUrl(url)}`,
			whatToDo: PUBLISH,
		};
	}
	return {
		verdict,
		reachesN8n: true,
		reason: 'Texts to the number reach a Twilio SMS Trigger of this n8n',
		whatToDo: null,
	};
}

// 11xxx are failures of Twilio's request; 12xxx are about an answer to a text that did arrive.
function withLastMessage(finding: Finding, last: LastMessage | null): Finding {
	const code = last?.error_code;
	if (!finding.reachesN8n || !code || code < 11000 || code >= 12000) return finding;
	return {
		...finding,
		reachesN8n: false,
		reason: `A Twilio SMS Trigger of this n8n listens, but Twilio could not deliver the last text to it (error ${code}${last.error_message ? `: ${last.error_message}` : ''})`,
		whatToDo: `Check that n8n's address leads to it from the internet, then text the number again. See https://www.twilio.com/docs/errors/${code}.`,
	};
}

function unlessInService(finding: Finding): Finding {
	if (!finding.reachesN8n) return finding;
	return {
		...finding,
		reason: `${finding.reason}, unless the number is in a Messaging Service that takes them, which this API key may not read`,
	};
}

function olderAddress(url: string): Finding {
	return {
		verdict: 'olderAddress',
		reachesN8n: false,
		reason: `The number points to a Twilio SMS Trigger of this n8n at an address that n8n no longer has: ${redactUrl(url)}`,
		whatToDo:
			'Unpublish the workflow with that trigger and publish it again, which sets the address that n8n has now.',
	};
}

function ofService(url: string, name: string): Finding {
	return {
		verdict: 'service',
		reachesN8n: false,
		reason: url
			? `The number is in the Messaging Service "${name}", which sends its texts to ${redactUrl(url)}`
			: `The number is in the Messaging Service "${name}", which drops the texts to it`,
		whatToDo: `Let a Twilio SMS Trigger listen on the Messaging Service "${name}", or choose "Defer to sender's webhook" in its Integration settings in the Twilio Console.`,
	};
}

function foreign(url: string, { applicationSid }: IncomingRoute, baseUrls: string[]): Finding {
	const holder = applicationSid ? `TwiML application ${applicationSid}` : 'number';
	const isOfThisN8n = baseUrls.some((base) => url.startsWith(`${base}/`));
	return {
		verdict: 'foreign',
		reachesN8n: false,
		reason: isOfThisN8n
			? `The ${holder} sends texts to ${redactUrl(url)}, which is an address of this n8n but not one of a Twilio SMS Trigger`
			: `The ${holder} sends texts to ${redactUrl(url)}, which is not an address of this n8n`,
		whatToDo:
			'Set "If the Number or Service Is in Use" of the Twilio SMS Trigger to "Replace" to take the number over, or leave it as it is.',
	};
}

/**
 * Whether a webhook listens at an address of this n8n. `OPTIONS` runs no workflow: n8n answers it
 * itself, with the methods of the webhook that is there. Sends nothing of the credential.
 *
 * @param url must be on one of this n8n's own addresses: no other host is asked
 * @returns `undefined` when it cannot be told, for instance because n8n cannot call itself
 */
async function isListening(n8n: IExecuteFunctions, url: string): Promise<boolean | undefined> {
	try {
		const { headers } = (await n8n.helpers.httpRequest({
			// n8n's type leaves it out; its HTTP client does not.
			method: 'OPTIONS' as IHttpRequestMethods,
			url,
			headers: { Origin: new URL(url).origin, 'Access-Control-Request-Method': 'POST' },
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as IN8nHttpFullResponse;
		const methods = headers['access-control-allow-methods'];
		if (typeof methods !== 'string' || !/\bOPTIONS\b/.test(methods)) return undefined;
		return /\bPOST\b/.test(methods);
	} catch {
		return undefined;
	}
}
