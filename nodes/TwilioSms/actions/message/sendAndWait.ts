import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { SEND_AND_WAIT_OPERATION } from 'n8n-workflow';

import { inputError } from '../../shared/errors';
import type { TwilioParameters } from '../../shared/request';
import { Steps } from '../../shared/steps';
import type { OperationDescription } from '../../shared/types';
import type { Delivery } from '../waiting/delivery';
import { toDelivery } from '../waiting/delivery';
import { toQuestion } from '../waiting/question';
import { questionText } from '../waiting/questionText';
import { parametersOfItem } from '../waiting/readParameter';
import { callbackLink, pageLink } from '../waiting/resumeLink';
import { waitingFields } from '../waiting/waitingFields';
import { waitUntil } from '../waiting/waitUntil';
import type { Addressing } from './addressing';
import { addressing, addressingFields } from './addressing';
import { messageField, messageText } from './content';
import { createMessage } from './createMessage';
import { waitingOptions } from './optionFields';
import { optionParameters } from './optionParameters';

export const description: OperationDescription = {
	option: {
		name: 'Send and Wait for Response',
		value: SEND_AND_WAIT_OPERATION,
		action: 'Send a message and wait for response',
		description: 'Ask somebody by text, and go on with the workflow when they have answered',
	},
	fields: [
		...addressingFields.map(toOnePerson),
		{
			...messageField,
			required: true,
			placeholder: 'e.g. Refund 40 USD to Anna?',
			description:
				'What to ask. A link to the page for the answer is put below it, which alone has some 150 characters.',
		},
		...waitingFields,
		waitingOptions,
	],
};

/** Everything is checked before the message goes out, as nothing can be put right afterwards. */
export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<Steps> {
	requireOneItem.call(this);
	const address = await onlyAddress.call(this, itemIndex);
	const until = waitUntil.call(this, itemIndex);
	const message = {
		...address,
		...optionParameters.call(this, itemIndex, address),
		...(await content.call(this, itemIndex)),
	};
	const run = async () => {
		// Twilio reports changes only: none comes after a status that was final from the beginning.
		const { sid, status, error_code: errorCode } = await createMessage.call(this, message);
		const delivery = toDelivery(sid, status, errorCode);
		if (delivery && isAboutDelivery.call(this, itemIndex)) {
			return { data: { ...delivery, respondedAt: new Date().toISOString() } };
		}
		if (delivery?.delivered === false) throw undeliveredError.call(this, delivery);
		await this.putExecutionToWait(until);
		return this.getInputData()[itemIndex].json;
	};
	return new Steps([{ to: address.To, run }]);
}

// n8n waits with an execution, not with an item.
function requireOneItem(this: IExecuteFunctions): void {
	const { length } = this.getInputData();
	if (length <= 1) return;
	throw inputError(
		this.getNode(),
		`Only one person can be asked at a time, but ${length} items came in`,
		'Nothing was sent. Put a node "Loop Over Items" in front of this one, or set "Execute Once" in its settings to ask for the first item only.',
	);
}

async function onlyAddress(this: IExecuteFunctions, itemIndex: number): Promise<Addressing> {
	const [address, ...others] = await addressing.call(this, itemIndex);
	if (others.length === 0) return address;
	throw inputError(
		this.getNode(),
		'Only one person can be asked at a time, but "To" has several numbers',
		'Nothing was sent. Enter one number, or ask them one after the other with a node "Loop Over Items".',
	);
}

async function content(this: IExecuteFunctions, itemIndex: number): Promise<TwilioParameters> {
	const Body = messageText.call(this, itemIndex);
	if (!Body) {
		throw inputError(
			this.getNode(),
			'The message is empty',
			'Enter what to ask in the field "Message".',
		);
	}
	if (isAboutDelivery.call(this, itemIndex)) {
		return { Body, StatusCallback: await callbackLink.call(this) };
	}
	try {
		toQuestion(parametersOfItem.call(this, itemIndex));
	} catch (error) {
		throw inputError(
			this.getNode(),
			(error as Error).message,
			'Nothing was sent. Correct the form in this node.',
		);
	}
	return { Body: questionText(Body, await pageLink.call(this)) };
}

function undeliveredError(this: IExecuteFunctions, { status, errorMessage }: Delivery) {
	return inputError(
		this.getNode(),
		`Twilio could not deliver the message (status "${status}")`,
		errorMessage ?? 'Look at it in the Twilio Console > Monitor > Logs > Messaging.',
	);
}

function isAboutDelivery(this: IExecuteFunctions, itemIndex: number): boolean {
	return this.getNodeParameter('responseType', itemIndex) === 'delivery';
}

function toOnePerson(field: INodeProperties): INodeProperties {
	if (field.name !== 'to') return field;
	return {
		...field,
		description: 'The phone number of the person to ask, with + and country code',
	};
}
