import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { TwilioMessage } from '../../shared/types';
import { simplifyMessage } from './simplifyMessage';

/** A message as the field "Simplify" wants it. */
export function messageOutput(
	this: IExecuteFunctions,
	message: TwilioMessage,
	itemIndex: number,
): IDataObject {
	const simplify = this.getNodeParameter('simplify', itemIndex) as boolean;
	return simplify ? simplifyMessage(message) : message;
}
