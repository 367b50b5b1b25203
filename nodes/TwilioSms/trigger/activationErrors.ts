import type { IHookFunctions, INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { asNodeError } from '../shared/errors';
import type { TwilioPhoneNumber } from '../shared/types';
import type { Registration } from './registrationStore';

/** n8n shows only the message of an error in a webhook's life cycle, so it has to say it all. */
export async function sayingWhatToDo<T>(
	context: IHookFunctions,
	step: (this: IHookFunctions) => Promise<T>,
): Promise<T> {
	try {
		return await step.call(context);
	} catch (thrown) {
		const error = asNodeError(context.getNode(), thrown);
		if (error.description) {
			error.message = `${error.message.replace(/\.$/, '')}. ${error.description}`;
		}
		throw error;
	}
}

export function missingAuthTokenError(node: INode) {
	return new NodeOperationError(
		node,
		"The credential has no Auth Token, so incoming texts can't be verified",
		{
			description:
				'Twilio signs them with the Auth Token, never with an API key. Copy it from the Twilio Console into the credential, beside the API key.',
		},
	);
}

export function notOwnedError(node: INode, phoneNumber: string) {
	return new NodeOperationError(node, `${phoneNumber} is not a number of this Twilio account`, {
		description:
			'Check the number, or use the credential of the account that owns it (Twilio Console > Phone Numbers > Active Numbers).',
	});
}

export function foreignWebhookError(node: INode, number: TwilioPhoneNumber) {
	const holder = number.sms_application_sid
		? `the TwiML application ${number.sms_application_sid}`
		: withoutSecrets(number.sms_url ?? '');
	const message = `Texts to ${number.phone_number} already go to ${holder}`;
	const error = new NodeOperationError(node, message, {
		description:
			'A number can have one webhook only, so this one was left as it is. Set "If the Number Is in Use" to "Replace" to take it over (it is put back when the workflow is switched off), clear it in the Twilio Console, or choose another number.',
	});
	// n8n puts a text of its own in place of one that holds, even inside a word, a code such as EEXIST.
	error.message = message;
	return error;
}

export function otherAccountError(node: INode, registration: Registration) {
	return new NodeOperationError(
		node,
		`${registration.phoneNumber} belongs to account ${registration.accountSid}, for which the credential no longer is`,
	);
}

export function restoreFailedError(node: INode, registration: Registration, cause: unknown) {
	const { phoneNumber, snapshot } = registration;
	const before = snapshot.smsApplicationSid
		? `choose the TwiML application ${snapshot.smsApplicationSid}`
		: snapshot.smsUrl
			? `enter ${withoutSecrets(snapshot.smsUrl)} (${snapshot.smsMethod})`
			: 'leave the address empty';
	return new NodeOperationError(
		node,
		`The webhook of ${phoneNumber} could not be put back: ${asNodeError(node, cause).message}`,
		{
			description: `Texts to it still go to this workflow, which no longer takes them. In the Twilio Console open Phone Numbers > ${phoneNumber} and, under "A message comes in", ${before}.`,
		},
	);
}

// A webhook's URL may carry a password or a token, and this is going to be read and logged.
function withoutSecrets(url: string): string {
	return url.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//');
}
