import type { IExecuteFunctions, INodeExecutionData, IWorkflowDataProxyData } from 'n8n-workflow';

import { inputError } from '../../shared/errors';
import type { IncomingMessage } from './incomingMessage';
import { toIncomingMessage } from './incomingMessage';

const TRIGGER_TYPE = '.twilioSmsTrigger';

/**
 * The message to answer: the item's own or, where other nodes have replaced it, the one with
 * which the Twilio SMS Trigger started the workflow.
 *
 * @throws NodeOperationError when there is none
 */
export function answeredMessage(this: IExecuteFunctions, itemIndex: number): IncomingMessage {
	const own = toIncomingMessage(this.getInputData()[itemIndex]?.json);
	if (own) return own;
	const data = this.getWorkflowDataProxy(itemIndex);
	// As a tool of an AI agent the node itself has no item but what the agent entered.
	const agents = toIncomingMessage(attempt(() => data.$input.item?.json));
	if (agents) return agents;
	for (const trigger of triggerNames.call(this)) {
		const item = linkedItem(data, trigger) ?? onlyItem(data, trigger);
		const message = toIncomingMessage(item?.json);
		if (message) return message;
	}
	throw inputError(
		this.getNode(),
		'There is no incoming message to reply to',
		'This operation answers the message with which a Twilio SMS Trigger started the workflow. Put that trigger (for incoming messages) in front of this node, or use the operation Send to text somebody else. If the trigger gave several items, pass its fields messageSid, from and to on to this node.',
	);
}

// As a tool the node is beside the workflow's main line, so the way leads by the agent's input.
function triggerNames(this: IExecuteFunctions): string[] {
	const previous = attempt(() => this.getInputSourceData().previousNode);
	const names = [this.getNode().name, ...(previous ? [previous] : [])];
	const triggers = names
		.flatMap((name) => this.getParentNodes(name))
		.filter(({ type, disabled }) => type.endsWith(TRIGGER_TYPE) && !disabled);
	return [...new Set(triggers.map(({ name }) => name))];
}

/** What n8n can follow back from item to item. */
function linkedItem(data: IWorkflowDataProxyData, node: string): INodeExecutionData | undefined {
	return attempt(() => data.$(node).item);
}

/** Nodes in between may have lost the link; one item needs none. */
function onlyItem(data: IWorkflowDataProxyData, node: string): INodeExecutionData | undefined {
	const items: INodeExecutionData[] = [];
	for (let output = 0; ; output++) {
		// Unlike `$('node').all()` it does not fall back to pinned data for outputs beyond the last.
		const more = attempt(() => data.$items(node, output, 0) as INodeExecutionData[]);
		if (!more) return items.length === 1 ? items[0] : undefined;
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
