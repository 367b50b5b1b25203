import type { IDataObject } from 'n8n-workflow';

import { parametersFrom } from '../../../support/parameters';
import { toDecisions } from '../../../../nodes/TwilioSms/actions/sendAndWait/approval';

const decisions = (values?: IDataObject) =>
	toDecisions(parametersFrom({ 'approvalOptions.values': values }));

const APPROVE = { approves: true, label: 'Approve' };
const DECLINE = { approves: false, label: 'Decline' };

it.each([undefined, {}, { approvalType: 'double' }])(
	'there are two buttons unless one is wanted, the one that approves first: %j',
	(values) => expect(decisions(values)).toEqual([APPROVE, DECLINE]),
);

it('there is one if only that is wanted', () => {
	expect(decisions({ approvalType: 'single', disapproveLabel: 'No' })).toEqual([APPROVE]);
});

it('they say what they are to say', () => {
	const labels = { approveLabel: 'Yes', disapproveLabel: 0 };
	expect(decisions({ approvalType: 'double', ...labels, disapproveLabel: 'No' })).toEqual([
		{ approves: true, label: 'Yes' },
		{ approves: false, label: 'No' },
	]);
});

it.each(['', null])('they say something even if they are to say %j', (label) => {
	const labels = { approveLabel: label, disapproveLabel: label };
	expect(decisions({ approvalType: 'double', ...labels })).toEqual([APPROVE, DECLINE]);
});
