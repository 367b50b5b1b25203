import type { INodeProperties } from 'n8n-workflow';

import type { Parameters } from '../shared/parameters';
import { inputError } from '../twilio/errors';

/** How much of a list the user wants. */
export const listFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

/**
 * How many entries the user asked for: `Infinity` for all of them.
 *
 * @throws NodeOperationError when that is no whole number above 0
 */
export function wantedCount(parameters: Parameters): number {
	if (parameters.flag('returnAll')) return Infinity;
	const typed = parameters.text('limit', 'Limit').trim();
	if (/^\d+$/.test(typed) && Number(typed) > 0) return Number(typed);
	throw inputError(
		parameters.node,
		typed ? `"Limit" is ${typed}, not a whole number above 0` : '"Limit" is empty',
		'Enter how many results you want, for example 50, or switch on "Return All".',
	);
}

/** The first entries that fit. No page is asked for beyond the one that completes them. */
export async function take<T>(
	entries: AsyncIterable<T>,
	count: number,
	fits: (entry: T) => boolean = () => true,
): Promise<T[]> {
	const taken: T[] = [];
	for await (const entry of entries) {
		if (!fits(entry)) continue;
		taken.push(entry);
		if (taken.length >= count) break;
	}
	return taken;
}
