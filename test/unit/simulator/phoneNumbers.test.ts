import { NUMBER, closeAll, startTwilio } from './fixture';
import { twilioClient } from './twilioClient';

afterEach(closeAll);

async function startAccount(...numbers: string[]) {
	const simulator = await startTwilio();
	for (const phoneNumber of numbers) simulator.account.resources.addNumber({ phoneNumber });
	return { ...simulator, client: twilioClient(simulator) };
}

describe('phone numbers', () => {
	it('point at Twilio’s demo until they are told otherwise', async () => {
		const { client } = await startAccount(NUMBER);
		expect((await client.incomingPhoneNumbers.list())[0]).toMatchObject({
			phoneNumber: NUMBER,
			friendlyName: '(500) 555-0006',
			smsUrl: 'https://demo.twilio.com/welcome/sms/reply',
			smsMethod: 'POST',
			smsFallbackUrl: '',
			smsApplicationSid: '',
			capabilities: { voice: true, sms: true, mms: true, fax: false },
		});
	});

	it.each([
		['+15005550006', ['+15005550006', '+150055500061']],
		['5550007', ['+15005550007']],
		['500*550006', ['+15005550006', '+150055500061']],
		['+44', ['+447911123456']],
		['999', []],
	])('are found by a part of the number: %s', async (phoneNumber, expected) => {
		const { client } = await startAccount(
			...['+15005550006', '+15005550007', '+150055500061', '+447911123456'],
		);
		const found = await client.incomingPhoneNumbers.list({ phoneNumber });
		expect(found.map((number) => number.phoneNumber)).toEqual(expected);
	});

	it('are found by their exact friendly name', async () => {
		const { client, account } = await startAccount(NUMBER);
		account.resources.addNumber({ phoneNumber: '+15005550007', friendlyName: 'Reception' });
		const found = await client.incomingPhoneNumbers.list({ friendlyName: 'Reception' });
		expect(found.map((number) => number.phoneNumber)).toEqual(['+15005550007']);
	});

	it('are listed page by page', async () => {
		const { client } = await startAccount('+15005550001', '+15005550002', '+15005550003');
		const found = await client.incomingPhoneNumbers.list({ pageSize: 1 });
		expect(found).toHaveLength(3);
	});

	it('change only what an update names', async () => {
		const { client, account } = await startAccount(NUMBER);
		const number = account.resources.number(NUMBER)!;
		const before = { ...number };
		const smsUrl = 'https://n8n.example.com/webhook/x?a=1#rc=3&rp=ct,5xx';
		const updated = await client.incomingPhoneNumbers(number.sid).update({
			smsUrl,
			smsMethod: 'GET',
		});
		expect(updated).toMatchObject({ smsUrl, smsMethod: 'GET' });
		const { date_updated, ...rest } = number;
		expect(date_updated).toMatch(/\+0000$/);
		expect(rest).toEqual({
			...before,
			sms_url: smsUrl,
			sms_method: 'GET',
			date_updated: undefined,
		});
	});

	it('lose a URL and an application to an empty value', async () => {
		const { client, account } = await startAccount(NUMBER);
		const number = account.resources.number(NUMBER)!;
		number.sms_application_sid = 'AP00000000000000000000000000000001';
		const updated = await client
			.incomingPhoneNumbers(number.sid)
			.update({ smsUrl: '', smsApplicationSid: '' });
		expect(updated).toMatchObject({ smsUrl: '', smsApplicationSid: '' });
	});

	it.each(['/webhook', 'example.com/webhook', 'ftp://example.com', 'http://', 'https:example.com'])(
		'refuse %s as the URL to call',
		async (smsUrl) => {
			const { client, account } = await startAccount(NUMBER);
			const number = account.resources.number(NUMBER)!;
			const update = client.incomingPhoneNumbers(number.sid).update({
				friendlyName: 'not this either',
				smsUrl,
			});
			await expect(update).rejects.toMatchObject({
				status: 400,
				code: 21402,
				message: 'SmsUrl is not valid',
			});
			expect(number.friendly_name).toBe('(500) 555-0006');
		},
	);

	it('refuse a method that is neither GET nor POST', async () => {
		const { client, account } = await startAccount(NUMBER);
		const update = client
			.incomingPhoneNumbers(account.resources.numbers[0]!.sid)
			.update({ smsMethod: 'PUT' });
		await expect(update).rejects.toMatchObject({ status: 400, message: 'SmsMethod is not valid' });
	});

	it('are not found once they are released', async () => {
		const { client, account } = await startAccount(NUMBER);
		const { sid } = account.resources.numbers[0]!;
		account.resources.removeNumber(sid);
		await expect(client.incomingPhoneNumbers(sid).fetch()).rejects.toMatchObject({
			status: 404,
			code: 20404,
		});
	});
});
