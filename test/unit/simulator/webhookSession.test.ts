import { NUMBER, PERSON, closeAll, startTwilioWithWebhook, until } from './fixture';
import { twilioClient } from './twilioClient';
import { answering } from './webhookServer';

afterEach(() => {
	jest.restoreAllMocks();
	return closeAll();
});

const text = { from: PERSON, to: NUMBER, body: 'hi' };

describe('a webhook called twice', () => {
	it('gets the same message with the same idempotency token, and is obeyed twice', async () => {
		const { account, webhook } = await startTwilioWithWebhook(
			answering('<Response><Message>hello</Message></Response>'),
		);
		account.conditions.deliverTwice = true;
		const delivery = await account.receive(text);
		expect(webhook.requests).toHaveLength(2);
		const [first, second] = webhook.requests;
		expect(second!.body).toBe(first!.body);
		expect(second!.headers['x-twilio-signature']).toBe(first!.headers['x-twilio-signature']);
		expect(second!.headers['i-twilio-idempotency-token']).toBe(delivery?.idempotencyToken);
		expect(account.messages.map(({ body }) => body)).toEqual(['hi', 'hello', 'hello']);
	});
});

describe('status callbacks', () => {
	async function statuses(callbackOrder: 'shuffled' | 'doubled', count: number) {
		const { simulator, account, webhook } = await startTwilioWithWebhook((response) =>
			response.writeHead(204).end(),
		);
		account.conditions.callbackOrder = callbackOrder;
		await twilioClient(simulator).messages.create({
			...{ to: PERSON, from: NUMBER, body: 'hi', statusCallback: `${webhook.url}/status` },
		});
		await until(
			account,
			() => account.deliveries.filter((each) => each.finishedAt).length === count,
		);
		return {
			tokens: webhook.requests.map(({ headers }) => headers['i-twilio-idempotency-token']),
			reported: webhook.requests.map(({ body }) => new URLSearchParams(body).get('MessageStatus')),
		};
	}

	it('may come in the wrong order', async () => {
		const { reported } = await statuses('shuffled', 3);
		expect(reported).toEqual(['delivered', 'sent', 'sending']);
	});

	it('may come twice each', async () => {
		const { reported, tokens } = await statuses('doubled', 6);
		expect(reported).toEqual(['sending', 'sending', 'sent', 'sent', 'delivered', 'delivered']);
		expect(new Set(tokens).size).toBe(3);
	});
});

describe('an unknown retry policy', () => {
	it('is reported and counts as none', async () => {
		const { account, webhook } = await startTwilioWithWebhook();
		account.resources.number(NUMBER)!.sms_url = `${webhook.url}/sms#rc=2&rp=ct,sometimes`;
		account.resources.number(NUMBER)!.sms_fallback_url = `${webhook.url}/fallback`;
		expect(await account.receive(text)).toMatchObject({ status: 200, errorCode: 11243 });
		expect(account.messages[0]).toMatchObject({ error_code: 11243 });
		expect(webhook.requests).toHaveLength(1);
	});
});

describe('cookies', () => {
	async function startCounter() {
		const { account, webhook } = await startTwilioWithWebhook((response, { headers }) => {
			const visits = Number(/visits=(\d+)/.exec(headers.cookie ?? '')?.[1] ?? 0) + 1;
			response.setHeader('Set-Cookie', [`visits=${visits}; Path=/`, 'who=a=b; HttpOnly']);
			answering('<Response/>')(response);
		});
		return { account, cookies: () => webhook.requests.map(({ headers }) => headers.cookie) };
	}

	it('come back in the same conversation, and in no other', async () => {
		const { account, cookies } = await startCounter();
		await account.receive(text);
		await account.receive(text);
		await account.receive({ ...text, from: '+14155550199' });
		await account.receive(text);
		expect(cookies()).toEqual([undefined, 'visits=1; who=a=b', undefined, 'visits=2; who=a=b']);
	});

	it('are forgotten after four hours of silence', async () => {
		const { account, cookies } = await startCounter();
		await account.receive(text);
		const later = Date.now() + 4 * 60 * 60 * 1000;
		jest.spyOn(Date, 'now').mockReturnValue(later);
		await account.receive(text);
		expect(cookies()).toEqual([undefined, undefined]);
	});

	it('can be deleted', async () => {
		const answers = ['a=1', 'a=; Max-Age=0', 'b=2'];
		const { account, webhook } = await startTwilioWithWebhook((response) => {
			response.setHeader('Set-Cookie', answers.shift()!);
			answering('<Response/>')(response);
		});
		for (let n = 0; n < 3; n++) await account.receive(text);
		expect(webhook.requests.map(({ headers }) => headers.cookie)).toEqual([
			undefined,
			'a=1',
			undefined,
		]);
	});

	it('without a name are an error', async () => {
		const { account } = await startTwilioWithWebhook((response) => {
			response.setHeader('Set-Cookie', '=1');
			answering('<Response/>')(response);
		});
		expect(await account.receive(text)).toMatchObject({ errorCode: 11206 });
	});
});

it('a status callback tells that a message was read, where channels tell that', async () => {
	const { simulator, account, webhook } = await startTwilioWithWebhook((response) =>
		response.writeHead(204).end(),
	);
	account.conditions.readReceipts = true;
	await twilioClient(simulator).messages.create({
		...{ to: `whatsapp:${PERSON}`, from: `whatsapp:${NUMBER}`, body: 'hi' },
		statusCallback: `${webhook.url}/status`,
	});
	await until(account, () => account.deliveries.filter((each) => each.finishedAt).length === 4);
	expect(webhook.requests.at(-1)!.body).toMatch(/^EventType=READ&.*&MessageStatus=read&/);
});
