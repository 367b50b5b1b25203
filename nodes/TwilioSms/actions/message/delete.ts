import type { OperationDescription, OperationInput } from '../operation';
import { Change } from '../operation';
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

export async function execute({ twilio, parameters }: OperationInput): Promise<Change> {
	const messageSid = requireMessageSid(parameters);
	return new Change(async () => {
		await twilio.messages.remove(messageSid);
		return { deleted: true, messageSid };
	});
}
