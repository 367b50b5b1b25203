import fc from 'fast-check';

import { isTwinUrl, withoutFragment } from '../../nodes/TwilioSms/trigger/webhookUrl';

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

describe('the test and the production address of one webhook', () => {
	it.each([
		['as n8n makes them', PRODUCTION, TEST],
		['the other way round', TEST, PRODUCTION],
		[
			'at a port',
			`http://localhost:5678/webhook/${ID}/webhook`,
			`http://localhost:5678/webhook-test/${ID}/webhook`,
		],
		['with the default port once', PRODUCTION, TEST.replace('.com/', '.com:443/')],
		[
			'with endpoints named in the settings of n8n',
			`https://n8n.example.com/hooks/${ID}/webhook`,
			`https://n8n.example.com/try/${ID}/webhook`,
		],
		[
			'below a path',
			`https://example.com/n8n/webhook/${ID}/webhook`,
			`https://example.com/n8n/webhook-test/${ID}/webhook`,
		],
		['with a connection override', `${PRODUCTION}#rc=3`, TEST],
	])('are twins %s', (_, one, other) => {
		expect(isTwinUrl(one, other, ID)).toBe(true);
	});

	it('are twins by the workflow and the name of a node that has no id of its own', () => {
		expect(
			isTwinUrl(
				'https://n8n.example.com/webhook/12/twilio%20sms%20trigger/webhook',
				'https://n8n.example.com/webhook-test/12/twilio%20sms%20trigger/webhook',
				'12',
			),
		).toBe(true);
	});
});

describe('not twins are', () => {
	it.each([
		['an address and itself', PRODUCTION, PRODUCTION],
		['addresses of two hosts', PRODUCTION, TEST.replace('n8n.', 'n9n.')],
		['addresses of two ports', PRODUCTION, TEST.replace('.com/', '.com:8443/')],
		['addresses of two schemes', PRODUCTION, TEST.replace('https', 'http')],
		['addresses of two webhooks', PRODUCTION, TEST.replace(ID, ID.replace('3', '4'))],
		[
			'addresses of two other webhooks',
			PRODUCTION.replace(ID, ID.replace('3', '4')),
			TEST.replace(ID, ID.replace('3', '4')),
		],
		['an address with more before its id', PRODUCTION, TEST.replace(ID, `x${ID}`)],
		['an address with more after its id', PRODUCTION, TEST.replace(ID, `${ID}x`)],
		['addresses with different ends', PRODUCTION, `${TEST}/more`],
		['addresses with different queries', PRODUCTION, `${TEST}?a=1`],
		['addresses below different paths', PRODUCTION, TEST.replace('.com/', '.com/other/')],
		[
			'addresses below two different paths',
			`https://h.com/a/x/${ID}/w`,
			`https://h.com/b/y/${ID}/w`,
		],
		['an address and something else', PRODUCTION, 'somewhere'],
		['something else and an address', '', TEST],
		['addresses without the id', 'https://n8n.example.com/webhook', 'https://n8n.example.com/test'],
	])('%s', (_, one, other) => {
		expect(isTwinUrl(one, other, ID)).toBe(false);
	});

	it('any addresses of a webhook whose id is not known', () => {
		expect(isTwinUrl('https://h.com/webhook//w', 'https://h.com/webhook-test//w', '')).toBe(false);
	});

	it('addresses of two nodes of one workflow', () => {
		expect(
			isTwinUrl(
				'https://n8n.example.com/webhook/12/twilio%20sms%20trigger/webhook',
				'https://n8n.example.com/webhook-test/12/twilio%20sms%20trigger1/webhook',
				'12',
			),
		).toBe(false);
	});
});
