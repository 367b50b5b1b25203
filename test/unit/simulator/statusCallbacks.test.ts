import { validateRequest } from 'twilio';
import {
	NUMBER,
	PERSON,
	closeAll,
	startTwilio,
	startTwilioWithWebhook,
	startWebhook,
	until,
} from './fixture';
import { twilioClient } from './twilioClient';
import { answering } from './webhookServer';

afterEach(closeAll);

async function send(unreachable?: number) {
	const webhook = await startWebhook((response) => response.writeHead(204).end());
	const simulator = await startTwilio();
	const { account } = simulator;
	account.resources.addNumber({ phoneNumber: NUMBER });
	if (unreachable !== undefined) account.conditions.unreachable.set(PERSON, unreachable);
	const statusCallback = `${webhook.url}/status?item=1`;
	const { sid } = await twilioClient(simulator).messages.create({
		...{ to: PERSON, from: NUMBER, body: 'hi', statusCallback },
	});
	await until(account, () => account.deliveries.filter((each) => each.finishedAt).length === 3);
	return { account, webhook, sid, statusCallback };
}

describe('status callbacks', () => {
	it('follow the message from sending to delivered, without its first status', async () => {
		const { webhook } = await send();
		const statuses = webhook.requests.map(({ body }) =>
			new URLSearchParams(body).get('MessageStatus'),
		);
		expect(statuses).toEqual(['sending', 'sent', 'delivered']);
	});

	it('carry the fields of a real one, in its order', async () => {
		const { account, webhook, sid } = await send();
		expect(webhook.requests[2]!.body).toMatch(/^RawDlrDoneDate=\d{10}&/);
		expect(webhook.requests[2]!.body.replace(/^RawDlrDoneDate=\d{10}&/, '')).toBe(
			`SmsSid=${sid}&SmsStatus=delivered&MessageStatus=delivered&To=%2B14155550100` +
				`&MessageSid=${sid}&AccountSid=${account.sid}&From=%2B15005550006&ApiVersion=2010-04-01`,
		);
	});

	it('are signed', async () => {
		const { account, webhook, statusCallback } = await send();
		for (const { headers, body } of webhook.requests) {
			const signature = String(headers['x-twilio-signature']);
			const form = Object.fromEntries(new URLSearchParams(body));
			expect(validateRequest(account.authToken, signature, statusCallback, form)).toBe(true);
		}
	});

	it('say why a message was not delivered', async () => {
		const { webhook } = await send(30003);
		expect(Object.fromEntries(new URLSearchParams(webhook.requests[2]!.body))).toMatchObject({
			MessageStatus: 'undelivered',
			ErrorCode: '30003',
		});
	});

	it('are not sent unless they were asked for', async () => {
		const simulator = await startTwilio();
		const { account } = simulator;
		account.resources.addNumber({ phoneNumber: NUMBER });
		await twilioClient(simulator).messages.create({ to: PERSON, from: NUMBER, body: 'hi' });
		await until(account, () => account.messages[0]?.status === 'delivered');
		expect(account.deliveries).toEqual([]);
	});

	it('of a reply go to its action', async () => {
		const { account, webhook } = await startTwilioWithWebhook((response, { path }) => {
			if (path !== '/sms') return response.writeHead(204).end();
			return answering('<Response><Message action="/done">hello</Message></Response>')(response);
		});
		await account.receive({ from: PERSON, to: NUMBER, body: 'hi' });
		await until(account, () => account.deliveries.filter((each) => each.finishedAt).length === 4);
		expect(webhook.requests.map(({ path }) => path)).toEqual(['/sms', '/done', '/done', '/done']);
	});
});
