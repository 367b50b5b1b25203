import type { IExecuteFunctions } from 'n8n-workflow';

import { toReceiver, toSender } from '../../shared/address';
import { inputError } from '../../shared/errors';
import { getCredential } from '../../shared/transport';

/**
 * The address as Twilio writes it in its list, which it compares to the letter; `undefined` for an
 * empty filter.
 *
 * @throws NodeOperationError when it is no address
 */
export async function addressFilter(
	this: IExecuteFunctions,
	value: unknown,
	field: 'From' | 'To',
): Promise<string | undefined> {
	const typed = String(value ?? '').trim();
	if (!typed) return undefined;
	const { phoneNumber } = await getCredential.call(this);
	const toAddress = field === 'From' ? toSender : toReceiver;
	const address = toAddress(typed, 'sms', phoneNumber);
	if (address) return address;
	throw inputError(
		this.getNode(),
		`"${typed}" is not a phone number (filter "${field}")`,
		'Write the number in international form: +, country code, number, for example +14155550100.',
	);
}
