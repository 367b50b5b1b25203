import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { simplifyField } from '../../shared/descriptions';
import { requestedNumber, requestedNumberField } from './requestedNumber';
import { simplifyPhoneNumber } from './simplifyPhoneNumber';

export const option: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get a phone number',
	description: 'Look at a number of the account and where its texts go',
};

export const description: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['phoneNumber'], operation: ['get'] } },
	[requestedNumberField, simplifyField],
);

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<IDataObject> {
	const number = await requestedNumber.call(this, itemIndex);
	const simplify = this.getNodeParameter('simplify', itemIndex) as boolean;
	return simplify ? simplifyPhoneNumber(number) : number;
}
