import type { IDataObject } from 'n8n-workflow';

import { toIsoDate } from '../../shared/dates';
import type { FeedbackOutcome } from '../../twilio/types';
import type { OperationDescription, OperationInput } from '../operation';
import { messageSidField, requireMessageSid } from './messageSid';

export const description: OperationDescription = {
	option: {
		name: 'Send Feedback',
		value: 'sendFeedback',
		action: 'Send feedback on message',
		description:
			'Tell Twilio whether the recipient acted on a message that was sent with the option "Provide Feedback", for instance by entering a code',
	},
	fields: [
		messageSidField,
		{
			displayName: 'Outcome',
			name: 'outcome',
			type: 'options',
			options: [
				{
					name: 'Confirmed',
					value: 'confirmed',
					description: 'The recipient acted on the message, so it has arrived',
				},
				{
					name: 'Unconfirmed',
					value: 'unconfirmed',
					description: 'The recipient has not acted on the message (yet)',
				},
			],
			default: 'confirmed',
		},
	],
};

export async function execute({ twilio, parameters }: OperationInput): Promise<IDataObject> {
	const sid = requireMessageSid(parameters);
	const wanted = parameters.choice<FeedbackOutcome>('outcome', 'confirmed');
	const feedback = await twilio.messages.createFeedback(sid, wanted);
	return {
		messageSid: feedback.message_sid,
		outcome: feedback.outcome,
		dateCreated: toIsoDate(feedback.date_created),
	};
}
