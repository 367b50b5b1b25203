import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { twilioRequest } from '../../shared/transport';
import type { OperationDescription } from '../../shared/types';
import { messageSidField, requireMessageSid } from './messageSid';

export const description: OperationDescription = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete a message',
		description: 'Delete a message and its attachments at Twilio for good',
	},
	fields: [messageSidField],
};

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<IDataObject> {
	const messageSid = requireMessageSid.call(this, itemIndex);
	await twilioRequest.call(this, { method: 'DELETE', path: `/Messages/${messageSid}.json` });
	return { deleted: true, messageSid };
}
