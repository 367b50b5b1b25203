import { NUMBER, PERSON, closeAll, startTwilio } from './fixture';
import { twilioClient } from './twilioClient';

afterEach(closeAll);

const MAGIC = '+15005550006';

async function startTests() {
	const simulator = await startTwilio();
	const { sid, authToken } = simulator.account.testCredentials;
	return { ...simulator, client: twilioClient(simulator, sid, authToken, sid) };
}

describe('test credentials', () => {
	it('send nothing, whatever the answer says', async () => {
		const { client, account } = await startTests();
		const message = await client.messages.create({ to: PERSON, from: MAGIC, body: 'hi' });
		expect(message).toMatchObject({
			status: 'queued',
			accountSid: account.testCredentials.sid,
			from: MAGIC,
			to: PERSON,
		});
		expect(account.messages).toEqual([]);
	});

	it.each([
		['+15005550001', 21212],
		['+15005550007', 21606],
		['+15005550008', 21611],
		['+14155550111', 21606],
	])('sending from %s is error %d', async (from, code) => {
		const { client } = await startTests();
		const create = client.messages.create({ to: PERSON, from, body: 'hi' });
		await expect(create).rejects.toMatchObject({ status: 400, code });
	});

	it.each([
		['+15005550001', 21211],
		['+15005550002', 21612],
		['+15005550003', 21408],
		['+15005550004', 21610],
		['+15005550009', 21614],
		['nobody', 21211],
	])('sending to %s is error %d', async (to, code) => {
		const { client } = await startTests();
		const create = client.messages.create({ to, from: MAGIC, body: 'hi' });
		await expect(create).rejects.toMatchObject({ status: 400, code });
	});

	it('are told of a message without content, as real ones are', async () => {
		const { client } = await startTests();
		await expect(client.messages.create({ to: PERSON, from: MAGIC })).rejects.toMatchObject({
			code: 21619,
		});
	});

	it('open nothing else', async () => {
		const { client, account } = await startTests();
		const refusal = {
			status: 403,
			code: 20008,
			message: 'Resource not accessible with Test Account Credentials',
		};
		await expect(client.messages.list()).rejects.toMatchObject(refusal);
		await expect(client.incomingPhoneNumbers.list()).rejects.toMatchObject(refusal);
		await expect(client.messaging.v1.services.list()).rejects.toMatchObject(refusal);
		const { sid } = account.testCredentials;
		await expect(client.api.v2010.accounts(sid).fetch()).rejects.toMatchObject(refusal);
	});

	it('do not mix with the real ones', async () => {
		const simulator = await startTests();
		const { sid, authToken, testCredentials } = simulator.account;
		const mixed = [
			twilioClient(simulator, sid, testCredentials.authToken),
			twilioClient(simulator, testCredentials.sid, authToken, testCredentials.sid),
			twilioClient(simulator, sid, authToken, testCredentials.sid),
		];
		for (const client of mixed) {
			await expect(
				client.messages.create({ to: PERSON, from: NUMBER, body: 'hi' }),
			).rejects.toMatchObject({ status: 401, code: 20003 });
		}
	});
});
