import type { IDataObject } from 'n8n-workflow';

import type { OperationDescription, OperationInput } from '../operation';
import { messageSidField, requireMessageSid } from './messageSid';

export const description: OperationDescription = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete message',
		description: 'Delete a message and its attachments at Twilio for good',
	},
	fields: [messageSidField],
};

export async function execute({ twilio, parameters }: OperationInput): Promise<IDataObject> {
	const messageSid = requireMessageSid(parameters);
	await twilio.messages.remove(messageSid);
	return { deleted: true, messageSid };
}
