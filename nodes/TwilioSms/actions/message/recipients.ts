import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Channel } from '../../shared/address';
import { toRecipient } from '../../shared/address';
import { inputError } from '../../shared/errors';
import { getCredential } from '../../shared/transport';

export const toField: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. +14155550100',
	description:
		'The phone number that gets the message, with + and country code. Several numbers, separated by commas, get a message each.',
};

/**
 * Everybody in the field "To", once each.
 *
 * @throws NodeOperationError when there is nobody, or one of them cannot be right
 */
export async function recipients(
	this: IExecuteFunctions,
	itemIndex: number,
	channel: Channel,
): Promise<string[]> {
	const { phoneNumber } = await getCredential.call(this);
	const typed = splitList(this.getNodeParameter('to', itemIndex));
	const addresses = typed.map((one) => {
		const address = toRecipient(one, channel, phoneNumber);
		if (address) return address;
		throw inputError(this.getNode(), `"${one}" is not a phone number (field "To")`, ADVICE);
	});
	if (addresses.length === 0) throw inputError(this.getNode(), '"To" is empty', ADVICE);
	return [...new Set(addresses)];
}

const ADVICE =
	'Write the number in international form: +, country code, number, for example +14155550100. Separate several numbers by commas.';

// An expression may give a list, a number, or nothing at all.
function splitList(value: unknown): string[] {
	return [value]
		.flat()
		.flatMap((one) => String(one ?? '').split(/[,;\n]/))
		.map((one) => one.trim())
		.filter(Boolean);
}
