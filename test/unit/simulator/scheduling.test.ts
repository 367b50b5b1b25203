import { reached } from '../../simulator/schedule';
import { NUMBER, PERSON, closeAll, startTwilio, startWebhook, until } from './fixture';
import { twilioClient } from './twilioClient';

afterEach(closeAll);

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;
const inFuture = (ms: number) => new Date(Date.now() + ms);

async function startService() {
	const webhook = await startWebhook((response) => response.writeHead(204).end());
	const simulator = await startTwilio();
	const { account } = simulator;
	account.resources.addNumber({ phoneNumber: NUMBER });
	const { sid } = account.resources.addService({ friendlyName: 'Shop', numbers: [NUMBER] });
	const text = {
		to: PERSON,
		body: 'hi',
		messagingServiceSid: sid,
		statusCallback: webhook.url,
	};
	const statuses = () =>
		webhook.requests.map(({ body }) => new URLSearchParams(body).get('MessageStatus'));
	return { ...simulator, client: twilioClient(simulator), text, statuses };
}

describe('a scheduled message', () => {
	it('waits without a sender', async () => {
		const { client, text, statuses } = await startService();
		const sendAt = inFuture(DAY);
		const message = await client.messages.create({ ...text, scheduleType: 'fixed', sendAt });
		expect(message).toMatchObject({
			status: 'scheduled',
			from: null,
			numSegments: '0',
			dateSent: null,
		});
		expect(statuses()).toEqual([]);
	});

	it('leaves when its time has come', async () => {
		const { client, account, text, statuses } = await startService();
		account.conditions.scheduleWindow.least = 0;
		const sendAt = inFuture(2.5 * SECOND);
		await client.messages.create({ ...text, scheduleType: 'fixed', sendAt });
		await until(account, () => account.deliveries.filter((each) => each.finishedAt).length === 4);
		expect(Date.now()).toBeGreaterThanOrEqual(sendAt.getTime() - SECOND);
		expect(statuses()).toEqual(['queued', 'sending', 'sent', 'delivered']);
		expect(account.messages[0]).toMatchObject({ status: 'delivered', from: NUMBER });
	});

	it('can be canceled, once, and says so', async () => {
		const { client, account, text, statuses } = await startService();
		const sendAt = inFuture(DAY);
		const { sid } = await client.messages.create({ ...text, scheduleType: 'fixed', sendAt });
		const canceled = await client.messages(sid).update({ status: 'canceled' });
		expect(canceled.status).toBe('canceled');
		await until(account, () => account.deliveries.some((each) => each.finishedAt));
		expect(statuses()).toEqual(['canceled']);
		await expect(client.messages(sid).update({ status: 'canceled' })).rejects.toMatchObject({
			code: 30409,
		});
	});

	it('can neither be redacted nor deleted before it has left, but once it is canceled', async () => {
		const { client, text } = await startService();
		const sendAt = inFuture(DAY);
		const { sid } = await client.messages.create({ ...text, scheduleType: 'fixed', sendAt });
		const message = client.messages(sid);
		await expect(message.update({ body: '' })).rejects.toMatchObject({ status: 409, code: 20009 });
		await expect(message.remove()).rejects.toMatchObject({ status: 409, code: 20009 });
		await message.update({ status: 'canceled' });
		expect((await message.update({ body: '' })).body).toBe('');
		expect(await message.remove()).toBe(true);
	});

	it.each<[string, number, object]>([
		['without a time', 35111, { scheduleType: 'fixed' }],
		['without a schedule type', 35119, { sendAt: inFuture(DAY) }],
		[
			'without a Messaging Service',
			35118,
			{
				scheduleType: 'fixed',
				sendAt: inFuture(DAY),
				messagingServiceSid: undefined,
				from: NUMBER,
			},
		],
		['under five minutes ahead', 35114, { scheduleType: 'fixed', sendAt: inFuture(290 * SECOND) }],
		['in the past', 35114, { scheduleType: 'fixed', sendAt: inFuture(-DAY) }],
		['over 35 days ahead', 35117, { scheduleType: 'fixed', sendAt: inFuture(35 * DAY + 60_000) }],
		['at no time', 35115, { scheduleType: 'fixed', sendAt: 'tomorrow' }],
	])('is refused %s with %d', async (_how, code, change) => {
		const { client, account, text } = await startService();
		const create = client.messages.create({ ...text, ...change });
		await expect(create).rejects.toMatchObject({ status: 400, code });
		expect(account.messages).toEqual([]);
	});

	it('ends with the simulator', async () => {
		const { client, account, text, close } = await startService();
		const sendAt = inFuture(DAY);
		await client.messages.create({ ...text, scheduleType: 'fixed', sendAt });
		await close();
		expect(account.messages[0]!.status).toBe('scheduled');
		expect(account.deliveries).toEqual([]);
	});

	it('may wait longer than one timer can', async () => {
		const stop = new AbortController();
		const waiting = reached(inFuture(30 * DAY), stop.signal);
		const early = new Promise((resolve) => setTimeout(() => resolve('not yet'), 20));
		expect(await Promise.race([waiting, early])).toBe('not yet');
		stop.abort();
		expect(await waiting).toBe(false);
	});
});

it('a message on its way cannot be redacted', async () => {
	const simulator = await startTwilio({ statusDelay: 60_000 });
	simulator.account.resources.addNumber({ phoneNumber: NUMBER });
	const client = twilioClient(simulator);
	const { sid } = await client.messages.create({ to: PERSON, from: NUMBER, body: 'hi' });
	await expect(client.messages(sid).update({ body: '' })).rejects.toMatchObject({ code: 20009 });
});
