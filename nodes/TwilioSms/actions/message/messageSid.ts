import type { INodeProperties } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';
import { inputError } from '../../twilio/errors';

const MESSAGE_SID = /^(SM|MM)[0-9a-fA-F]{32}$/;

export const messageSidField: INodeProperties = {
	displayName: 'Message SID',
	name: 'messageSid',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. SMxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
	description:
		"Twilio's ID of the message: SM or MM and 32 characters. Sending a message, listing messages and the Twilio SMS Trigger all give it as messageSid.",
};

/**
 * The SID in the field "Message SID". Nothing else may pass: it becomes part of a path.
 *
 * @throws NodeOperationError when it is not the SID of a message
 */
export function requireMessageSid(parameters: Parameters): string {
	const typed = parameters.text('messageSid', 'Message SID').trim();
	if (MESSAGE_SID.test(typed)) return typed;
	throw inputError(
		parameters.node,
		typed ? `"${typed}" is not the SID of a message` : '"Message SID" is empty',
		'The SID of a message is SM or MM, followed by 32 characters of 0-9 and a-f. Sending a message and the Twilio SMS Trigger give it as messageSid.',
	);
}
