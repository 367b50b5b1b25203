import { NUMBER, PERSON, closeAll, startTwilio, startWebhook } from './fixture';
import { twilioClient } from './twilioClient';

afterEach(closeAll);

describe('closing', () => {
	it('ends a webhook call that is under way', async () => {
		let called: () => void = () => undefined;
		const calling = new Promise<void>((resolve) => (called = resolve));
		const webhook = await startWebhook(() => called());
		const { account, close } = await startTwilio();
		account.resources.addNumber({
			phoneNumber: NUMBER,
			smsUrl: webhook.url,
			smsFallbackUrl: webhook.url,
		});
		const receiving = account.receive({ from: PERSON, to: NUMBER, body: 'hi' });
		await calling;
		await close();
		expect(await receiving).toMatchObject({ attempts: 1, finishedAt: expect.any(Date) });
		expect(webhook.requests).toHaveLength(1);
	});

	it('leaves messages as they are', async () => {
		const simulator = await startTwilio({ statusDelay: 60_000 });
		simulator.account.resources.addNumber({ phoneNumber: NUMBER });
		await twilioClient(simulator).messages.create({ to: PERSON, from: NUMBER, body: 'hi' });
		await simulator.close();
		expect(simulator.account.messages).toMatchObject([{ status: 'queued' }]);
	});

	it('ends the phone’s stream', async () => {
		const { phoneUrl, close } = await startTwilio();
		const { body } = await fetch(`${phoneUrl}/events`);
		await close();
		await expect(new Response(body).text()).rejects.toThrow('terminated');
	});

	it('may happen twice', async () => {
		const { close } = await startTwilio();
		await close();
		await expect(close()).resolves.toBeUndefined();
	});
});
