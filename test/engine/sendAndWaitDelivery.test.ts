import { setTimeout as sleep } from 'node:timers/promises';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { AskingOptions } from '../support/engine/asking';
import { Asking, QUESTION, slowly } from '../support/engine/asking';
import { toNodeRun } from '../support/engine/engine';
import { PERSON } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';

const PATIENCE = 30_000;

jest.setTimeout(PATIENCE);

let asking: Asking;

beforeEach(async () => {
	asking = await Asking.start();
});

afterEach(async () => await asking.close());

const respondedAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string;

/** Starts again with something else. */
async function restart(options: AskingOptions) {
	await asking.close();
	asking = await Asking.start(options);
}

const delivery = { responseType: 'delivery' };

describe('a delivery', () => {
	const callback = () => String(asking.forms.at(-1)?.StatusCallback).replace(/#.*/, '');

	const sid = () => String(asking.messages.at(-1)?.sid);

	interface Report {
		url?: string;
		authToken?: string;
		headers?: Record<string, string>;
		/** Whether the body comes later than the rest. */
		isSlow?: boolean;
	}

	/** What Twilio posts, signed by its own library. */
	const report = async (
		status: string,
		more: Record<string, string> = {},
		{
			url = callback(),
			authToken = asking.twilio.account.authToken,
			headers = {},
			isSlow = false,
		}: Report = {},
	) => {
		const parameters = { MessageSid: sid(), MessageStatus: status, SmsStatus: status, ...more };
		const signature = getExpectedTwilioSignature(authToken, url, parameters);
		const body = new URLSearchParams(parameters).toString();
		return await asking.engine.request(url, {
			method: 'POST',
			headers: {
				'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
				'x-twilio-signature': signature,
				...headers,
			},
			...(isSlow ? slowly(body) : { body }),
		});
	};

	it('is reported to the link that n8n has signed, again if n8n is not ready yet', async () => {
		const { status } = await asking.ask(delivery);
		expect(status).toBe('waiting');
		expect(asking.forms).toMatchObject([{ Body: QUESTION }]);
		expect(asking.forms[0].StatusCallback).toMatch(
			/^https:\/\/n8n\.example\.com\/webhook-waiting\/\d+\/twilio\?signature=[0-9a-f]{64}#rc=5&rp=4xx,5xx,ct,rt$/,
		);
	});

	it.each(['accepted', 'scheduled', 'queued', 'sending', 'sent', 'something new', ''])(
		'goes on waiting after the status %j',
		async (status) => {
			await asking.ask(delivery);
			const answered = await report(status);
			expect([answered.status, await answered.text()]).toEqual([200, '<Response/>']);
			expect(answered.headers.get('content-type')).toMatch(/^text\/xml/);
			expect(asking.answer).toBeUndefined();
		},
	);

	it('goes on waiting however often and in whatever order they come', async () => {
		await asking.ask(delivery);
		for (const status of ['sent', 'queued', 'sent', 'sending', 'queued']) {
			expect((await report(status)).status).toBe(200);
		}
		expect(asking.answer).toBeUndefined();
		await report('delivered');
		expect(asking.answer).toHaveLength(1);
	});

	it.each(['delivered', 'read'])('ends with %s', async (status) => {
		await asking.ask(delivery);
		const answered = await report(status);
		expect([answered.status, await answered.text()]).toEqual([200, '<Response/>']);
		const data = {
			delivered: true,
			status,
			errorCode: null,
			errorMessage: null,
			messageSid: sid(),
			respondedAt,
		};
		expect(asking.answer).toEqual([{ data }]);
		const { items } = toNodeRun(await asking.engine.goOn());
		expect(items.map(({ json }) => json)).toEqual([{ data }]);
	});

	it('ends once though two reports are under way at the same time', async () => {
		await asking.ask(delivery);
		const late = report('read', {}, { isSlow: true });
		await sleep(100);
		await report('delivered');
		expect((await late).status).toBe(200);
		expect(asking.answer).toMatchObject([{ data: { status: 'delivered' } }]);
	});

	it('needs the right Auth Token, with which Twilio signs', async () => {
		const apiKey = { apiKeySid: `SK${'0'.repeat(32)}`, apiKeySecret: 'secret' };
		await restart({ credential: { authType: 'apiKey', ...apiKey, authToken: 'f'.repeat(32) } });
		const { error, waitTill } = await asking.ask(delivery);
		expect(error?.message).toBe('The Auth Token in the credential is wrong');
		expect(waitTill).toBeUndefined();
		expect(asking.forms).toEqual([]);
	});

	it.each(['undelivered', 'failed'])('ends with %s, and says why', async (status) => {
		await asking.ask(delivery);
		await report(status, { ErrorCode: '30003' });
		expect(asking.answer).toEqual([
			{
				data: {
					delivered: false,
					status,
					errorCode: 30003,
					errorMessage:
						'The phone was switched off or out of reach, or is a landline. Try again later. (Twilio error 30003: https://www.twilio.com/docs/errors/30003)',
					messageSid: sid(),
					respondedAt,
				},
			},
		]);
	});

	it('ends when the message was canceled', async () => {
		await asking.ask(delivery);
		await report('canceled');
		expect(asking.answer).toMatchObject([{ data: { delivered: false, status: 'canceled' } }]);
	});

	it.each<[string, () => Report]>([
		['signed by somebody else', () => ({ authToken: 'f'.repeat(32) })],
		['signed for something else', () => ({ headers: { 'x-twilio-signature': 'AAAA' } })],
		['no form', () => ({ headers: { 'content-type': 'text/plain' } })],
		['a form in parts', () => ({ headers: { 'content-type': 'multipart/mixed' } })],
	])('is not believed when it is %s', async (_, how) => {
		await asking.ask(delivery);
		expect((await report('delivered', {}, how())).status).toBe(403);
		expect(asking.answer).toBeUndefined();
		expect(asking.engine.log).toHaveLength(1);
		expect(asking.engine.log[0]).toMatch(/^Twilio SMS: a delivery report was rejected because /);
		expect(asking.engine.log[0]).not.toContain('signature=');
	});

	it('is not believed when it is not signed', async () => {
		await asking.ask(delivery);
		const body = new URLSearchParams({ MessageSid: sid(), MessageStatus: 'delivered' });
		const answered = await asking.engine.request(callback(), { method: 'POST', body });
		expect(answered.status).toBe(403);
		expect(asking.answer).toBeUndefined();
	});

	it('shows nothing to somebody who opens the link', async () => {
		await asking.ask(delivery);
		const page = await asking.engine.request(callback());
		expect(page.status).toBe(404);
		expect(await page.text()).toContain('Nothing to answer');
		expect(asking.answer).toBeUndefined();
	});

	it('cannot be reported to a machine that Twilio does not reach', async () => {
		await restart({ publicUrl: 'http://192.168.0.7:5678', credential: { region: 'us1' } });
		const { error, waitTill } = await asking.ask(delivery);
		expect(error?.message).toBe('Twilio cannot reach this n8n at http://192.168.0.7:5678');
		expect(error?.description).toMatch(/WEBHOOK_URL/);
		expect(waitTill).toBeUndefined();
		expect(asking.forms).toEqual([]);
	});

	it('needs the Auth Token, with which Twilio signs', async () => {
		const apiKey = { apiKeySid: `SK${'0'.repeat(32)}`, apiKeySecret: 'secret' };
		await restart({ credential: { authType: 'apiKey', ...apiKey, authToken: ' ' } });
		const { error, waitTill } = await asking.ask(delivery);
		expect(error?.message).toBe('The credential has no Auth Token');
		expect(waitTill).toBeUndefined();
		expect(asking.forms).toEqual([]);
	});

	it('is over at once if Twilio says so in its answer', async () => {
		const body = { sid: 'SM1', status: 'failed', error_code: 30003 };
		asking.twilio.account.conditions.fail({ method: 'POST', with: { status: 201, body } });
		const { items, waitTill } = await asking.ask(delivery);
		expect(waitTill).toBeUndefined();
		expect(items).toMatchObject([
			{ json: { data: { delivered: false, errorCode: 30003, messageSid: 'SM1', respondedAt } } },
		]);
	});
});

describe("Twilio's own reports on a delivery", () => {
	const waitForAnswer = async () =>
		await waitFor('the report', PATIENCE, async () => asking.engine.answer?.[0].json);

	// On a busy machine it takes a moment until the engine waits.
	const FAST = { statusDelay: 200, retryDelay: 200 };

	it.each(['ordered', 'shuffled', 'doubled'] as const)('end the waiting: %s', async (order) => {
		await restart(FAST);
		asking.twilio.account.conditions.callbackOrder = order;
		await asking.ask(delivery);
		expect(await waitForAnswer()).toMatchObject({ data: { delivered: true } });
	});

	it('are understood when the message does not arrive', async () => {
		await restart(FAST);
		asking.twilio.account.conditions.unreachable.set(PERSON, 30005);
		await asking.ask(delivery);
		expect(await waitForAnswer()).toMatchObject({
			data: { delivered: false, status: 'undelivered', errorCode: 30005 },
		});
	});

	it('come again when n8n was not ready for them', async () => {
		await restart(FAST);
		asking.engine.turnAway(3);
		await asking.ask(delivery);
		expect(await waitForAnswer()).toMatchObject({ data: { delivered: true } });
	});
});

describe('in a loop', () => {
	it('the report on an earlier message does not end the waiting for a later one', async () => {
		const deliver = async (index: number) => {
			const url = asking.forms[index].StatusCallback.replace(/#.*/, '');
			const parameters = { MessageSid: String(asking.messages[index].sid), MessageStatus: 'read' };
			const signature = getExpectedTwilioSignature(
				asking.twilio.account.authToken,
				url,
				parameters,
			);
			const headers = { 'x-twilio-signature': signature };
			const body = new URLSearchParams(parameters);
			return await asking.engine.request(url, { method: 'POST', headers, body });
		};
		await asking.askTwice(delivery);
		await deliver(0);
		await asking.engine.goOn();
		expect((await deliver(0)).status).toBe(200);
		expect(asking.answer).toBeUndefined();
		expect((await deliver(1)).status).toBe(200);
		expect(asking.answer).toMatchObject([
			{ data: { delivered: true, messageSid: asking.messages[1].sid } },
		]);
	});
});
