import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { simplifyField } from '../../shared/descriptions';
import { twilioRequest } from '../../shared/transport';
import type { OperationDescription, TwilioMessage } from '../../shared/types';
import { messageOutput } from './messageOutput';
import { messageSidField, requireMessageSid } from './messageSid';

export const description: OperationDescription = {
	option: {
		name: 'Redact',
		value: 'redact',
		action: 'Redact a message',
		description:
			'Erase the text of a message at Twilio for good and keep the rest: numbers, dates, status and attachments',
	},
	fields: [messageSidField, simplifyField],
};

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<IDataObject> {
	const messageSid = requireMessageSid.call(this, itemIndex);
	const message = (await twilioRequest.call(this, {
		method: 'POST',
		path: `/Messages/${messageSid}.json`,
		form: { Body: '' },
	})) as TwilioMessage;
	return messageOutput.call(this, message, itemIndex);
}
