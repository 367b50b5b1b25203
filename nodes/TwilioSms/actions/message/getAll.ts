import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { simplifyField } from '../../shared/descriptions';
import { LARGEST_PAGE, listFields, take, wantedCount } from '../../shared/listFields';
import { twilioList } from '../../shared/transport';
import type { OperationDescription, TwilioMessage } from '../../shared/types';
import { filtersField, hasDirection, messageQuery } from './messageFilters';
import { messageOutput } from './messageOutput';

export const description: OperationDescription = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many messages',
		description: 'List messages, sent and received, the newest first',
	},
	fields: [...listFields, filtersField, simplifyField],
};

// Of the messages on a page some go the other way; this many hold a small limit most times.
const SMALLEST_PAGE_TO_SIFT = 50;

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<IDataObject[]> {
	const filters = this.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const count = wantedCount.call(this, itemIndex);
	const PageSize = filters.direction
		? Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE_TO_SIFT, 2 * count))
		: Math.min(LARGEST_PAGE, count);
	const query = { ...(await messageQuery.call(this, filters)), PageSize };
	const list = twilioList.call(this, { path: '/Messages.json', query }, 'messages');
	const messages = await take(list as AsyncIterable<TwilioMessage>, count, ({ direction }) =>
		hasDirection(direction, filters.direction),
	);
	return messages.map((message) => messageOutput.call(this, message, itemIndex));
}
