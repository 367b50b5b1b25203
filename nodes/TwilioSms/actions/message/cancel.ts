import { simplifyField } from '../../shared/fields';
import type { OperationDescription, OperationInput } from '../operation';
import { Change } from '../operation';
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

export async function execute({ twilio, parameters }: OperationInput): Promise<Change> {
	const messageSid = requireMessageSid(parameters);
	const output = messageOutput(parameters);
	return new Change(async () =>
		output(await twilio.messages.update(messageSid, { Status: 'canceled' })),
	);
}
