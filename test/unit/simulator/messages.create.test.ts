import type { MessageListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/message';
import { NUMBER, PERSON, closeAll, startTwilio, until } from './fixture';
import { twilioClient } from './twilioClient';

afterEach(closeAll);

async function startAccount() {
	const simulator = await startTwilio();
	simulator.account.resources.addNumber({ phoneNumber: NUMBER });
	return { ...simulator, client: twilioClient(simulator) };
}

describe('creating a message', () => {
	it('answers 201 with the keys of a real answer, in its order', async () => {
		const { url, account } = await startAccount();
		const response = await fetch(`${url}/2010-04-01/Accounts/${account.sid}/Messages.json`, {
			method: 'POST',
			headers: { Authorization: `Basic ${btoa(`${account.sid}:${account.authToken}`)}` },
			body: new URLSearchParams({ To: PERSON, From: NUMBER, Body: 'Hello from n8n' }),
		});
		expect(response.status).toBe(201);
		expect(response.headers.get('Content-Type')).toMatch(/^application\/json; ?charset=utf-8$/);
		expect(response.headers.get('Twilio-Request-Id')).toMatch(/^RQ[0-9a-f]{32}$/);
		expect(response.headers.get('Twilio-Concurrent-Requests')).toBe('1');
		const body = (await response.json()) as Record<string, unknown>;
		expect(Object.keys(body)).toEqual([
			...['body', 'num_segments', 'direction', 'from', 'date_updated', 'price', 'error_message'],
			...['uri', 'account_sid', 'num_media', 'to', 'date_created', 'status', 'sid', 'date_sent'],
			...['messaging_service_sid', 'error_code', 'price_unit', 'api_version', 'subresource_uris'],
		]);
		expect(body).toMatchObject({
			body: 'Hello from n8n',
			num_segments: '1',
			direction: 'outbound-api',
			from: NUMBER,
			to: PERSON,
			price: null,
			num_media: '0',
			status: 'queued',
			date_sent: null,
			error_code: null,
		});
		expect(body.sid).toMatch(/^SM[0-9a-f]{32}$/);
		expect(body.date_created).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/);
		expect(body.uri).toBe(`/2010-04-01/Accounts/${account.sid}/Messages/${body.sid}.json`);
	});

	it('gives a message with media an MM SID and counts the media', async () => {
		const { client } = await startAccount();
		const mediaUrl = ['https://example.com/a.png', 'https://example.com/b.png'];
		const message = await client.messages.create({ to: PERSON, from: NUMBER, mediaUrl });
		expect(message).toMatchObject({ numMedia: '2', body: '' });
		expect(message.sid).toMatch(/^MM/);
	});

	it.each([
		['a'.repeat(160), '1'],
		['a'.repeat(161), '2'],
		['ж'.repeat(70), '1'],
		['ж'.repeat(71), '2'],
		['€'.repeat(81), '2'],
		['👍'.repeat(36), '2'],
		['a'.repeat(1600), '11'],
	])('counts the segments of %.3s… as carriers do', async (body, numSegments) => {
		const { client } = await startAccount();
		const message = await client.messages.create({ to: PERSON, from: NUMBER, body });
		expect(message.numSegments).toBe(numSegments);
	});

	it.each([
		['4155550100', PERSON],
		['14155550100', PERSON],
		['(415) 555-0100', PERSON],
		['447911123456', '+447911123456'],
	])('writes To %s as %s', async (to, expected) => {
		const { client } = await startAccount();
		const message = await client.messages.create({ to, from: NUMBER, body: 'hi' });
		expect(message.to).toBe(expected);
	});

	it('takes a short text sender where carriers show names, and refuses it in the +1 countries', async () => {
		const { client } = await startAccount();
		const abroad = { to: '+447911123456', from: 'ACME', body: 'hi' };
		expect(await client.messages.create(abroad)).toMatchObject({ from: 'ACME' });
		await expect(client.messages.create({ ...abroad, to: PERSON })).rejects.toMatchObject({
			code: 21612,
		});
	});

	it('sends over WhatsApp when both addresses name it', async () => {
		const { client } = await startAccount();
		const [to, from] = [`whatsapp:${PERSON}`, `whatsapp:${NUMBER}`];
		expect(await client.messages.create({ to, from, body: 'hi' })).toMatchObject({ to, from });
		await expect(client.messages.create({ to, from: NUMBER, body: 'hi' })).rejects.toMatchObject({
			code: 21910,
		});
	});

	it.each<[string, Partial<MessageListInstanceCreateOptions>, number]>([
		['no recipient', { to: '' }, 21604],
		['no sender', { from: '' }, 21603],
		['an empty body', { body: '' }, 21602],
		['no content at all', { body: undefined }, 21619],
		['a To that is not a phone number', { to: 'abc' }, 21211],
		['a To that is too short', { to: '+141' }, 21211],
		['a From that is not a phone number', { from: '+12' }, 21212],
		['a To that is the From', { to: NUMBER }, 21266],
		['a From that is somebody else’s', { from: '+12345678900' }, 21659],
		['a short code of somebody else', { from: '12345' }, 21606],
		['a body over 1600 characters', { body: 'a'.repeat(1601) }, 21617],
		['a media URL without a scheme', { mediaUrl: ['example.com/a.png'] }, 21620],
		['eleven media', { mediaUrl: Array<string>(11).fill('https://example.com/a.png') }, 21623],
		['a status callback without a scheme', { statusCallback: 'example.com' }, 21609],
		['a status callback with an underscore', { statusCallback: 'https://a_b.example.com/' }, 21609],
		['a validity period over ten hours', { validityPeriod: 36_001 }, 21624],
		['a Messaging Service that does not exist', { from: '', messagingServiceSid: 'MG1' }, 21705],
	])('refuses %s', async (_what, change, code) => {
		const { client, account } = await startAccount();
		const create = client.messages.create({ to: PERSON, from: NUMBER, body: 'hi', ...change });
		await expect(create).rejects.toMatchObject({
			status: 400,
			code,
			moreInfo: `https://www.twilio.com/docs/errors/${code}`,
		});
		expect(account.messages).toEqual([]);
	});

	it.each<[Partial<MessageListInstanceCreateOptions>, string]>([
		[{ to: '' }, "A 'To' phone number is required."],
		[{ body: '' }, 'Message body is required.'],
		[{ to: '+141' }, "The 'To' number +141 is not a valid phone number."],
		[
			{ from: '+12345678900' },
			"'From' +12345678900 is not a Twilio phone number or Short Code country mismatch",
		],
		[
			{ from: '12345' },
			'The From phone number 12345 is not a valid, SMS-capable inbound phone number ' +
				'or short code for your account.',
		],
	])('refuses %j in Twilio’s words', async (change, message) => {
		const { client } = await startAccount();
		const create = client.messages.create({ to: PERSON, from: NUMBER, body: 'hi', ...change });
		await expect(create).rejects.toThrow(message);
	});

	it('refuses a sender that cannot text', async () => {
		const { client, account } = await startAccount();
		account.resources.addNumber({ phoneNumber: '+15005550007', capabilities: { sms: false } });
		const create = client.messages.create({ to: PERSON, from: '+15005550007', body: 'hi' });
		await expect(create).rejects.toMatchObject({ status: 400, code: 21606 });
	});

	it('delivers the message in the end', async () => {
		const { client, account } = await startAccount();
		const { sid } = await client.messages.create({ to: PERSON, from: NUMBER, body: 'hi' });
		await until(account, () => account.message(sid)?.status === 'delivered');
		const message = await client.messages(sid).fetch();
		expect(message.dateSent).toBeInstanceOf(Date);
	});

	it('does not deliver to a phone that is out of reach', async () => {
		const { client, account } = await startAccount();
		account.conditions.unreachable.set(PERSON, 30003);
		const { sid } = await client.messages.create({ to: PERSON, from: NUMBER, body: 'hi' });
		await until(account, () => account.message(sid)?.status === 'undelivered');
		expect(await client.messages(sid).fetch()).toMatchObject({ errorCode: 30003 });
	});

	it('hands a text to one of the account’s own numbers over to that number', async () => {
		const { client, account } = await startAccount();
		account.resources.addNumber({ phoneNumber: '+15005550007', smsUrl: '' });
		await client.messages.create({ to: '+15005550007', from: NUMBER, body: 'to myself' });
		await until(account, () => account.messages.length === 2);
		expect(account.messages[1]).toMatchObject({
			direction: 'inbound',
			from: NUMBER,
			to: '+15005550007',
			body: 'to myself',
		});
	});

	it('reads forms and nothing else', async () => {
		const { url, account } = await startAccount();
		const response = await fetch(`${url}/2010-04-01/Accounts/${account.sid}/Messages.json`, {
			method: 'POST',
			headers: {
				Authorization: `Basic ${btoa(`${account.sid}:${account.authToken}`)}`,
				'Content-Type': 'application/json',
			},
			body: JSON.stringify({ To: PERSON, From: NUMBER, Body: 'hi' }),
		});
		expect(await response.json()).toMatchObject({ code: 21604, status: 400 });
	});
});
