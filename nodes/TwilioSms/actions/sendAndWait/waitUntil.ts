import type { INodeProperties } from 'n8n-workflow';
import { WAIT_INDEFINITELY } from 'n8n-workflow';

import { parseDate } from '../../shared/dates';
import type { Parameters } from '../../shared/parameters';
import { inputError } from '../../twilio/errors';

/** As n8n's other nodes that wait have it. */
export const limitWaitTimeOption: INodeProperties = {
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	type: 'fixedCollection',
	default: { values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' } },
	description:
		'How long to wait at most. After that the workflow goes on with the input of this node in place of an answer.',
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Limit Type',
					name: 'limitType',
					type: 'options',
					options: [
						{
							name: 'After Time Interval',
							value: 'afterTimeInterval',
							description: 'Waits for a certain amount of time',
						},
						{
							name: 'At Specified Time',
							value: 'atSpecifiedTime',
							description: 'Waits until the set date and time',
						},
					],
					default: 'afterTimeInterval',
				},
				{
					displayName: 'Amount',
					name: 'resumeAmount',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 2 },
					default: 1,
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					description: 'How many minutes, hours or days to wait',
				},
				{
					displayName: 'Unit',
					name: 'resumeUnit',
					type: 'options',
					options: [
						{ name: 'Minutes', value: 'minutes' },
						{ name: 'Hours', value: 'hours' },
						{ name: 'Days', value: 'days' },
					],
					default: 'hours',
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
				},
				{
					displayName: 'Max Date and Time',
					name: 'maxDateAndTime',
					type: 'dateTime',
					default: '',
					displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
					description: 'When to go on without an answer',
				},
			],
		},
	],
};

const UNIT_MS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/**
 * When n8n is to go on without an answer.
 *
 * @throws NodeOperationError when that cannot be told or is over
 */
export function waitUntil(parameters: Parameters, timezone: string, now = Date.now()): Date {
	const limit = parameters.collection('options.limitWaitTime.values');
	if (!limit.isSet('limitType')) return WAIT_INDEFINITELY;
	const until =
		limit.choice('limitType', 'afterTimeInterval') === 'atSpecifiedTime'
			? parseDate(limit.value('maxDateAndTime'), timezone)
			: now + Number(limit.value('resumeAmount')) * UNIT_MS[limit.choice('resumeUnit', 'hours')];
	// Beyond what a calendar has there is no date at all.
	const date = new Date(until ?? NaN);
	if (date.getTime() > now) return date;
	throw inputError(
		parameters.node,
		'The option "Limit Wait Time" leaves no time to wait',
		"Enter a number above 0 and a unit, or a date and time that is still to come, in the workflow's time zone or with its own, for example 2026-12-31T20:30:00+01:00.",
	);
}
