import type { NewMessagingService } from '../../simulator/messagingService';
import { NUMBER, PERSON, closeAll, startTwilio, startWebhook, until } from './fixture';
import { twilioClient } from './twilioClient';
import { answering } from './webhookServer';

afterEach(closeAll);

const OTHER = '+15005550007';
const BRITISH = '+447911123456';

async function startService(
	given: Partial<NewMessagingService> & { numbers?: string[] } = {},
	statusDelay = 0,
) {
	const webhook = await startWebhook((response, { path }) =>
		path.startsWith('/status') ? response.writeHead(204).end() : answering('<Response/>')(response),
	);
	const simulator = await startTwilio({ statusDelay });
	const { account } = simulator;
	for (const phoneNumber of [NUMBER, OTHER, BRITISH]) {
		account.resources.addNumber({ phoneNumber, smsUrl: `${webhook.url}/number` });
	}
	const service = account.resources.addService({
		friendlyName: 'Shop',
		numbers: [NUMBER],
		...given,
	});
	return { account, service, webhook, client: twilioClient(simulator) };
}

describe('a message through a Messaging Service', () => {
	it('is accepted without a sender, and gets one from the pool', async () => {
		const { client, account, service } = await startService();
		const messagingServiceSid = service.sid;
		const message = await client.messages.create({ to: PERSON, body: 'hi', messagingServiceSid });
		expect(message).toMatchObject({
			status: 'accepted',
			from: null,
			numSegments: '0',
			messagingServiceSid,
		});
		await until(account, () => account.message(message.sid)?.status === 'delivered');
		expect(await client.messages(message.sid).fetch()).toMatchObject({
			from: NUMBER,
			numSegments: '1',
		});
	});

	it('may name the service where a sender is expected', async () => {
		const { client, service } = await startService();
		const message = await client.messages.create({ to: PERSON, body: 'hi', from: service.sid });
		expect(message).toMatchObject({ status: 'accepted', messagingServiceSid: service.sid });
	});

	it('goes out from the sender that it names, if that is in the pool', async () => {
		const { client, service } = await startService({ numbers: [NUMBER, OTHER] });
		const text = { to: PERSON, body: 'hi', messagingServiceSid: service.sid };
		expect(await client.messages.create({ ...text, from: OTHER })).toMatchObject({
			from: OTHER,
			status: 'accepted',
		});
		await expect(client.messages.create({ ...text, from: BRITISH })).rejects.toMatchObject({
			code: 21711,
		});
	});

	it('goes out from the recipient’s country', async () => {
		const { client, account, service } = await startService({ numbers: [NUMBER, BRITISH] });
		const to = '+447911123457';
		await client.messages.create({ to, body: 'hi', messagingServiceSid: service.sid });
		await until(account, () => account.messages[0]?.status === 'delivered');
		expect(account.messages[0]!.from).toBe(BRITISH);
	});

	it('goes out from the number that the recipient knows', async () => {
		const { client, account, service } = await startService({ numbers: [NUMBER, OTHER] });
		const text = { to: PERSON, body: 'hi', messagingServiceSid: service.sid };
		await client.messages.create({ ...text, from: OTHER });
		await client.messages.create(text);
		await until(account, () => account.messages[1]?.status === 'delivered');
		expect(account.messages[1]!.from).toBe(OTHER);
	});

	it('is refused when the pool is empty, and when it holds no number that texts', async () => {
		const { client, account, service } = await startService({ numbers: [] });
		const text = { to: PERSON, body: 'hi', messagingServiceSid: service.sid };
		await expect(client.messages.create(text)).rejects.toMatchObject({ status: 400, code: 21704 });
		account.resources.addNumber({ phoneNumber: '+15005550008', capabilities: { sms: false } });
		const voice = account.resources.addService({
			friendlyName: 'Voice',
			numbers: ['+15005550008'],
		});
		await expect(
			client.messages.create({ ...text, messagingServiceSid: voice.sid }),
		).rejects.toMatchObject({ status: 400, code: 21703 });
	});

	it('fails when the pool has run dry before it was sent', async () => {
		const { client, account, service } = await startService({}, 20);
		await client.messages.create({ to: PERSON, body: 'hi', messagingServiceSid: service.sid });
		service.pool.length = 0;
		await until(account, () => account.messages[0]?.status === 'failed');
		expect(account.messages[0]).toMatchObject({ from: null, error_code: 21704 });
	});

	it('reports to the service’s callback from queued on, unless it has one of its own', async () => {
		const { client, account, service, webhook } = await startService();
		service.status_callback = `${webhook.url}/status/service`;
		const text = { to: PERSON, body: 'hi', messagingServiceSid: service.sid };
		await client.messages.create(text);
		await until(account, () => account.deliveries.filter((each) => each.finishedAt).length === 4);
		const reports = webhook.requests.map(({ path, body }) => {
			const form = new URLSearchParams(body);
			return [path, form.get('MessageStatus'), form.get('MessagingServiceSid')];
		});
		expect(reports).toEqual(
			['queued', 'sending', 'sent', 'delivered'].map((status) => [
				'/status/service',
				status,
				service.sid,
			]),
		);
		await client.messages.create({ ...text, statusCallback: `${webhook.url}/status/own` });
		await until(account, () => account.deliveries.filter((each) => each.finishedAt).length === 8);
		expect(webhook.requests.slice(4).map(({ path }) => path)).toEqual(
			Array<string>(4).fill('/status/own'),
		);
	});
});

describe('a text to a number in a Messaging Service', () => {
	const text = { from: PERSON, to: NUMBER, body: 'hi' };

	it('goes to the service’s URL, whatever the number’s is', async () => {
		const { account, service, webhook } = await startService();
		service.inbound_request_url = `${webhook.url}/service`;
		await account.receive(text);
		expect(webhook.requests.map(({ path }) => path)).toEqual(['/service']);
		expect(webhook.requests[0]!.body).toContain(
			`&To=%2B15005550006&MessagingServiceSid=${service.sid}&ToZip=`,
		);
		expect(account.messages[0]!.messaging_service_sid).toBe(service.sid);
	});

	it('is neither logged nor received when the service has no URL', async () => {
		const { account, webhook } = await startService();
		expect(await account.receive(text)).toBeUndefined();
		expect(account.messages).toEqual([]);
		expect(webhook.requests).toEqual([]);
	});

	it('goes to the number’s own URL when the service defers to it', async () => {
		const { account, service, webhook } = await startService({ useInboundWebhookOnNumber: true });
		service.inbound_request_url = `${webhook.url}/service`;
		await account.receive(text);
		expect(webhook.requests.map(({ path }) => path)).toEqual(['/number']);
		expect(webhook.requests[0]!.body).toContain(`MessagingServiceSid=${service.sid}`);
	});

	it('goes to the service’s fallback when the service’s URL fails', async () => {
		const { account, service, webhook } = await startService();
		service.inbound_request_url = 'http://127.0.0.1:1/';
		service.fallback_url = `${webhook.url}/fallback`;
		await account.receive(text);
		expect(webhook.requests.map(({ path }) => path)).toEqual(['/fallback']);
		expect(webhook.requests[0]!.body).toContain('ErrorCode=11205');
	});

	it('is answered through the service', async () => {
		const webhook = await startWebhook(answering('<Response><Message>hello</Message></Response>'));
		const { account, service } = await startService({ inboundRequestUrl: webhook.url });
		await account.receive(text);
		expect(account.messages[1]).toMatchObject({
			direction: 'outbound-reply',
			from: NUMBER,
			messaging_service_sid: service.sid,
		});
	});
});
