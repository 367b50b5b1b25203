import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';
import { parametersOfRequest } from '../../shared/parameters';
import type { TriggerEvent } from '../fields';
import { outputFor, toRules } from '../handlers/match';
import { isDuplicate } from './duplicates';
import type { InboundMessage } from './item';
import { eventOf, messageItem, statusItem, toInboundMessage } from './item';
import { NO_REPLY, replyTwiml } from './reply';
import { verifiedForm } from './verification';

/** Takes a request to the webhook: a text or a status from Twilio, or what a stranger sends. */
export async function receive(n8n: IWebhookFunctions): Promise<IWebhookResponseData> {
	const form = await verifiedForm(n8n);
	if (!form) return refuse(n8n);
	const parameters = parametersOfRequest(n8n);
	const event = parameters.choice<TriggerEvent>('event', 'incomingMessage');
	if (eventOf(form) !== event) return ignore(n8n, event);
	if (await isDuplicate(n8n, parameters, event, form)) return answer(n8n);
	if (event === 'messageStatus') return accept(n8n, [[statusItem(form, parameters)]], NO_REPLY);
	const message = toInboundMessage(form);
	const item = await messageItem(n8n, parameters, message, form);
	const outputs = await route(n8n, parameters, message, item);
	return accept(n8n, outputs, replyTwiml(n8n, parameters, message));
}

/** The item on the output of the handler that takes it, and nothing on the others. */
async function route(
	n8n: IWebhookFunctions,
	parameters: Parameters,
	message: InboundMessage,
	item: INodeExecutionData,
): Promise<INodeExecutionData[][]> {
	const rules = toRules(handlers(n8n, parameters));
	const output = rules.length ? await outputFor(message, rules) : 0;
	const outputs = Array.from({ length: rules.length + 1 }, (): INodeExecutionData[] => []);
	outputs[output].push(item);
	return outputs;
}

// n8n evaluates all handlers or none. Where one of them fails, each is read by itself, so that a
// message still gets to the others and to "Other".
function handlers(n8n: IWebhookFunctions, parameters: Parameters): unknown {
	const all = parameters.value('handlers');
	if (all !== null) return all;
	const { handlers: unevaluated } = n8n.getNode().parameters;
	const count = toRules(unevaluated).length;
	const rules = Array.from({ length: count }, (_, index) =>
		parameters.value(`handlers.rules[${index}]`, {}),
	);
	return { rules };
}

/**
 * Starts the workflow. n8n sends the answer when it has stored the execution, so that a text
 * Twilio was told of as taken is never lost.
 *
 * @param outputs the items for each of the node's outputs
 */
function accept(
	n8n: IWebhookFunctions,
	outputs: INodeExecutionData[][],
	twiml: string,
): IWebhookResponseData {
	// Anything but TwiML is an error to Twilio (12300) or, as plain text, sent back to the sender.
	n8n.getResponseObject().setHeader('content-type', 'text/xml');
	return { webhookResponse: twiml, workflowData: outputs };
}

/** Answers Twilio and starts nothing: without a second reply to a message taken before. */
function answer(n8n: IWebhookFunctions): IWebhookResponseData {
	n8n.getResponseObject().status(200).type('text/xml').send(NO_REPLY);
	return { noWebhookResponse: true };
}

function ignore(n8n: IWebhookFunctions, event: TriggerEvent): IWebhookResponseData {
	n8n.logger.warn(
		event === 'messageStatus'
			? 'Twilio SMS Trigger: Twilio sent something else than a message status, which started nothing. "Trigger On" is set to "Message Status".'
			: 'Twilio SMS Trigger: Twilio sent something else than an incoming message, such as a message status, which started nothing. "Trigger On" is set to "Incoming Message".',
	);
	return answer(n8n);
}

/** Starts nothing. Says no more than it has to, as the caller is a stranger. */
function refuse(n8n: IWebhookFunctions): IWebhookResponseData {
	n8n.getResponseObject().status(403).type('text/plain').send('Not signed by Twilio');
	return { noWebhookResponse: true };
}
