import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { simplifyField } from '../../shared/descriptions';
import type { OperationDescription } from '../../shared/types';
import { requestedNumber, requestedNumberField } from './requestedNumber';
import { simplifyPhoneNumber } from './simplifyPhoneNumber';

export const description: OperationDescription = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a phone number',
		description: 'Look at a number of the account and where its texts go',
	},
	fields: [requestedNumberField, simplifyField],
};

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<IDataObject> {
	const number = await requestedNumber.call(this, itemIndex);
	const simplify = this.getNodeParameter('simplify', itemIndex) as boolean;
	return simplify ? simplifyPhoneNumber(number) : number;
}
