import { simplifyField } from '../../shared/fields';
import type { OperationDescription, OperationInput } from '../operation';
import { Steps } from '../operation';
import { addressing, addressingFields } from './addressing';
import { content, contentFields, requireContent } from './content';
import { optionParameters, sendOptions } from './options';
import { messageOutput } from './output';

export const description: OperationDescription = {
	option: {
		name: 'Send',
		value: 'send',
		action: 'Send message',
		description: 'Send an SMS, MMS or WhatsApp message to one phone or several',
	},
	fields: [...addressingFields, ...contentFields, simplifyField, sendOptions],
};

/** Everything is checked for all recipients before the first of them gets the message. */
export async function execute(input: OperationInput): Promise<Steps> {
	const { twilio, parameters } = input;
	const addresses = await addressing(input);
	const message = {
		...content(parameters),
		...(await optionParameters(input, addresses[0])),
	};
	requireContent(parameters, message);
	const output = messageOutput(parameters);
	const steps = addresses.map((address) => ({
		to: address.To,
		run: async () => output(await twilio.messages.create({ ...address, ...message })),
	}));
	return new Steps(steps);
}
