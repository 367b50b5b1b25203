import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

// The largest page Twilio gives. Fewer pages are fewer requests of the few an account has at once.
export const LARGEST_PAGE = 1000;

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

/** How many entries the user asked for: `Infinity` for all of them. */
export function wantedCount(this: IExecuteFunctions, itemIndex: number): number {
	const returnAll = this.getNodeParameter('returnAll', itemIndex) as boolean;
	return returnAll ? Infinity : (this.getNodeParameter('limit', itemIndex) as number);
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
