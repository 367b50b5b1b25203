import type { INodeProperties } from 'n8n-workflow';
import { SEND_AND_WAIT_OPERATION } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';
import { inputError } from '../../twilio/errors';
import type { MessageParameters } from '../../twilio/types';
import type { Addressing } from '../message/addressing';
import { addressing, addressingFields } from '../message/addressing';
import { messageField, messageText } from '../message/content';
import { optionParameters, waitingOptions } from '../message/options';
import type { OperationDescription, OperationInput } from '../operation';
import { Steps } from '../operation';
import type { Delivery } from './delivery';
import { toDelivery } from './delivery';
import { waitingFields } from './fields';
import { callbackLink, pageLink, questionText } from './link';
import { toQuestion } from './question';
import { isTextReplyWanted, requireTextReply, textReplyHint } from './textReply';
import { waitUntil } from './waitUntil';

export const description: OperationDescription = {
	option: {
		name: 'Send and Wait for Response',
		value: SEND_AND_WAIT_OPERATION,
		action: 'Send message and wait for response',
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
export async function execute(input: OperationInput): Promise<Steps> {
	const { n8n, twilio, itemIndex, parameters } = input;
	requireOneItem(input);
	const address = await onlyAddress(input);
	const until = waitUntil(parameters, n8n.getTimezone());
	if (isTextReplyWanted(parameters)) await requireTextReply(input, address);
	const message = {
		...address,
		...(await optionParameters(input, address)),
		...(await content(input)),
	};
	const run = async () => {
		// Twilio reports changes only: none comes after a status that was final from the beginning.
		const { sid, status, error_code: errorCode } = await twilio.messages.create(message);
		const delivery = toDelivery(sid, status, errorCode);
		if (delivery && isAboutDelivery(parameters)) {
			return { data: { ...delivery, respondedAt: new Date().toISOString() } };
		}
		if (delivery?.delivered === false) throw undeliveredError(parameters, delivery);
		await n8n.putExecutionToWait(until);
		return n8n.getInputData()[itemIndex].json;
	};
	return new Steps([{ to: address.To, run }]);
}

// n8n waits with an execution, not with an item.
function requireOneItem({ n8n, parameters }: OperationInput): void {
	const { length } = n8n.getInputData();
	if (length <= 1) return;
	throw inputError(
		parameters.node,
		`Only one person can be asked at a time, but ${length} items came in`,
		'Nothing was sent. Put a node "Loop Over Items" in front of this one, or set "Execute Once" in its settings to ask for the first item only.',
	);
}

async function onlyAddress(input: OperationInput): Promise<Addressing> {
	const [address, ...others] = await addressing(input);
	if (others.length === 0) return address;
	throw inputError(
		input.parameters.node,
		'Only one person can be asked at a time, but "To" has several numbers',
		'Nothing was sent. Enter one number, or ask them one after the other with a node "Loop Over Items".',
	);
}

async function content(
	input: OperationInput,
): Promise<Pick<MessageParameters, 'Body' | 'StatusCallback'>> {
	const { parameters } = input;
	const Body = messageText(parameters);
	if (!Body) {
		throw inputError(
			parameters.node,
			'The message is empty',
			'Enter what to ask in the field "Message".',
		);
	}
	if (isAboutDelivery(parameters)) return { Body, StatusCallback: await callbackLink(input) };
	let hint: string;
	try {
		hint = textReplyHint(parameters, toQuestion(parameters));
	} catch (error) {
		throw inputError(
			parameters.node,
			(error as Error).message,
			'Nothing was sent. Correct the form in this node.',
		);
	}
	return { Body: questionText(Body, await pageLink(input, !hint), hint) };
}

function undeliveredError({ node }: Parameters, { status, errorMessage }: Delivery) {
	return inputError(
		node,
		`Twilio could not deliver the message (status "${status}")`,
		errorMessage ?? 'Look at it in the Twilio Console > Monitor > Logs > Messaging.',
	);
}

function isAboutDelivery(parameters: Parameters): boolean {
	return parameters.choice('responseType', 'approval') === 'delivery';
}

function toOnePerson(field: INodeProperties): INodeProperties {
	if (field.name !== 'to') return field;
	return {
		...field,
		description: 'The phone number of the person to ask, with + and country code',
	};
}
