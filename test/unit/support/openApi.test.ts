import type { Exchange } from '../../simulator/account';
import { startSimulator } from '../../simulator/server';
import { violations } from '../../support/openApi';

const NUMBER = '+14155550100';
const FORM: Exchange['form'] = [
	['From', NUMBER],
	['To', '+14155550123'],
	['Body', 'Hello'],
];

/** What the simulator makes of a message that is sent. */
async function exchangeOf(form: Exchange['form']): Promise<Exchange> {
	const { account, url, close } = await startSimulator();
	account.resources.addNumber({ phoneNumber: NUMBER });
	const exchanged = new Promise<Exchange>((resolve) => account.once('exchange', resolve));
	const credentials = Buffer.from(`${account.sid}:${account.authToken}`).toString('base64');
	await fetch(`${url}/2010-04-01/Accounts/${account.sid}/Messages.json`, {
		method: 'POST',
		headers: { authorization: `Basic ${credentials}` },
		body: new URLSearchParams(form),
	});
	await close();
	return await exchanged;
}

it('has nothing to say of what Twilio documents', async () => {
	const exchange = await exchangeOf([...FORM, ['MediaUrl', 'https://example.com/a.png']]);
	expect(exchange.status).toBe(201);
	expect(violations(exchange)).toEqual([]);
});

describe('finds in a request', () => {
	it.each<[string, Exchange['form'], RegExp]>([
		['a misspelt parameter', [['StatusCallbak', 'https://example.com/']], /StatusCallbak/],
		['a value of the wrong type', [['ValidityPeriod', 'soon']], /ValidityPeriod must be integer/],
		['an address that is none', [['StatusCallback', 'https://example.com/ä']], /must match format/],
		['a value that is none of the choice', [['RiskCheck', 'perhaps']], /RiskCheck must be equal/],
	])('%s', async (_what, more, violation) => {
		const exchange = await exchangeOf(FORM);
		const found = violations({ ...exchange, form: [...exchange.form, ...more] });
		expect(found).toEqual([expect.stringMatching(violation)]);
	});

	it('a misspelt parameter even where Twilio refuses it for another reason', async () => {
		const exchange = await exchangeOf([
			['From', 'nobody'],
			['Too', '+14155550123'],
		]);
		expect(exchange.status).toBe(400);
		expect(violations(exchange)).toEqual([expect.stringContaining('"Too"')]);
	});

	it('a path that Twilio does not have', async () => {
		const exchange = await exchangeOf(FORM);
		const path = exchange.path.replace('Messages.json', 'Texts.json');
		expect(violations({ ...exchange, path })).toEqual([expect.stringContaining('not documented')]);
	});
});

describe("finds in the simulator's answer", () => {
	it.each<[string, (exchange: Exchange) => Partial<Exchange>, RegExp]>([
		['another status', () => ({ status: 200 }), /the status 200 is not documented/],
		['a field too many', ({ answer }) => ({ answer: { ...answer, mood: 'good' } }), /"mood"/],
		[
			'a value of the wrong type',
			({ answer }) => ({ answer: { ...answer, num_segments: 1 } }),
			/num_segments must be string/,
		],
		[
			'a state that is none',
			({ answer }) => ({ answer: { ...answer, status: 'lost' } }),
			/status must be equal/,
		],
	])('%s', async (_what, change, violation) => {
		const exchange = await exchangeOf(FORM);
		expect(violations({ ...exchange, ...change(exchange) })).toEqual([
			expect.stringMatching(violation),
		]);
	});
});

it('does not look into an answer that a test ordered', async () => {
	const exchange = await exchangeOf(FORM);
	expect(violations({ ...exchange, status: 200, answer: {}, isOrdered: true })).toEqual([]);
});
