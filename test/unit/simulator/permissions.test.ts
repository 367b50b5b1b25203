import type { Trial } from '../../simulator/trial';
import { NUMBER, PERSON, closeAll, startTwilio, startTwilioWithWebhook } from './fixture';
import { twilioClient } from './twilioClient';
import { answering } from './webhookServer';

afterEach(closeAll);

const OTHER = '+15005550007';

describe('geo permissions', () => {
	it('keep messages from going to a country that is left out', async () => {
		const simulator = await startTwilio();
		const { account } = simulator;
		account.resources.addNumber({ phoneNumber: NUMBER });
		account.conditions.blockedCountries.add('GB');
		const { messages } = twilioClient(simulator);
		const to = '+442079460123';
		await expect(messages.create({ to, from: NUMBER, body: 'hi' })).rejects.toMatchObject({
			status: 400,
			code: 21408,
		});
		expect((await messages.create({ to: PERSON, from: NUMBER, body: 'hi' })).to).toBe(PERSON);
	});
});

async function startTrial(kind: Trial['kind']) {
	const simulator = await startTwilio();
	const { account } = simulator;
	for (const phoneNumber of [NUMBER, OTHER]) account.resources.addNumber({ phoneNumber });
	account.conditions.trial = { kind, verifiedNumbers: [PERSON, '+447911123456'] };
	return { account, client: twilioClient(simulator) };
}

describe('a trial account', () => {
	it('says so', async () => {
		const { account, client } = await startTrial('freeText');
		expect((await client.api.v2010.accounts(account.sid).fetch()).type).toBe('Trial');
	});

	it('marks every text as one of a trial', async () => {
		const { client } = await startTrial('freeText');
		const message = await client.messages.create({ to: PERSON, from: NUMBER, body: 'hi' });
		expect(message.body).toBe('Sent from your Twilio trial account - hi');
	});

	it.each([
		['a number that is not verified', { to: '+14155550199' }, 21608],
		['a sender other than the trial number', { from: OTHER }, 21607],
	])('refuses %s', async (_what, change, code) => {
		const { client, account } = await startTrial('freeText');
		const create = client.messages.create({ to: PERSON, from: NUMBER, body: 'hi', ...change });
		await expect(create).rejects.toMatchObject({ status: 400, code });
		expect(account.messages).toEqual([]);
	});

	it('answers nobody who is not verified', async () => {
		const { account } = await startTwilioWithWebhook(
			answering('<Response><Message>hello</Message></Response>'),
		);
		account.conditions.trial = { kind: 'freeText', verifiedNumbers: [] };
		const delivery = await account.receive({ from: PERSON, to: NUMBER, body: 'hi' });
		expect(delivery).toMatchObject({ errorCode: 14111 });
		expect(account.messages).toHaveLength(1);
	});
});

describe('a trial account of the newer kind', () => {
	it('sends templates by their name', async () => {
		const { client } = await startTrial('templates');
		const message = await client.messages.create({ to: PERSON, from: NUMBER, body: 'sms_2fa' });
		expect(message.status).toBe('queued');
	});

	it.each([
		['any other text', { body: 'hi' }, 572006],
		['a sender other than the assigned one', { from: OTHER }, 572002],
		['a number that is not verified', { to: '+14155550199' }, 21608],
		['a number outside the United States', { to: '+447911123456' }, 21608],
	])('refuses %s', async (_what, change, code) => {
		const { client } = await startTrial('templates');
		const text = { to: PERSON, from: NUMBER, body: 'sms_2fa', ...change };
		await expect(client.messages.create(text)).rejects.toMatchObject({ status: 400, code });
	});
});
