import type { IDataObject } from 'n8n-workflow';

import { simplifyField } from '../../shared/fields';
import type { OperationDescription, OperationInput } from '../operation';
import { messageSidField, requireMessageSid } from './messageSid';
import { messageOutput } from './output';

export const description: OperationDescription = {
	option: {
		name: 'Redact',
		value: 'redact',
		action: 'Redact message',
		description:
			'Erase the text of a message at Twilio for good and keep the rest: numbers, dates, status and attachments',
	},
	fields: [messageSidField, simplifyField],
};

export async function execute({ twilio, parameters }: OperationInput): Promise<IDataObject> {
	const output = messageOutput(parameters);
	const message = await twilio.messages.update(requireMessageSid(parameters), { Body: '' });
	return output(message);
}
