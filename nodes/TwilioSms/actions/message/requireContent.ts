import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../../shared/errors';
import type { TwilioParameters } from '../../shared/request';

/** @throws NodeOperationError when the message would hold nothing */
export function requireContent(this: IExecuteFunctions, message: TwilioParameters): void {
	if (message.Body || message.ContentSid || [message.MediaUrl ?? []].flat().length > 0) return;
	throw inputError(
		this.getNode(),
		'The message is empty',
		'Enter the text to send in the field "Message". It may stay empty only when the option "Media URLs" has a picture or another file.',
	);
}
