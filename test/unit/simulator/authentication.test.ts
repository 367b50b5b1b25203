import { PERSON, NUMBER, closeAll, startTwilio } from './fixture';
import { twilioClient } from './twilioClient';

afterEach(closeAll);

describe('authentication', () => {
	it('accepts the account SID with the Auth Token', async () => {
		const simulator = await startTwilio();
		const { sid } = await twilioClient(simulator).api.v2010.accounts(simulator.account.sid).fetch();
		expect(sid).toBe(simulator.account.sid);
	});

	it('accepts an API key for sending', async () => {
		const simulator = await startTwilio();
		simulator.account.resources.addNumber({ phoneNumber: NUMBER });
		const { sid, secret } = simulator.account.apiKey;
		const client = twilioClient(simulator, sid, secret);
		const message = await client.messages.create({ to: PERSON, from: NUMBER, body: 'hi' });
		expect(message.status).toBe('queued');
	});

	it('refuses a Standard API key on the account itself', async () => {
		const simulator = await startTwilio();
		const { account } = simulator;
		const client = twilioClient(simulator, account.apiKey.sid, account.apiKey.secret);
		await expect(client.api.v2010.accounts(account.sid).fetch()).rejects.toMatchObject({
			status: 401,
			code: 20003,
		});
	});

	it('answers a wrong token with the body that Twilio sends', async () => {
		const simulator = await startTwilio();
		const response = await fetch(
			`${simulator.url}/2010-04-01/Accounts/${simulator.account.sid}/Messages.json`,
			{ headers: { Authorization: `Basic ${btoa(`${simulator.account.sid}:wrong`)}` } },
		);
		expect(response.status).toBe(401);
		expect(await response.text()).toBe(
			'{"code":20003,"detail":"","message":"Authenticate",' +
				'"more_info":"https://www.twilio.com/docs/errors/20003","status":401}',
		);
	});

	it.each(['', 'Bearer x', 'Basic', 'Basic %%%', 'Basic QUM='])(
		'refuses the Authorization header "%s"',
		async (Authorization) => {
			const { url, account } = await startTwilio();
			const path = `/2010-04-01/Accounts/${account.sid}/Messages.json`;
			const response = await fetch(url + path, { headers: { Authorization } });
			expect(response.status).toBe(401);
		},
	);

	it('hides other accounts', async () => {
		const simulator = await startTwilio();
		const client = twilioClient(simulator);
		const stranger = 'AC00000000000000000000000000000001';
		await expect(client.api.v2010.accounts(stranger).messages.list()).rejects.toMatchObject({
			status: 404,
			code: 20404,
		});
	});
});
