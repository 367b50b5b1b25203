import fc from 'fast-check';
import type { ICredentialDataDecryptedObject, IHookFunctions, INode } from 'n8n-workflow';

import {
	isTwinUrl,
	isWebhookOn,
	ownBaseUrls,
	ownWebhookUrl,
	withoutFragment,
} from '../../nodes/TwilioSms/trigger/webhookUrl';

const ID = '3f2a7c1e-8b7d-4f6a-9a51-0c2d6f1e7b90';
const PRODUCTION = `https://n8n.example.com/webhook/${ID}/webhook`;
const TEST = `https://n8n.example.com/webhook-test/${ID}/webhook`;

describe('without its fragment', () => {
	it.each([
		[`${PRODUCTION}#rc=3&rp=ct,rt,5xx`, PRODUCTION],
		[`${PRODUCTION}#`, PRODUCTION],
		[`${PRODUCTION}#a#b`, PRODUCTION],
		[`${PRODUCTION}#a\nb`, PRODUCTION],
		[`${PRODUCTION}?x=%23#rc=2`, `${PRODUCTION}?x=%23`],
		[PRODUCTION, PRODUCTION],
		['', ''],
	])('%j is %j', (url, expected) => {
		expect(withoutFragment(url)).toBe(expected);
	});

	it('a URL says everything that goes over the wire', () => {
		fc.assert(
			fc.property(fc.webUrl({ withQueryParameters: true }), fc.webFragments(), (url, fragment) => {
				expect(withoutFragment(`${url}#${fragment}`)).toBe(url);
				expect(withoutFragment(url)).toBe(url);
			}),
		);
	});
});

describe('the address that Twilio is told', () => {
	const told = async (fromN8n: string | undefined, publicUrl?: string, region = 'us1') => {
		const context = {
			getNode: () => ({ name: 'Trigger', type: 'trigger' }) as INode,
			getNodeWebhookUrl: () => fromN8n,
			getNodeParameter: () => publicUrl,
			getCredentials: async () =>
				({ accountSid: 'AC', region }) as unknown as ICredentialDataDecryptedObject,
		} as unknown as IHookFunctions;
		return await ownWebhookUrl.call(context);
	};

	it('is the one that n8n knows itself by', async () => {
		expect(await told(PRODUCTION)).toBe(PRODUCTION);
		expect(await told(TEST, '')).toBe(TEST);
	});

	it('is written as it goes over the wire, which is what Twilio signs', async () => {
		expect(await told(`HTTPS://N8N.Example.com:443/webhook/${ID}/a b`)).toBe(
			`https://n8n.example.com/webhook/${ID}/a%20b`,
		);
	});

	it.each([
		['an origin', 'https://tunnel.example.com', 'https://tunnel.example.com'],
		['an origin with a slash', 'https://tunnel.example.com/', 'https://tunnel.example.com'],
		[
			'an origin with space around it',
			' https://tunnel.example.com\n',
			'https://tunnel.example.com',
		],
		['an origin with a port', 'https://tunnel.example.com:8443', 'https://tunnel.example.com:8443'],
		['an origin without encryption', 'http://tunnel.example.com', 'http://tunnel.example.com'],
		['a path', 'https://tunnel.example.com/n8n//', 'https://tunnel.example.com/n8n'],
	])('begins with the option Public URL if it is %s', async (_, publicUrl, expected) => {
		const fromN8n = `http://localhost:5678/webhook/${ID}/webhook`;
		expect(await told(fromN8n, publicUrl)).toBe(`${expected}/webhook/${ID}/webhook`);
	});

	it.each([
		'tunnel.example.com',
		'ftp://tunnel.example.com',
		'https://',
		'https://tunnel.example.com?a=1',
		'https://tunnel.example.com/#a',
		'https://user@tunnel.example.com',
		'somewhere',
	])('is not made of a Public URL that is none: %s', async (publicUrl) => {
		const refused = told(PRODUCTION, publicUrl);
		await expect(refused).rejects.toMatchObject({
			message: 'The option "Public URL" is not an address',
			description: expect.stringContaining('https://n8n.example.com'),
		});
	});

	it.each([
		['this machine', 'http://localhost:5678/webhook', 'http://localhost:5678'],
		['a private network', 'http://10.0.0.7/webhook', 'http://10.0.0.7'],
		['nothing', '', 'an unknown address'],
		['no address', '/webhook', 'an unknown address'],
		['nothing that n8n would tell', undefined, 'an unknown address'],
	])('is refused with every remedy when it is %s', async (_, fromN8n, shown) => {
		await expect(told(fromN8n)).rejects.toMatchObject({
			message: `Twilio cannot reach this n8n at ${shown}`,
			description: expect.stringMatching(/WEBHOOK_URL.*tunnel.*"Public URL"/),
		});
	});

	it('is refused when the Public URL is of this machine as well', async () => {
		await expect(told(PRODUCTION, 'http://127.0.0.1:5678')).rejects.toThrow(
			'Twilio cannot reach this n8n at http://127.0.0.1:5678',
		);
	});

	it('may be of this machine for a service that is entered by its own address', async () => {
		expect(await told('http://localhost:5678/webhook', '', 'custom')).toBe(
			'http://localhost:5678/webhook',
		);
		await expect(told('', '', 'custom')).rejects.toThrow('an unknown address');
	});
});

describe('the addresses of this n8n', () => {
	const baseUrls = (restApiUrl: string, instanceBaseUrl: string, webhookUrl = PRODUCTION) => {
		const context = {
			getRestApiUrl: () => restApiUrl,
			getInstanceBaseUrl: () => instanceBaseUrl,
		} as unknown as IHookFunctions;
		return new Set(ownBaseUrls.call(context, webhookUrl, ID));
	};

	it('are one where the settings name one', () => {
		expect(baseUrls('https://n8n.example.com/rest', 'https://n8n.example.com/')).toEqual(
			new Set(['https://n8n.example.com']),
		);
	});

	it('are those of webhooks, editor and public URL where these differ', () => {
		expect(
			baseUrls(
				'https://hooks.example.com/rest',
				'https://editor.example.com/n8n//',
				`https://tunnel.example.com/webhook/${ID}/webhook`,
			),
		).toEqual(
			new Set([
				'https://tunnel.example.com',
				'https://hooks.example.com',
				'https://editor.example.com/n8n',
			]),
		);
	});
});

const own = (url: string, ...others: string[]) => ({
	url,
	webhookId: ID,
	baseUrls: [new URL(url).origin, ...others],
});

describe('twins, the test and the production address of one webhook, are', () => {
	it.each([
		['the two that n8n makes', PRODUCTION, TEST],
		['the two that n8n makes, the other way round', TEST, PRODUCTION],
		[
			'two at a port',
			`http://localhost:5678/webhook/${ID}/webhook`,
			`http://localhost:5678/webhook-test/${ID}/webhook`,
		],
		[
			'two at endpoints named in the settings of n8n',
			`https://n8n.example.com/hooks/${ID}/webhook`,
			`https://n8n.example.com/try/${ID}/webhook`,
		],
	])('%s', (_, one, other) => {
		expect(isTwinUrl(one, own(other))).toBe(true);
	});

	it('two on two addresses of this n8n', () => {
		const test = TEST.replace('n8n.', 'editor.');
		expect(isTwinUrl(test, own(PRODUCTION, 'https://editor.example.com'))).toBe(true);
		expect(isTwinUrl(PRODUCTION, own(test, 'https://n8n.example.com'))).toBe(true);
	});

	it('two below a path', () => {
		const [one, other] = [PRODUCTION, TEST].map((url) => url.replace('.com/', '.com/n8n/'));
		expect(isTwinUrl(one, own(other, 'https://n8n.example.com/n8n'))).toBe(true);
	});

	it('two of a node that has no id of its own, by its workflow and its name', () => {
		expect(
			isTwinUrl('https://n8n.example.com/webhook/12/twilio%20sms%20trigger/webhook', {
				url: 'https://n8n.example.com/webhook-test/12/twilio%20sms%20trigger/webhook',
				webhookId: '12',
				baseUrls: ['https://n8n.example.com'],
			}),
		).toBe(true);
	});
});

describe('no twins are', () => {
	it.each([
		['addresses of two hosts', TEST.replace('n8n.', 'n9n.')],
		['addresses of two hosts that begin alike', TEST.replace('.com/', '.com.evil.example/')],
		['addresses of two ports', TEST.replace('.com/', '.com:8443/')],
		['addresses of two schemes', TEST.replace('https', 'http')],
		['addresses of two webhooks', TEST.replace(ID, ID.replace('3', '4'))],
		['an address with more before its id', TEST.replace(ID, `x${ID}`)],
		['an address with more after its id', TEST.replace(ID, `${ID}x`)],
		['addresses with different ends', `${TEST}/more`],
		['addresses with different queries', `${TEST}?a=1`],
		['addresses below different paths', TEST.replace('.com/', '.com/other/')],
		['an address and something else', 'somewhere'],
		['an address and nothing', ''],
		['an address and one without the id', 'https://n8n.example.com/webhook-test'],
	])('%s', (_, url) => {
		expect(isTwinUrl(url, own(PRODUCTION))).toBe(false);
	});

	it('addresses that both are without the id', () => {
		expect(isTwinUrl('https://n8n.example.com/a', own('https://n8n.example.com/b'))).toBe(false);
		const other = ID.replace('3', '4');
		expect(isTwinUrl(TEST.replace(ID, other), own(PRODUCTION.replace(ID, other)))).toBe(false);
	});

	it('any addresses of a webhook whose id is not known', () => {
		const unknown = {
			url: 'https://n8n.example.com/webhook//w',
			webhookId: '',
			baseUrls: ['https://n8n.example.com'],
		};
		expect(isTwinUrl('https://n8n.example.com/webhook-test//w', unknown)).toBe(false);
	});

	it('addresses of two nodes of one workflow', () => {
		expect(
			isTwinUrl('https://n8n.example.com/webhook/12/twilio%20sms%20trigger/webhook', {
				url: 'https://n8n.example.com/webhook-test/12/twilio%20sms%20trigger1/webhook',
				webhookId: '12',
				baseUrls: ['https://n8n.example.com'],
			}),
		).toBe(false);
	});
});

describe('a webhook of this n8n', () => {
	const isOurs = (url: string) => isWebhookOn(['https://n8n.example.com'], url);

	it.each([
		['of this trigger', PRODUCTION],
		['of another workflow', PRODUCTION.replace(ID, crypto.randomUUID())],
		['with connection overrides', `${PRODUCTION}#rc=3&rp=ct,rt,5xx`],
		['of a test', TEST],
	])('is told by its address: one %s', (_, url) => {
		expect(isOurs(url)).toBe(true);
	});

	it.each([
		['at another address', PRODUCTION.replace('n8n.', 'other.')],
		['whose name begins the same', PRODUCTION.replace('.com', '.com.evil.example')],
		['without an id', 'https://n8n.example.com/webhook/crm/webhook'],
		['deeper in the path', PRODUCTION.replace('/webhook/', '/proxy/webhook/')],
		['that is none', ''],
	])('is not one %s', (_, url) => {
		expect(isOurs(url)).toBe(false);
	});
});
