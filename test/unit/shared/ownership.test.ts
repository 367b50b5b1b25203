import type { OwnWebhook } from '../../../nodes/TwilioSms/shared/ownership';
import {
	baseUrlsOf,
	isTriggerPath,
	isWebhookOn,
	ownerOf,
	webhookPathOf,
} from '../../../nodes/TwilioSms/shared/ownership';

const ID = '3f2a7c1e-8b7d-4f6a-9a51-0c2d6f1e7b90';
const PRODUCTION = `https://n8n.example.com/webhook/${ID}/webhook`;
const TEST = `https://n8n.example.com/webhook-test/${ID}/webhook`;

/** Whether a webhook is the one that this trigger has at another address. */
const isOurs = (url: string, own: OwnWebhook) => ownerOf(url, own) === 'ours';

describe('the addresses of this n8n', () => {
	const baseUrls = (restApiUrl: string, instanceBaseUrl: string, webhookUrl = PRODUCTION) => {
		const n8n = {
			getRestApiUrl: () => restApiUrl,
			getInstanceBaseUrl: () => instanceBaseUrl,
		};
		return new Set(baseUrlsOf(n8n, webhookUrl, ID));
	};

	it('are one where the settings name one', () => {
		expect(baseUrls('https://n8n.example.com/rest', 'https://n8n.example.com/')).toEqual(
			new Set(['https://n8n.example.com']),
		);
	});

	it('are nothing where the trigger has no address', () => {
		expect(baseUrls('https://n8n.example.com/rest', 'https://n8n.example.com/', '')).toEqual(
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
		expect(isOurs(one, own(other))).toBe(true);
	});

	it('two on two addresses of this n8n', () => {
		const test = TEST.replace('n8n.', 'editor.');
		expect(isOurs(test, own(PRODUCTION, 'https://editor.example.com'))).toBe(true);
		expect(isOurs(PRODUCTION, own(test, 'https://n8n.example.com'))).toBe(true);
	});

	it('two below a path', () => {
		const [one, other] = [PRODUCTION, TEST].map((url) => url.replace('.com/', '.com/n8n/'));
		expect(isOurs(one, own(other, 'https://n8n.example.com/n8n'))).toBe(true);
	});

	it('two of a node that has no id of its own, by its workflow and its name', () => {
		expect(
			isOurs('https://n8n.example.com/webhook/12/twilio%20sms%20trigger/webhook', {
				url: 'https://n8n.example.com/webhook-test/12/twilio%20sms%20trigger/webhook',
				webhookId: '12',
				baseUrls: ['https://n8n.example.com'],
			}),
		).toBe(true);
	});
});

it('the own address of a trigger is its own wherever it is, and so is the one before', () => {
	const url = 'https://tunnel.example.com/hook';
	expect(ownerOf(url, { url, baseUrls: [] })).toBe('ours');
	expect(ownerOf(url, { registeredUrl: url, baseUrls: [] })).toBe('ours');
	expect(ownerOf(url, { baseUrls: [] })).toBe('foreign');
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
		expect(isOurs(url, own(PRODUCTION))).toBe(false);
	});

	it('addresses that both are without the id', () => {
		expect(isOurs('https://n8n.example.com/a', own('https://n8n.example.com/b'))).toBe(false);
		expect(isOurs('https://n8n.example.com/ab', own('https://n8n.example.com/cb'))).toBe(false);
		const other = ID.replace('3', '4');
		expect(isOurs(TEST.replace(ID, other), own(PRODUCTION.replace(ID, other)))).toBe(false);
	});

	it('any addresses of a webhook whose id is not known', () => {
		const unknown = {
			url: 'https://n8n.example.com/webhook//w',
			webhookId: '',
			baseUrls: ['https://n8n.example.com'],
		};
		expect(isOurs('https://n8n.example.com/webhook-test//w', unknown)).toBe(false);
	});

	it('an address and that of a trigger that has none yet', () => {
		const unknown = { webhookId: ID, baseUrls: ['https://n8n.example.com'] };
		expect(isOurs(TEST, unknown)).toBe(false);
	});

	it('addresses of two nodes of one workflow', () => {
		expect(
			isOurs('https://n8n.example.com/webhook/12/twilio%20sms%20trigger/webhook', {
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

describe("the address of this package's trigger", () => {
	it.each([PRODUCTION, TEST, PRODUCTION.replace('n8n.', 'old.'), `${PRODUCTION}?a=1`])(
		'is known by its path, on whatever host: %s',
		(url) => expect(isTriggerPath(url)).toBe(true),
	);

	it.each([
		'https://n8n.example.com/webhook/orders',
		'https://n8n.example.com/webhook',
		`https://n8n.example.com/webhook/${ID}/orders`,
		`https://n8n.example.com/webhook/${ID}`,
		'',
	])('is not %s', (url) => expect(isTriggerPath(url)).toBe(false));

	it("has a path behind n8n's own address, or none", () => {
		expect(webhookPathOf(PRODUCTION)).toBe(`/webhook/${ID}/webhook`);
		expect(webhookPathOf(TEST.replace('.com/', '.com/n8n/'))).toBe(`/webhook-test/${ID}/webhook`);
		expect(webhookPathOf('https://n8n.example.com/webhook/orders')).toBe('');
	});
});
