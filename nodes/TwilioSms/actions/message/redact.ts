import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { simplifyField } from '../../shared/descriptions';
import { twilioRequest } from '../../shared/transport';
import type { TwilioMessage } from '../../shared/types';
import { messageOutput } from './messageOutput';
import { messageSidField, requireMessageSid } from './messageSid';

export const option: INodePropertyOptions = {
	name: 'Redact',
	value: 'redact',
	action: 'Redact a message',
	description:
		'Erase the text of a message at Twilio for good and keep the rest: numbers, dates, status and attachments',
};

export const description: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['message'], operation: ['redact'] } },
	[messageSidField, simplifyField],
);

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<IDataObject> {
	const messageSid = requireMessageSid.call(this, itemIndex);
	const message = (await twilioRequest.call(this, {
		method: 'POST',
		path: `/Messages/${messageSid}.json`,
		form: { Body: '' },
	})) as TwilioMessage;
	return messageOutput.call(this, message, itemIndex);
}
