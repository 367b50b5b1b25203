import type { INodeProperties } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';

/** What the person can press. */
export interface Decision {
	approves: boolean;
	label: string;
}

/** n8n gives this field, under this name, to the human-in-the-loop tool that it makes of the node. */
export const approvalField: INodeProperties = {
	displayName: 'Approval Options',
	name: 'approvalOptions',
	type: 'fixedCollection',
	placeholder: 'Add option',
	default: {},
	displayOptions: { show: { responseType: ['approval'] } },
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Type of Approval',
					name: 'approvalType',
					type: 'options',
					options: [
						{
							name: 'Approve Only',
							value: 'single',
							description: 'There is one button, and no way to decline',
						},
						{
							name: 'Approve and Disapprove',
							value: 'double',
							description: 'There are two buttons',
						},
					],
					default: 'double',
				},
				{
					displayName: 'Approve Button Label',
					name: 'approveLabel',
					type: 'string',
					default: 'Approve',
				},
				{
					displayName: 'Disapprove Button Label',
					name: 'disapproveLabel',
					type: 'string',
					default: 'Decline',
					displayOptions: { show: { approvalType: ['double'] } },
				},
			],
		},
	],
};

/** The buttons in the order in which they stand on the page. */
export function toDecisions(parameters: Parameters): Decision[] {
	const options = parameters.collection('approvalOptions.values');
	const approve = options.text('approveLabel', 'Approve Button Label') || 'Approve';
	const decline = options.text('disapproveLabel', 'Disapprove Button Label') || 'Decline';
	const approval = { approves: true, label: approve };
	const isDouble = options.choice('approvalType', 'double') === 'double';
	return isDouble ? [approval, { approves: false, label: decline }] : [approval];
}

/** What the page posts when a decision's button is pressed, as `decision`. */
export function postedAs({ approves }: Decision): string {
	return approves ? 'approve' : 'decline';
}
