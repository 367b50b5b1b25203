import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { twilioRequest } from '../../shared/transport';
import { messageSidField, requireMessageSid } from './messageSid';

export const option: INodePropertyOptions = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a message',
	description: 'Delete a message and its attachments at Twilio for good',
};

export const description: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['message'], operation: ['delete'] } },
	[messageSidField],
);

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<IDataObject> {
	const messageSid = requireMessageSid.call(this, itemIndex);
	await twilioRequest.call(this, { method: 'DELETE', path: `/Messages/${messageSid}.json` });
	return { deleted: true, messageSid };
}
