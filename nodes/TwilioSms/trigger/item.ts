import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import { toInboundMessage, toRawMessage } from './inboundMessage';
import { downloadMedia } from './media';
import type { FormParameters } from '../shared/signature';
import { toStatusEvent } from './statusEvent';

/** What the workflow gets of a request. */
export async function toItem(
	this: IWebhookFunctions,
	parameters: FormParameters,
): Promise<INodeExecutionData> {
	const isStatus = this.getNodeParameter('event') === 'messageStatus';
	const shape = isStatus ? toStatusEvent : toInboundMessage;
	const isSimple = this.getNodeParameter('simplify') as boolean;
	const json: IDataObject = isSimple
		? shape(parameters, new Date().toISOString())
		: toRawMessage(parameters);
	if (isStatus || !this.getNodeParameter('options.downloadMedia', false)) return { json };
	const { binary, errors } = await downloadMedia.call(this, parameters);
	for (const [index, error] of Object.entries(errors)) {
		if (isSimple) (json.media as IDataObject[])[Number(index)].error = error;
		else json[`MediaError${index}`] = error;
	}
	return Object.keys(binary).length ? { json, binary } : { json };
}
