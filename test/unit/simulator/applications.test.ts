import { NUMBER, PERSON, closeAll, startTwilio, startTwilioWithWebhook, until } from './fixture';
import { twilioClient } from './twilioClient';
import { answering } from './webhookServer';

afterEach(closeAll);

describe('TwiML applications', () => {
	it('are created, listed, read, changed and deleted', async () => {
		const simulator = await startTwilio();
		const client = twilioClient(simulator);
		const created = await client.applications.create({
			friendlyName: 'Shop',
			smsUrl: 'https://e.com/sms',
		});
		expect(created).toMatchObject({
			sid: expect.stringMatching(/^AP[0-9a-f]{32}$/),
			smsUrl: 'https://e.com/sms',
			smsMethod: 'POST',
			smsFallbackUrl: null,
			messageStatusCallback: null,
		});
		simulator.account.resources.addApplication({ friendlyName: 'Other' });
		expect(await client.applications.list({ friendlyName: 'Shop' })).toHaveLength(1);
		expect(await client.applications.list()).toHaveLength(2);

		const application = client.applications(created.sid);
		await application.update({ smsUrl: '', messageStatusCallback: 'https://e.com/status' });
		expect(await application.fetch()).toMatchObject({
			friendlyName: 'Shop',
			smsUrl: null,
			messageStatusCallback: 'https://e.com/status',
			smsStatusCallback: 'https://e.com/status',
		});
		await application.remove();
		await expect(application.fetch()).rejects.toMatchObject({ status: 404 });
	});

	it('refuse a URL that is none', async () => {
		const client = twilioClient(await startTwilio());
		await expect(client.applications.create({ smsUrl: 'e.com' })).rejects.toMatchObject({
			status: 400,
			code: 21502,
		});
	});

	it('answer for a number with their fallback, too', async () => {
		const { account, webhook } = await startTwilioWithWebhook((response, { path }) =>
			path === '/main' ? response.writeHead(500).end() : answering('<Response/>')(response),
		);
		account.resources.number(NUMBER)!.sms_application_sid = account.resources.addApplication({
			smsUrl: `${webhook.url}/main`,
			smsFallbackUrl: `${webhook.url}/fallback`,
		}).sid;
		await account.receive({ from: PERSON, to: NUMBER, body: 'hi' });
		expect(webhook.requests.map(({ path }) => path)).toEqual(['/main', '/fallback']);
	});

	it('hear of the messages that name them', async () => {
		const { simulator, account, webhook } = await startTwilioWithWebhook((response) =>
			response.writeHead(204).end(),
		);
		const messageStatusCallback = `${webhook.url}/status`;
		await twilioClient(simulator).messages.create({
			...{ to: PERSON, from: NUMBER, body: 'hi' },
			applicationSid: account.resources.addApplication({ messageStatusCallback }).sid,
		});
		await until(account, () => account.deliveries.filter((each) => each.finishedAt).length === 3);
		expect(webhook.requests.map(({ path }) => path)).toEqual(['/status', '/status', '/status']);
	});
});
