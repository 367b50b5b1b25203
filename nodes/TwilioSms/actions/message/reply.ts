import type { IExecuteFunctions } from 'n8n-workflow';

import { simplifyField } from '../../shared/descriptions';
import { Steps } from '../../shared/steps';
import type { OperationDescription } from '../../shared/types';
import { answeredMessage } from './answeredMessage';
import { messageField, messageText } from './content';
import { createMessage } from './createMessage';
import { messageOutput } from './messageOutput';
import { replyOptions } from './optionFields';
import { optionParameters } from './optionParameters';
import { requireContent } from './requireContent';

export const description: OperationDescription = {
	option: {
		name: 'Reply',
		value: 'reply',
		action: 'Reply to a message',
		description: 'Answer the message that started the workflow, from the number it was sent to',
	},
	fields: [
		{
			...messageField,
			placeholder: 'e.g. Thank you, we are on our way.',
			description: `The text of the reply. ${messageField.description}`,
		},
		simplifyField,
		replyOptions,
	],
};

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<Steps> {
	const { from, to, messagingServiceSid } = answeredMessage.call(this, itemIndex);
	const sender = { From: to, MessagingServiceSid: messagingServiceSid };
	const message = {
		Body: messageText.call(this, itemIndex),
		...optionParameters.call(this, itemIndex, sender),
	};
	requireContent.call(this, message);
	const run = async () => {
		const created = await createMessage.call(this, { ...sender, To: from, ...message });
		return messageOutput.call(this, created, itemIndex);
	};
	return new Steps([{ to: from, run }]);
}
