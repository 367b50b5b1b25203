import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

/** What the pickers of both nodes list. */
export const listSearch = {
	/** The account's Messaging Services. */
	async searchMessagingServices(
		this: ILoadOptionsFunctions,
		filter = '',
	): Promise<INodeListSearchResult> {
		const { twilioClient } = await import('./runtime');
		const results = [];
		for await (const service of twilioClient(this).messagingServices.list()) {
			const { sid, friendly_name: name } = service;
			if (isFound(name, filter)) results.push({ name, value: sid });
		}
		return { results };
	},

	/** The account's numbers that can send texts. */
	async searchPhoneNumbers(
		this: ILoadOptionsFunctions,
		filter = '',
	): Promise<INodeListSearchResult> {
		const { twilioClient } = await import('./runtime');
		const results = [];
		for await (const number of twilioClient(this).phoneNumbers.list()) {
			const name = `${number.friendly_name} (${number.phone_number})`;
			if (number.capabilities.sms && isFound(name, filter)) {
				results.push({ name, value: number.phone_number });
			}
		}
		return { results };
	},
};

function isFound(name: string, filter: string): boolean {
	return name.toLowerCase().includes(filter.toLowerCase());
}
