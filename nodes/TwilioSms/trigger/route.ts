import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import { outputFor, rulesOf } from './handlers';
import { toInboundMessage } from './inboundMessage';
import type { FormParameters } from '../shared/signature';

/** The item on the output of the handler that takes it, and nothing on the others. */
export function route(
	this: IWebhookFunctions,
	parameters: FormParameters,
	item: INodeExecutionData,
): INodeExecutionData[][] {
	if (this.getNodeParameter('event') === 'messageStatus') return [[item]];
	const rules = rulesOf(this.getNodeParameter('handlers', {}) as IDataObject);
	const output = rules.length ? outputFor(toInboundMessage(parameters, ''), rules) : 0;
	const outputs = Array.from({ length: rules.length + 1 }, (): INodeExecutionData[] => []);
	outputs[output].push(item);
	return outputs;
}
