import type { IDataObject } from 'n8n-workflow';

import { simplifyField } from '../../shared/fields';
import type { OperationDescription, OperationInput } from '../operation';
import { messageSidField, requireMessageSid } from './messageSid';
import { logOutput } from './output';

export const description: OperationDescription = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get message',
		description: 'Look at one message, sent or received, and whether it was delivered',
	},
	fields: [messageSidField, simplifyField],
};

export async function execute({ twilio, parameters }: OperationInput): Promise<IDataObject> {
	const message = await twilio.messages.fetch(requireMessageSid(parameters));
	return logOutput(parameters)(message);
}
