import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Parameters } from '../shared/parameters';
import { parametersOfStart } from '../shared/parameters';
import { twilioClient } from '../twilio/client';
import type { HandledMessage } from './handlers/match';
import { dispatch } from './handlers/route';
import { isPolling, lastIncomingMessage, toFoundText } from './polling/messageLog';
import { messageItem, toInboundMessage } from './receiving/item';
import { readChoice } from './registration/choice';

/**
 * Puts out what the webhook or a poll found, each item on the output of its handler. A test in the
 * editor has nothing to begin with while the trigger polls, so it gets the last text.
 */
export async function execute(n8n: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const parameters = parametersOfStart(n8n);
	const isTest = n8n.getMode() === 'manual' && isPolling(parameters);
	const items = isTest ? await lastText(n8n, parameters) : n8n.getInputData();
	return await dispatch(parameters, items, toMessage);
}

async function lastText(
	n8n: IExecuteFunctions,
	parameters: Parameters,
): Promise<INodeExecutionData[]> {
	const twilio = twilioClient(n8n);
	const choice = await readChoice(parameters, twilio);
	const last = choice && (await lastIncomingMessage(twilio, choice));
	const text = last && toFoundText(n8n.getNode(), twilio, last);
	const form = await text?.form();
	if (!text || !form) return [];
	const message = toInboundMessage(form, new Date(text.time).toISOString());
	return [await messageItem(n8n, parameters, message, form)];
}

// An item has what the conditions look at, simplified or not, unless somebody has pinned another one.
function toMessage({ json }: INodeExecutionData): HandledMessage {
	if ('messageSid' in json) {
		const text = (value: unknown) => (typeof value === 'string' ? value : null);
		return {
			body: text(json.body) ?? '',
			from: text(json.from),
			to: text(json.to),
			numMedia: Number(json.numMedia) || 0,
			optOut: text(json.optOut),
		};
	}
	const form = new URLSearchParams();
	for (const [name, value] of Object.entries(json)) form.set(name, String(value ?? ''));
	return toInboundMessage(form);
}
