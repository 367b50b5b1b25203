import { simplifyField } from '../../shared/fields';
import type { OperationDescription, OperationInput } from '../operation';
import { Steps } from '../operation';
import { messageField, messageText, requireContent } from './content';
import { optionParameters, replyOptions } from './options';
import { messageOutput } from './output';
import { replyTarget } from './replyTarget';

export const description: OperationDescription = {
	option: {
		name: 'Reply',
		value: 'reply',
		action: 'Reply to message',
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

export async function execute(input: OperationInput): Promise<Steps> {
	const { n8n, twilio, itemIndex, parameters } = input;
	const { from, to, messagingServiceSid } = replyTarget(n8n, itemIndex);
	const sender = { From: to, MessagingServiceSid: messagingServiceSid };
	const message = {
		Body: messageText(parameters),
		...(await optionParameters(input, { ...sender, To: from })),
	};
	requireContent(parameters, message);
	const output = messageOutput(parameters);
	const run = async () => output(await twilio.messages.create({ ...sender, To: from, ...message }));
	return new Steps([{ to: from, run }]);
}
