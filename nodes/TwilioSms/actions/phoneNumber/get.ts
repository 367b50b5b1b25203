import type { IDataObject } from 'n8n-workflow';

import { simplifyField } from '../../shared/fields';
import type { OperationDescription, OperationInput } from '../operation';
import { numberOutput, requestedNumber, requestedNumberField } from './number';

export const description: OperationDescription = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get phone number',
		description: 'Look at a number of the account and where its texts go',
	},
	fields: [requestedNumberField, simplifyField],
};

export async function execute(input: OperationInput): Promise<IDataObject> {
	return numberOutput(await requestedNumber(input), input.parameters);
}
