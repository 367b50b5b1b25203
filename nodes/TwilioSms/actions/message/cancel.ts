import type { IDataObject } from 'n8n-workflow';

import { simplifyField } from '../../shared/fields';
import type { OperationDescription, OperationInput } from '../operation';
import { messageSidField, requireMessageSid } from './messageSid';
import { messageOutput } from './output';

export const description: OperationDescription = {
	option: {
		name: 'Cancel',
		value: 'cancel',
		action: 'Cancel scheduled message',
		description: 'Keep a scheduled message from being sent',
	},
	fields: [messageSidField, simplifyField],
};

export async function execute({ twilio, parameters }: OperationInput): Promise<IDataObject> {
	const messageSid = requireMessageSid(parameters);
	const message = await twilio.messages.update(messageSid, { Status: 'canceled' });
	return messageOutput(message, parameters);
}
