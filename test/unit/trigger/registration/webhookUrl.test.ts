import type { ICredentialDataDecryptedObject, IHookFunctions, INode } from 'n8n-workflow';

import {
	computedUrl,
	ownWebhook,
	ownWebhookUrl,
} from '../../../../nodes/TwilioSms/trigger/registration/webhookUrl';
import { twilioClient } from '../../../../nodes/TwilioSms/twilio/client';

const ID = '3f2a7c1e-8b7d-4f6a-9a51-0c2d6f1e7b90';
const PRODUCTION = `https://n8n.example.com/webhook/${ID}/webhook`;
const TEST = `https://n8n.example.com/webhook-test/${ID}/webhook`;

describe('the address that Twilio is told', () => {
	const told = async (fromN8n: string | undefined, publicUrl?: string, region = 'us1') => {
		const n8n = {
			getNode: () => ({ name: 'Trigger', type: 'trigger' }) as INode,
			getNodeWebhookUrl: () => fromN8n,
			getNodeParameter: (name: string) => (name === 'options.publicUrl' ? publicUrl : undefined),
			getCredentials: async () =>
				({ accountSid: 'AC', region }) as unknown as ICredentialDataDecryptedObject,
		} as unknown as IHookFunctions;
		return await ownWebhookUrl(n8n, twilioClient(n8n));
	};

	it('is the one that n8n knows itself by', async () => {
		expect(await told(PRODUCTION)).toBe(PRODUCTION);
		expect(await told(TEST, '')).toBe(TEST);
		expect(await told(TEST, ' \n')).toBe(TEST);
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
		[
			'a path that is only like a webhook',
			`https://tunnel.example.com/webhook/${ID}x`,
			`https://tunnel.example.com/webhook/${ID}x`,
		],
	])('begins with the option Public URL if it is %s', async (_, publicUrl, expected) => {
		const fromN8n = `http://localhost:5678/webhook/${ID}/webhook`;
		expect(await told(fromN8n, publicUrl)).toBe(`${expected}/webhook/${ID}/webhook`);
	});

	it.each([
		'tunnel.example.com',
		'ftp://tunnel.example.com',
		'xhttps://tunnel.example.com',
		'https://',
		'https://tunnel.example.com?a=1',
		'https://tunnel.example.com/#a',
		'somewhere',
	])('is not made of a Public URL that is none: %s', async (publicUrl) => {
		const refused = told(PRODUCTION, publicUrl);
		await expect(refused).rejects.toMatchObject({
			message: 'The option "Public URL" is not an address',
			description: expect.stringContaining('https://n8n.example.com'),
		});
	});

	it.each([
		'https://user@tunnel.example.com',
		'https://user:pass@tunnel.example.com',
		'https://:pass@tunnel.example.com',
	])(
		'is not made of a Public URL with a user name, which Twilio would need: %s',
		async (publicUrl) => {
			await expect(told(PRODUCTION, publicUrl)).rejects.toMatchObject({
				message: expect.stringMatching(/"Public URL" has a user name or password in it/),
				description: expect.stringContaining('https://n8n.example.com'),
			});
		},
	);

	it.each([PRODUCTION, TEST, PRODUCTION.replace(/\/webhook$/, '')])(
		'is understood when the Public URL is a whole webhook address: %s',
		async (publicUrl) => {
			const fromN8n = `http://localhost:5678/webhook/${ID}/webhook`;
			const pasted = publicUrl.replace('n8n.', 'tunnel.').replace(ID, ID.replace('3', '4'));
			expect(await told(fromN8n, pasted)).toBe(`https://tunnel.example.com/webhook/${ID}/webhook`);
		},
	);

	it('is refused when its host name has an underscore, which Twilio does not take', async () => {
		const refused = told(PRODUCTION.replace('n8n.', 'my_n8n.'));
		await expect(refused).rejects.toMatchObject({
			message: expect.stringMatching(/no address with an underscore.*my_n8n\.example\.com/),
			description: expect.stringMatching(/WEBHOOK_URL.*"Public URL"/),
		});
		await expect(told(PRODUCTION, 'https://my_n8n.example.com')).rejects.toThrow(/underscore/);
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

	it.each([undefined, ''])(
		'is refused when n8n tells no path to put behind a Public URL: %s',
		async (fromN8n) => {
			await expect(told(fromN8n, 'https://tunnel.example.com')).rejects.toThrow(
				'Twilio cannot reach this n8n at an unknown address',
			);
		},
	);

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

describe('what makes a webhook the own one of a trigger', () => {
	const own = async (webhookId?: string, registration?: object) => {
		const n8n = {
			getNode: () => ({ name: 'Trigger', type: 'trigger', webhookId }),
			getWorkflow: () => ({ id: 12 }),
			getNodeWebhookUrl: (name: string) => ({ default: PRODUCTION })[name],
			getNodeParameter: (_path: string, fallback: unknown) => fallback,
			getWorkflowStaticData: () => ({ registration }),
			getRestApiUrl: () => 'https://n8n.example.com/rest',
			getInstanceBaseUrl: () => 'https://editor.example.com/',
			getCredentials: async () => ({ accountSid: 'AC', region: 'us1' }),
		} as unknown as IHookFunctions;
		return { n8n, webhook: await ownWebhook(n8n, twilioClient(n8n)) };
	};

	it('is its address, its id, the addresses of its n8n and what it registered before', async () => {
		const webhookUrl = PRODUCTION.replace('n8n.', 'old.');
		expect((await own(ID, { webhookUrl })).webhook).toEqual({
			url: PRODUCTION,
			webhookId: ID,
			baseUrls: expect.arrayContaining(['https://n8n.example.com', 'https://editor.example.com']),
			registeredUrl: webhookUrl,
		});
	});

	it('is its workflow where it has no id of its own and registered nothing', async () => {
		expect((await own()).webhook).toMatchObject({ webhookId: '12', registeredUrl: undefined });
	});

	it('is known without asking Twilio', async () => {
		expect(computedUrl((await own(ID)).n8n)?.href).toBe(PRODUCTION);
	});
});
