import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';
import { parametersOfStart } from '../../shared/parameters';
import type { TriggerEvent } from '../fields';
import { routed } from '../handlers/route';
import type { Passed } from './answer';
import { passOnAnswer } from './answer';
import { isDuplicate } from './duplicates';
import type { InboundMessage } from './item';
import { eventOf, messageItem, statusItem, toInboundMessage } from './item';
import { NO_REPLY, replyTwiml, toTwiml } from './reply';
import { verifiedForm } from './verification';

/** Takes a request to the webhook: a text or a status from Twilio, or what a stranger sends. */
export async function receive(n8n: IWebhookFunctions): Promise<IWebhookResponseData> {
	const form = await verifiedForm(n8n);
	if (!form) return refuse(n8n);
	const parameters = parametersOfStart(n8n);
	const event = parameters.choice<TriggerEvent>('event', 'incomingMessage');
	if (eventOf(form) !== event) return ignore(n8n, event);
	if (await isDuplicate(n8n, parameters, event, form)) return respond(n8n);
	if (event === 'messageStatus') return accept(n8n, statusItem(form, parameters), NO_REPLY);
	const message = toInboundMessage(form);
	const passed = await passOn(n8n, parameters, message);
	if (passed.as === 'answer') return respond(n8n, toTwiml(passed.reply));
	if (passed.as === 'unknown') return requestRedelivery(n8n);
	const item = await messageItem(n8n, parameters, message, form);
	const twiml = replyTwiml(n8n, parameters, message);
	return accept(n8n, await routed(item, parameters, message), twiml);
}

async function passOn(
	n8n: IWebhookFunctions,
	parameters: Parameters,
	message: InboundMessage,
): Promise<Passed> {
	if (!parameters.flag('options.passOnAnswers', true)) return { as: 'message' };
	// Twilio delivers again only where the address tells it to, which one entered by hand does not.
	const isByHand = parameters.choice('listenOn', 'credential') === 'manual';
	const comesAgain = !isByHand && parameters.flag('options.retryDelivery', true);
	return await passOnAnswer(n8n, message, { comesAgain });
}

/**
 * Starts the workflow. n8n 2.41 answers Twilio after it has stored the execution, so that a text which
 * it has answered is not lost when it is killed. n8n 1 answers before (`executeWebhook`).
 */
function accept(
	n8n: IWebhookFunctions,
	item: INodeExecutionData,
	twiml: string,
): IWebhookResponseData {
	// Anything but TwiML is an error to Twilio (12300) or, as plain text, sent back to the sender.
	n8n.getResponseObject().setHeader('content-type', 'text/xml');
	return { webhookResponse: twiml, workflowData: [[item]] };
}

/** Answers Twilio and starts nothing: to a message taken before without a second reply. */
function respond(n8n: IWebhookFunctions, twiml = NO_REPLY): IWebhookResponseData {
	n8n.getResponseObject().status(200).type('text/xml').send(twiml);
	return { noWebhookResponse: true };
}

/** Has Twilio deliver again what may have been taken as an answer, or not. */
function requestRedelivery(n8n: IWebhookFunctions): IWebhookResponseData {
	n8n.logger.warn(
		'Twilio SMS Trigger: a text was passed on to the question it may answer, and n8n did not say in time whether it does. Twilio is asked to deliver it again.',
	);
	n8n.getResponseObject().status(500).type('text/plain').send('Please try again');
	return { noWebhookResponse: true };
}

function ignore(n8n: IWebhookFunctions, event: TriggerEvent): IWebhookResponseData {
	n8n.logger.warn(
		event === 'messageStatus'
			? 'Twilio SMS Trigger: Twilio sent something else than a message status, which started nothing. "Trigger On" is set to "Message Status".'
			: 'Twilio SMS Trigger: Twilio sent something else than an incoming message, such as a message status, which started nothing. "Trigger On" is set to "Incoming Message".',
	);
	return respond(n8n);
}

/** Starts nothing. Says no more than it has to, as the caller is a stranger. */
function refuse(n8n: IWebhookFunctions): IWebhookResponseData {
	n8n.getResponseObject().status(403).type('text/plain').send('Not signed by Twilio');
	return { noWebhookResponse: true };
}
