import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

/** What the pickers of both nodes list. */
export const listSearch = {
	async searchMessagingServices(
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		const { searchMessagingServices } = await import('./running');
		return await searchMessagingServices.call(this, filter);
	},

	async searchPhoneNumbers(
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		const { searchPhoneNumbers } = await import('./running');
		return await searchPhoneNumbers.call(this, filter);
	},
};
