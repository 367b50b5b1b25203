import fc from 'fast-check';
import type { IHookFunctions } from 'n8n-workflow';

import { isTwinUrl, ownBaseUrls, withoutFragment } from '../../nodes/TwilioSms/trigger/webhookUrl';

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
