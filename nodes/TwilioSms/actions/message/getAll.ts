import type { IDataObject } from 'n8n-workflow';

import { simplifyField } from '../../shared/fields';
import type { Parameters } from '../../shared/parameters';
import { LARGEST_PAGE } from '../../twilio/client';
import { inputError } from '../../twilio/errors';
import type { TwilioMessage } from '../../twilio/types';
import { listFields, take, wantedCount } from '../listFields';
import type { OperationDescription, OperationInput } from '../operation';
import { filtersField, hasDirection, messageFilters } from './messageFilters';
import { logOutput } from './output';

export const description: OperationDescription = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many messages',
		description: 'List messages, sent and received, the newest first',
	},
	fields: [...listFields, filtersField, simplifyField],
};

/** How many messages are looked through, at most, for those of one direction. */
const MOST_SIFTED = 100 * LARGEST_PAGE;

export async function execute(input: OperationInput): Promise<IDataObject[]> {
	const { twilio, parameters } = input;
	const count = wantedCount(parameters);
	const direction = parameters.collection('filters').choice('direction', '');
	// Twilio cannot filter by direction, so what is left out is fetched as well.
	const PageSize = direction ? LARGEST_PAGE : Math.min(LARGEST_PAGE, count);
	let sifted = 0;
	const fits = (message: TwilioMessage) => {
		if (direction && ++sifted > MOST_SIFTED) throw tooManyError(parameters);
		return hasDirection(message, direction);
	};
	const list = twilio.messages.list({ ...(await messageFilters(input)), PageSize });
	const messages = await take(list, count, fits);
	return messages.map(logOutput(parameters));
}

function tooManyError(parameters: Parameters) {
	const filters =
		'Look through fewer messages with the filters "Sent After", "Sent Before", "From" or "To"';
	return parameters.flag('returnAll')
		? inputError(
				parameters.node,
				'There are more than 100,000 messages to look through for those of this direction',
				`${filters}.`,
			)
		: inputError(
				parameters.node,
				'There are too few messages of this direction among the newest 100,000, after 100 requests to Twilio',
				`${filters}, or lower "Limit".`,
			);
}
