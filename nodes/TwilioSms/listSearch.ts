import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

type Entry = INodeListSearchResult['results'][number];

/** What the pickers of both nodes list. */
export const listSearch = {
	/** The account's content templates, with what WhatsApp says about them. */
	async searchContents(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
		const { twilioClient } = await import('./runtime');
		const contents = twilioClient(this).contents.list();
		return await search(filter, contents, ({ sid, ...content }) => {
			const { friendly_name: name, language, approval_requests: approval } = content;
			const status = approval?.status ? `, WhatsApp: ${approval.status}` : '';
			return { name: `${name} (${language}${status})`, value: sid };
		});
	},

	/** The account's Messaging Services. */
	async searchMessagingServices(
		this: ILoadOptionsFunctions,
		filter = '',
	): Promise<INodeListSearchResult> {
		const { twilioClient } = await import('./runtime');
		const services = twilioClient(this).messagingServices.list();
		return await search(filter, services, ({ sid, friendly_name: name }) => ({
			name,
			value: sid,
		}));
	},

	/** The account's numbers that can send texts. */
	async searchPhoneNumbers(
		this: ILoadOptionsFunctions,
		filter = '',
	): Promise<INodeListSearchResult> {
		const { twilioClient } = await import('./runtime');
		const numbers = twilioClient(this).phoneNumbers.list();
		return await search(filter, numbers, (number) => {
			const { friendly_name: name, phone_number: value, capabilities } = number;
			return capabilities.sms ? { name: `${name} (${value})`, value } : undefined;
		});
	},

	/** The same, and the account's short codes and WhatsApp senders. */
	async searchSenders(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
		const { twilioClient } = await import('./runtime');
		const twilio = twilioClient(this);
		const { results: numbers } = await listSearch.searchPhoneNumbers.call(this, filter);
		const shortCodes = search(filter, twilio.shortCodes.list(), ({ short_code: value }) => ({
			name: `Short code ${value}`,
			value,
		}));
		const whatsApp = search(filter, twilio.channelSenders.list(), ({ sender_id, profile }) => ({
			name: `WhatsApp: ${[profile?.name, sender_id.replace(/^whatsapp:/, '')].filter(Boolean).join(' ')}`,
			value: sender_id,
		}));
		const others = await Promise.allSettled([shortCodes, whatsApp]);
		// Most accounts have none of these, and many API keys may not ask for them.
		const found = others.flatMap((one) => (one.status === 'fulfilled' ? one.value.results : []));
		return { results: [...numbers, ...found] };
	},
};

async function search<T>(
	filter: string,
	list: AsyncIterable<T>,
	toEntry: (one: T) => Entry | undefined,
): Promise<INodeListSearchResult> {
	const results: Entry[] = [];
	for await (const one of list) {
		const entry = toEntry(one);
		if (entry?.name.toLowerCase().includes(filter.toLowerCase())) results.push(entry);
	}
	return { results };
}
