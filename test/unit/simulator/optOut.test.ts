import { NUMBER, PERSON, closeAll, startTwilio, startWebhook, until } from './fixture';
import { twilioClient } from './twilioClient';
import { answering } from './webhookServer';

afterEach(closeAll);

const OTHER = '+15005550007';

async function startAccount({ inService = false, advancedOptOut = false } = {}) {
	const webhook = await startWebhook(answering('<Response/>'));
	const simulator = await startTwilio();
	const { account } = simulator;
	for (const phoneNumber of [NUMBER, OTHER]) {
		account.resources.addNumber({ phoneNumber, smsUrl: webhook.url });
	}
	const service = inService
		? account.resources.addService({
				friendlyName: 'Shop',
				inboundRequestUrl: webhook.url,
				numbers: [NUMBER, OTHER],
				advancedOptOut,
			})
		: undefined;
	const client = twilioClient(simulator);
	return {
		account,
		webhook,
		say: (body: string, to = NUMBER, from = PERSON) => account.receive({ from, to, body }),
		text: (from = NUMBER) =>
			client.messages.create({
				to: PERSON,
				body: 'hi',
				...(service === undefined ? { from } : { messagingServiceSid: service.sid }),
			}),
		answers: () =>
			account.messages
				.filter(({ direction }) => direction === 'outbound-reply')
				.map(({ body }) => body),
		optOutTypes: () =>
			webhook.requests.map(({ body }) => new URLSearchParams(body).get('OptOutType')),
	};
}

const STOPPED = expect.stringMatching(/^You have successfully been unsubscribed\./);
const STARTED = expect.stringMatching(/^You have successfully been re-subscribed/);
const HELP = 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.';

describe('a person who wants no more texts', () => {
	it.each([
		...['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
		...['stop', ' Stop '],
	])('writes "%s", is told that it worked, and gets none', async (word) => {
		const { account, say, text, answers, webhook } = await startAccount();
		await say(word);
		expect(answers()).toEqual([STOPPED]);
		expect(webhook.requests).toHaveLength(1);
		await expect(text()).rejects.toMatchObject({
			status: 400,
			code: 21610,
			message: 'Attempt to send to unsubscribed recipient',
		});
		await until(account, () => account.messages.at(-1)?.status === 'delivered');
	});

	it.each(['please stop', 'STOP.', 'stop it', 'ending', ''])(
		'has not said so with "%s"',
		async (body) => {
			const { say, text, answers } = await startAccount();
			await say(body);
			expect(answers()).toEqual([]);
			expect((await text()).status).toBe('queued');
		},
	);

	it('still gets texts from another number, and others from this one', async () => {
		const { account, say, text } = await startAccount();
		await say('STOP', OTHER);
		await say('STOP', NUMBER, '+14155550199');
		expect((await text(NUMBER)).status).toBe('queued');
		expect(account.optOuts.has(OTHER, PERSON)).toBe(true);
		await expect(text(OTHER)).rejects.toMatchObject({ code: 21610 });
	});

	it.each(['START', 'UNSTOP', 'YES', 'yes'])('comes back with "%s"', async (word) => {
		const { say, text, answers } = await startAccount();
		await say('STOP');
		await say(word);
		expect(answers()).toEqual([STOPPED, STARTED]);
		expect((await text()).status).toBe('queued');
	});

	it('is told once, and gets no help while out', async () => {
		const { say, answers } = await startAccount();
		for (const word of ['HELP', 'INFO', 'YES', 'STOP', 'STOP', 'HELP']) await say(word);
		expect(answers()).toEqual([HELP, HELP, STOPPED]);
	});

	it('does not get the webhook’s own answer to STOP either', async () => {
		const { account, say, webhook } = await startAccount();
		const rude = await startWebhook(answering('<Response><Message>no!</Message></Response>'));
		account.resources.number(NUMBER)!.sms_url = rude.url;
		const delivery = await say('STOP');
		expect(delivery).toMatchObject({ errorCode: 21610 });
		expect(account.messages.map(({ body }) => body)).toEqual(['STOP', STOPPED]);
		expect(webhook.requests).toEqual([]);
	});

	it('gets none from any number of the service that was written to', async () => {
		const { account, say, text } = await startAccount({ inService: true });
		await say('STOP', OTHER);
		await expect(text()).rejects.toMatchObject({ code: 21610 });
		expect(account.optOuts.has(account.resources.services[0]!.sid, PERSON)).toBe(true);
	});

	it('means nothing by it on WhatsApp', async () => {
		const { say, answers } = await startAccount();
		await say('STOP', `whatsapp:${NUMBER}`, `whatsapp:${PERSON}`);
		expect(answers()).toEqual([]);
	});

	it('is not mentioned to the webhook unless by Advanced Opt-Out', async () => {
		const { say, optOutTypes } = await startAccount({ inService: true });
		await say('STOP');
		expect(optOutTypes()).toEqual([null]);
	});
});

describe('Advanced Opt-Out', () => {
	it('tells the webhook what the word meant', async () => {
		const { say, optOutTypes } = await startAccount({ inService: true, advancedOptOut: true });
		for (const word of ['unsubscribe', 'unstop', 'info', 'hello']) await say(word);
		expect(optOutTypes()).toEqual(['STOP', 'START', 'HELP', null]);
	});

	it('accepts a message to one who is out, which then fails', async () => {
		const { account, say, text } = await startAccount({ inService: true, advancedOptOut: true });
		await say('STOP');
		const { sid, status } = await text();
		expect(status).toBe('accepted');
		await until(account, () => account.message(sid)?.status === 'failed');
		expect(account.message(sid)).toMatchObject({ error_code: 21610 });
	});
});

it('STOP does not cancel a scheduled message, which fails when its time comes', async () => {
	const simulator = await startTwilio();
	const { account } = simulator;
	account.resources.addNumber({ phoneNumber: NUMBER, smsUrl: '' });
	const service = account.resources.addService({
		...{ friendlyName: 'Shop', numbers: [NUMBER], useInboundWebhookOnNumber: true },
	});
	account.conditions.scheduleWindow.least = 0;
	const { sid } = await twilioClient(simulator).messages.create({
		...{ to: PERSON, body: 'hi', messagingServiceSid: service.sid, scheduleType: 'fixed' },
		sendAt: new Date(Date.now() + 3000),
	});
	await account.receive({ from: PERSON, to: NUMBER, body: 'STOP' });
	expect(account.message(sid)?.status).toBe('scheduled');
	await until(account, () => account.message(sid)?.status === 'failed');
	expect(account.message(sid)).toMatchObject({ error_code: 21610 });
});
