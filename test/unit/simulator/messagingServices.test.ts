import { NUMBER, closeAll, startTwilio } from './fixture';
import { twilioClient } from './twilioClient';

afterEach(closeAll);

const OTHER = '+15005550007';

async function startAccount() {
	const simulator = await startTwilio();
	const { account } = simulator;
	const numbers = [NUMBER, OTHER].map((phoneNumber) =>
		account.resources.addNumber({ phoneNumber }),
	);
	return { ...simulator, numbers, client: twilioClient(simulator) };
}

describe('a Messaging Service', () => {
	it('is created with Twilio’s defaults, and takes no texts until it has a URL', async () => {
		const { client } = await startAccount();
		const service = await client.messaging.v1.services.create({ friendlyName: 'Shop' });
		expect(service).toMatchObject({
			sid: expect.stringMatching(/^MG[0-9a-f]{32}$/),
			friendlyName: 'Shop',
			inboundRequestUrl: null,
			inboundMethod: 'POST',
			fallbackUrl: null,
			statusCallback: null,
			useInboundWebhookOnNumber: false,
			validityPeriod: 36_000,
		});
		expect(service.dateCreated).toBeInstanceOf(Date);
	});

	it('has the fields of a real one, dates in ISO 8601 and whole URLs', async () => {
		const { url, account } = await startAccount();
		const { sid } = account.resources.addService({ friendlyName: 'Shop' });
		const response = await fetch(`${url}/v1/Services/${sid}`, {
			headers: { Authorization: `Basic ${btoa(`${account.sid}:${account.authToken}`)}` },
		});
		const body = (await response.json()) as Record<string, string>;
		expect(Object.keys(body).sort()).toEqual([
			...['account_sid', 'area_code_geomatch', 'date_created', 'date_updated', 'fallback_method'],
			...['fallback_to_long_code', 'fallback_url', 'friendly_name', 'inbound_method'],
			...['inbound_request_url', 'links', 'mms_converter', 'scan_message_content', 'sid'],
			...['smart_encoding', 'status_callback', 'sticky_sender', 'synchronous_validation', 'url'],
			...['us_app_to_person_registered', 'use_inbound_webhook_on_number', 'usecase'],
			'validity_period',
		]);
		expect(body.date_created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
		expect(body.url).toBe(`${url}/v1/Services/${sid}`);
		expect(body.links).toMatchObject({ phone_numbers: `${url}/v1/Services/${sid}/PhoneNumbers` });
	});

	it('changes only what an update names, and loses a URL to an empty value', async () => {
		const { client, account } = await startAccount();
		const { sid } = account.resources.addService({
			friendlyName: 'Shop',
			statusCallback: 'https://e.com/s',
		});
		const service = client.messaging.v1.services(sid);
		await service.update({
			inboundRequestUrl: 'https://e.com/in',
			inboundMethod: 'GET',
			useInboundWebhookOnNumber: true,
		});
		expect(account.resources.services[0]).toMatchObject({
			friendly_name: 'Shop',
			status_callback: 'https://e.com/s',
			inbound_request_url: 'https://e.com/in',
			inbound_method: 'GET',
			use_inbound_webhook_on_number: true,
		});
		const cleared = await service.update({ inboundRequestUrl: '' });
		expect(cleared.inboundRequestUrl).toBeNull();
	});

	it('needs a name, and URLs that are URLs', async () => {
		const { client, account } = await startAccount();
		await expect(client.messaging.v1.services.create({ friendlyName: '' })).rejects.toMatchObject({
			status: 400,
			code: 20001,
		});
		await expect(
			client.messaging.v1.services.create({ friendlyName: 'Shop', inboundRequestUrl: 'e.com' }),
		).rejects.toMatchObject({ status: 400, code: 20001 });
		expect(account.resources.services).toEqual([]);
	});

	it('is not found once it is deleted', async () => {
		const { client, account } = await startAccount();
		const { sid } = account.resources.addService({ friendlyName: 'Shop' });
		await client.messaging.v1.services(sid).remove();
		await expect(client.messaging.v1.services(sid).fetch()).rejects.toMatchObject({
			status: 404,
			code: 20404,
		});
	});

	it('is not shown to strangers', async () => {
		const { url } = await startAccount();
		expect((await fetch(`${url}/v1/Services`)).status).toBe(401);
	});
});

describe('Messaging Services', () => {
	it('are listed page by page, at whole URLs', async () => {
		const { client, account, url } = await startAccount();
		for (const friendlyName of ['a', 'b', 'c']) account.resources.addService({ friendlyName });
		const listed = await client.messaging.v1.services.list({ pageSize: 2 });
		expect(listed.map(({ friendlyName }) => friendlyName)).toEqual(['a', 'b', 'c']);

		const response = await fetch(`${url}/v1/Services?PageSize=2`, {
			headers: { Authorization: `Basic ${btoa(`${account.sid}:${account.authToken}`)}` },
		});
		const { meta } = (await response.json()) as { meta: object };
		expect(meta).toEqual({
			page: 0,
			page_size: 2,
			first_page_url: `${url}/v1/Services?PageSize=2&Page=0`,
			previous_page_url: null,
			url: `${url}/v1/Services?PageSize=2&Page=0`,
			next_page_url: `${url}/v1/Services?PageSize=2&Page=1&PageToken=PA${account.resources.services[1]!.sid}`,
			key: 'services',
		});
	});
});

describe('the pool of a Messaging Service', () => {
	it('lists its numbers under their own SIDs', async () => {
		const { client, account, numbers } = await startAccount();
		const { sid } = account.resources.addService({ friendlyName: 'Shop', numbers: [OTHER] });
		expect(await client.messaging.v1.services(sid).phoneNumbers.list()).toMatchObject([
			{
				sid: numbers[1]!.sid,
				serviceSid: sid,
				phoneNumber: OTHER,
				countryCode: 'US',
				capabilities: ['MMS', 'SMS', 'Voice'],
			},
		]);
	});

	it('tells by 404 that a number is not in it', async () => {
		const { client, account, numbers } = await startAccount();
		const { sid } = account.resources.addService({ friendlyName: 'Shop', numbers: [OTHER] });
		const members = client.messaging.v1.services(sid);
		expect((await members.phoneNumbers(numbers[1]!.sid).fetch()).phoneNumber).toBe(OTHER);
		await expect(members.phoneNumbers(numbers[0]!.sid).fetch()).rejects.toMatchObject({
			status: 404,
			code: 20404,
		});
	});

	it('takes a number in once, and only one that is in no other pool', async () => {
		const { client, account, numbers } = await startAccount();
		const [first, second] = ['a', 'b'].map((friendlyName) =>
			account.resources.addService({ friendlyName }),
		);
		const phoneNumberSid = numbers[0]!.sid;
		const add = (sid: string) =>
			client.messaging.v1.services(sid).phoneNumbers.create({ phoneNumberSid });
		expect(await add(first!.sid)).toMatchObject({ sid: phoneNumberSid, phoneNumber: NUMBER });
		await expect(add(first!.sid)).rejects.toMatchObject({ status: 409, code: 21710 });
		await expect(add(second!.sid)).rejects.toMatchObject({ status: 409, code: 21712 });
	});

	it('refuses a number that the account does not own', async () => {
		const { client, account } = await startAccount();
		const { sid } = account.resources.addService({ friendlyName: 'Shop' });
		const create = client.messaging.v1
			.services(sid)
			.phoneNumbers.create({ phoneNumberSid: 'PN00000000000000000000000000000001' });
		await expect(create).rejects.toMatchObject({ status: 400, code: 21421 });
	});

	it('lets a number go, and forgets one that the account releases', async () => {
		const { client, account, numbers } = await startAccount();
		const { sid, pool } = account.resources.addService({
			friendlyName: 'Shop',
			numbers: [NUMBER, OTHER],
		});
		await client.messaging.v1.services(sid).phoneNumbers(numbers[0]!.sid).remove();
		expect(pool.map((member) => member.sid)).toEqual([numbers[1]!.sid]);
		account.resources.removeNumber(numbers[1]!.sid);
		expect(pool).toEqual([]);
	});
});
