import type { IExecuteFunctions, INodeExecutionData, IWorkflowDataProxyData } from 'n8n-workflow';

import { inputError } from '../../twilio/errors';

/** A message that can be answered, by what the answer needs. */
export interface IncomingMessage {
	messageSid: string;
	from: string;
	to: string;
	messagingServiceSid?: string;
}

const TRIGGER_TYPE = '.twilioSmsTrigger';

// What else carries these fields: a message that went out, or news of one.
const RECEIVED = ['received', 'receiving'];

/**
 * The message to answer: the item's own or, where other nodes have replaced it, the one with
 * which the Twilio SMS Trigger started the workflow.
 *
 * @throws NodeOperationError when there is none, or one that cannot be answered
 */
export function replyTarget(n8n: IExecuteFunctions, itemIndex: number): IncomingMessage {
	const target = findTarget(n8n, itemIndex);
	const problem = target ? problemWithSender(target.from) : undefined;
	if (target && !problem) return target;
	throw inputError(
		n8n.getNode(),
		problem ?? 'There is no incoming message to reply to',
		problem
			? 'This message was not sent. Let such messages pass by this node, for example with a node "If" in front of it.'
			: 'This operation answers the message with which a Twilio SMS Trigger started the workflow. Put that trigger (for incoming messages) in front of this node, or use the operation Send to text somebody else. If the trigger gave several items, pass its fields messageSid, from and to on to this node.',
	);
}

function findTarget(n8n: IExecuteFunctions, itemIndex: number): IncomingMessage | undefined {
	const data = n8n.getWorkflowDataProxy(itemIndex);
	const own =
		toIncomingMessage(n8n.getInputData()[itemIndex]?.json) ??
		// As a tool of an AI agent the node itself has no item but what the agent entered.
		toIncomingMessage(attempt(() => data.$input.item?.json));
	for (const trigger of triggerNames(n8n)) {
		const linked = linkedItem(data, trigger);
		const all = allItems(data, trigger);
		// Nodes in between may have lost the link; one item needs none.
		const items = linked ? [linked] : all.length === 1 ? all : [];
		// What another node merged over the item must not send the answer to somebody else.
		const message = (own ? [...items, ...all] : items)
			.map(({ json }) => toIncomingMessage(json))
			.find((one) => one && (!own || one.messageSid === own.messageSid));
		if (message) return message;
	}
	return own;
}

function problemWithSender(from: string): string | undefined {
	if (/^\d{3,8}$/.test(from)) {
		return `The message is from the short code ${from}, which takes no answers from a phone number`;
	}
	if (/^[^:+]*[a-z][^:]*$/i.test(from)) {
		return `The message is from the sender ID "${from}", which cannot be answered`;
	}
	return undefined;
}

// As a tool the node is beside the workflow's main line, so the way leads by the agent's input.
function triggerNames(n8n: IExecuteFunctions): string[] {
	const previous = attempt(() => n8n.getInputSourceData().previousNode);
	const names = [n8n.getNode().name, ...(previous ? [previous] : [])];
	const triggers = names
		.flatMap((name) => n8n.getParentNodes(name))
		.filter(({ type, disabled }) => type.endsWith(TRIGGER_TYPE) && !disabled);
	return [...new Set(triggers.map(({ name }) => name))];
}

/** What n8n can follow back from item to item. */
function linkedItem(data: IWorkflowDataProxyData, node: string): INodeExecutionData | undefined {
	return attempt(() => data.$(node).item);
}

function allItems(data: IWorkflowDataProxyData, node: string): INodeExecutionData[] {
	const items: INodeExecutionData[] = [];
	for (let output = 0; ; output++) {
		// Unlike `$('node').all()` it does not fall back to pinned data for outputs beyond the last.
		const more = attempt(() => data.$items(node, output, 0) as INodeExecutionData[]);
		if (!more) return items;
		items.push(...more);
	}
}

// n8n throws where data cannot be followed, or is not there.
function attempt<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}

/**
 * The message in an item of the Twilio SMS Trigger, simplified or not, or in any other with the
 * same fields; `undefined` when there is none, or one that nobody sent to us.
 */
export function toIncomingMessage(json: unknown): IncomingMessage | undefined {
	const item = (json ?? {}) as Record<string, unknown>;
	const text = (name: string) => {
		const value = item[name] || item[name[0].toUpperCase() + name.slice(1)];
		return typeof value === 'string' ? value : '';
	};
	const [messageSid, from, to] = ['messageSid', 'from', 'to'].map(text);
	const messagingServiceSid = text('messagingServiceSid');
	const status = text('messageStatus') || text('status');
	if (!messageSid || !from || !to) return undefined;
	if (text('direction').startsWith('outbound')) return undefined;
	if (status && !RECEIVED.includes(status)) return undefined;
	return { messageSid, from, to, ...(messagingServiceSid && { messagingServiceSid }) };
}
