import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { simplifyField } from '../../shared/descriptions';
import { twilioRequest } from '../../shared/transport';
import type { OperationDescription, TwilioMessage } from '../../shared/types';
import { messageOutput } from './messageOutput';
import { messageSidField, requireMessageSid } from './messageSid';

export const description: OperationDescription = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a message',
		description: 'Look at one message, sent or received, and whether it was delivered',
	},
	fields: [messageSidField, simplifyField],
};

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<IDataObject> {
	const messageSid = requireMessageSid.call(this, itemIndex);
	const message = (await twilioRequest.call(this, {
		method: 'GET',
		path: `/Messages/${messageSid}.json`,
	})) as TwilioMessage;
	return messageOutput.call(this, message, itemIndex);
}
