import { NUMBER, PERSON, closeAll, startTwilio, startTwilioWithWebhook } from './fixture';
import { twilioClient } from './twilioClient';
import { answering } from './webhookServer';

afterEach(closeAll);

async function startBroken() {
	const twilio = await startTwilioWithWebhook(answering('Oops', 'text/plain', 500));
	const receive = () => twilio.account.receive({ from: PERSON, to: NUMBER, body: 'Hi & bye' });
	return { ...twilio, receive, client: twilioClient(twilio.simulator) };
}

describe('a webhook that fails', () => {
	it('is an alert, whose variables are in the alert alone and not in the list', async () => {
		const { receive, client, account, webhook } = await startBroken();
		await receive();
		const [alert] = await client.monitor.v1.alerts.list({ logLevel: 'error' });
		expect(alert).toMatchObject({
			errorCode: '11200',
			resourceSid: account.messages[0]!.sid,
			requestUrl: `${webhook.url}/sms`,
			requestMethod: 'POST',
		});
		expect(alert).not.toHaveProperty('requestVariables', expect.anything());
		const { requestVariables } = await client.monitor.v1.alerts(alert!.sid).fetch();
		expect(new URLSearchParams(requestVariables).get('Body')).toBe('Hi & bye');
	});

	it('is listed by date, newest first, page by page', async () => {
		const { receive, client } = await startBroken();
		for (let count = 0; count < 3; count++) await receive();
		const alerts = await client.monitor.v1.alerts.list({ pageSize: 1 });
		expect(alerts).toHaveLength(3);
		const startDate = new Date(Date.now() + 60_000);
		expect(await client.monitor.v1.alerts.list({ startDate })).toEqual([]);
	});

	it('is listed late if told so, or not at all', async () => {
		const { receive, client, account } = await startBroken();
		account.conditions.alertDelay = 60_000;
		await receive();
		account.conditions.keepsAlerts = false;
		await receive();
		expect(await client.monitor.v1.alerts.list()).toEqual([]);
		expect(account.alerts).toHaveLength(1);
	});

	it('is the error of the message, unless told otherwise', async () => {
		const { receive, account } = await startBroken();
		await receive();
		account.conditions.keepsInboundErrors = false;
		await receive();
		expect(account.messages.map(({ error_code }) => error_code)).toEqual([11200, null]);
	});
});

it('takes feedback on a message', async () => {
	const simulator = await startTwilio();
	simulator.account.resources.addNumber({ phoneNumber: NUMBER });
	const client = twilioClient(simulator);
	const { sid } = await client.messages.create({ to: PERSON, from: NUMBER, body: 'Hi' });
	const feedback = await client.messages(sid).feedback.create({ outcome: 'confirmed' });
	expect(feedback).toMatchObject({ messageSid: sid, outcome: 'confirmed' });
	expect(simulator.account.feedback.get(sid)).toBe('confirmed');
});

it('lists short codes, and content templates with their approvals', async () => {
	const simulator = await startTwilio();
	const { resources } = simulator.account;
	resources.addOtherSender({ address: '12345' });
	resources.addTemplate({ friendlyName: 'hello', body: 'Hi', approval: 'pending' });
	const client = twilioClient(simulator);
	expect(await client.shortCodes.list()).toMatchObject([{ shortCode: '12345' }]);
	expect(await client.content.v1.contentAndApprovals.list()).toMatchObject([
		{ friendlyName: 'hello', approvalRequests: { status: 'pending' } },
	]);
});

describe('what Twilio cannot call', () => {
	it('is refused once told so: addresses of this machine and of private networks', async () => {
		const simulator = await startTwilio();
		const { account } = simulator;
		const { sid } = account.resources.addNumber({ phoneNumber: NUMBER });
		const client = twilioClient(simulator);
		const set = (smsUrl: string) => client.incomingPhoneNumbers(sid).update({ smsUrl });
		await set('http://127.0.0.1:5678/webhook');
		account.conditions.refusesPrivateUrls = true;
		for (const url of ['http://localhost/', 'http://10.1.2.3/', 'https://n8n.local/x']) {
			await expect(set(url)).rejects.toMatchObject({ status: 400, code: 21402 });
		}
		const message = { to: PERSON, from: NUMBER, body: 'Hi', statusCallback: 'http://localhost/' };
		await expect(client.messages.create(message)).rejects.toMatchObject({ code: 21609 });
		await set('https://n8n.example.com/webhook');
	});

	it('is refused always: a host with an underscore in its name', async () => {
		const simulator = await startTwilio();
		const { sid } = simulator.account.resources.addNumber({ phoneNumber: NUMBER });
		const smsUrl = 'https://my_n8n.example.com/webhook';
		const update = twilioClient(simulator).incomingPhoneNumbers(sid).update({ smsUrl });
		await expect(update).rejects.toMatchObject({ status: 400, code: 21402 });
	});
});
