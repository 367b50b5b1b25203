import type { IExecuteFunctions } from 'n8n-workflow';

import type { TwilioParameters } from '../../shared/request';
import { twilioRequest } from '../../shared/transport';
import type { TwilioMessage } from '../../shared/types';

/**
 * Hands a message to Twilio.
 *
 * @see https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
 * @throws NodeApiError which tells whether it may have gone out all the same
 */
export async function createMessage(
	this: IExecuteFunctions,
	message: TwilioParameters & { To: string },
): Promise<TwilioMessage> {
	return (await twilioRequest.call(this, {
		method: 'POST',
		path: '/Messages.json',
		form: message,
		messageTo: message.To,
	})) as TwilioMessage;
}
