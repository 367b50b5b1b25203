import type { IExecuteFunctions } from 'n8n-workflow';

import { simplifyField } from '../../shared/descriptions';
import { Steps } from '../../shared/steps';
import type { OperationDescription } from '../../shared/types';
import { addressing, addressingFields } from './addressing';
import { content, contentFields } from './content';
import { createMessage } from './createMessage';
import { messageOutput } from './messageOutput';
import { sendOptions } from './optionFields';
import { optionParameters } from './optionParameters';
import { requireContent } from './requireContent';

export const description: OperationDescription = {
	option: {
		name: 'Send',
		value: 'send',
		action: 'Send a message',
		description: 'Send an SMS, MMS or WhatsApp message to one phone or several',
	},
	fields: [...addressingFields, ...contentFields, simplifyField, sendOptions],
};

/** Everything is checked for all recipients before the first of them gets the message. */
export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<Steps> {
	const addresses = await addressing.call(this, itemIndex);
	const message = {
		...content.call(this, itemIndex),
		...optionParameters.call(this, itemIndex, addresses[0]),
	};
	requireContent.call(this, message);
	const steps = addresses.map((address) => ({
		to: address.To,
		run: async () => {
			const created = await createMessage.call(this, { ...address, ...message });
			return messageOutput.call(this, created, itemIndex);
		},
	}));
	return new Steps(steps);
}
