import type { IncomingMessage } from 'node:http';
import { get } from 'node:http';
import { conversation } from '../../simulator/phone/conversation';
import type { Conversation } from '../../simulator/phone/conversation';
import type { Simulator } from '../../simulator/server';
import { NUMBER, PERSON, closeAll, startTwilio, startTwilioWithWebhook, until } from './fixture';
import { twilioClient } from './twilioClient';
import { answering } from './webhookServer';

afterEach(closeAll);

const OTHER = '+15005550007';

function post({ phoneUrl }: Simulator, text: unknown, headers: Record<string, string> = {}) {
	return fetch(`${phoneUrl}/messages`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', ...headers },
		body: JSON.stringify(text),
	});
}

/** Reads the stream until the conversation is as described. */
async function streamed(
	{ phoneUrl }: Simulator,
	isSo: (shown: Conversation) => boolean,
): Promise<Conversation> {
	const query = new URLSearchParams({ from: PERSON, to: NUMBER });
	const response = await new Promise<IncomingMessage>((resolve) => {
		get(`${phoneUrl}/events?${query}`, resolve);
	});
	let received = '';
	for await (const chunk of response.setEncoding('utf8')) {
		received += chunk;
		const events = received.split('\n\n').slice(0, -1);
		const shown = JSON.parse(events.at(-1)!.replace('data: ', '')) as Conversation;
		if (isSo(shown)) return shown;
	}
	throw new Error('The stream ended');
}

describe('the phone', () => {
	it('brings its own font, and hands out nothing else', async () => {
		const { phoneUrl } = await startTwilio();
		const response = await fetch(`${phoneUrl}/fonts/400.woff2`);
		expect(response.headers.get('Content-Type')).toBe('font/woff2');
		expect(Buffer.from(await response.arrayBuffer()).toString('latin1', 0, 4)).toBe('wOF2');
		for (const name of ['500.woff2', 'constructor', '..%2fphone.html']) {
			expect((await fetch(`${phoneUrl}/fonts/${name}`)).status).toBe(404);
		}
	});

	it('sends pictures, with or without a text, to the webhook and to the page', async () => {
		const { simulator, account } = await startTwilioWithWebhook();
		const content = Buffer.from('picture');
		const media = [{ contentType: 'image/png', content: content.toString('base64') }];
		expect((await post(simulator, { from: PERSON, to: NUMBER, body: '', media })).status).toBe(202);
		await until(account, () => account.deliveries.length === 1);
		expect(account.deliveries[0].parameters).toContainEqual(['MediaContentType0', 'image/png']);
		const { bubbles } = await streamed(simulator, ({ bubbles: [first] }) => Boolean(first));
		const picture = await fetch(`${simulator.phoneUrl}/media/${bubbles[0].pictures[0]}`);
		expect(Buffer.from(await picture.arrayBuffer())).toEqual(content);
	});

	it.each([
		['eleven pictures', Array(11).fill({ contentType: 'image/png', content: 'AAAA' })],
		['what is no picture', [{ contentType: 'image/svg+xml', content: 'AAAA' }]],
		['an empty picture', [{ contentType: 'image/png', content: '' }]],
		['no list', { contentType: 'image/png', content: 'AAAA' }],
		['nothing in the list', [null]],
		['more than 5 MB', [{ contentType: 'image/png', content: 'AAAA'.repeat(1_700_000) }]],
	])('refuses %s', async (_, media) => {
		const simulator = await startTwilio();
		const response = await post(simulator, { from: PERSON, to: NUMBER, body: 'Hi', media });
		expect(response.status).toBe(400);
		expect(await response.json()).toEqual({ message: expect.stringContaining('5 MB in all') });
		expect(simulator.account.messages).toEqual([]);
	});

	it('is one page that needs nothing else', async () => {
		const { phoneUrl } = await startTwilio();
		const response = await fetch(phoneUrl);
		expect(response.headers.get('Content-Type')).toMatch('text/html');
		expect(response.headers.get('Content-Security-Policy')).toMatch("default-src 'none'");
		const page = await response.text();
		expect(page).not.toMatch(/(src|href)="(?!data:)/);
		expect(page).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write/);
	});

	it('texts a number and shows the reply without being asked again', async () => {
		const { simulator } = await startTwilioWithWebhook(
			answering('<Response><Message>hello</Message></Response>'),
		);
		const stream = streamed(simulator, ({ bubbles }) => bubbles[1]?.status === 'delivered');
		const response = await post(simulator, { from: PERSON, to: NUMBER, body: ' hi 👍 ' });
		expect(response.status).toBe(202);
		const { to, numbers, bubbles } = await stream;
		expect(to).toBe(NUMBER);
		expect(numbers).toEqual([{ phoneNumber: NUMBER, friendlyName: '(500) 555-0006' }]);
		expect(bubbles).toMatchObject([
			{ direction: 'inbound', body: ' hi 👍 ', status: 'received', statusText: 'Received' },
			{ direction: 'outbound', body: 'hello', statusText: 'Delivered', from: NUMBER, to: PERSON },
		]);
	});

	it.each([
		['no text', { from: PERSON, to: NUMBER }],
		['an empty text', { from: PERSON, to: NUMBER, body: '' }],
		['too long a text', { from: PERSON, to: NUMBER, body: 'a'.repeat(1601) }],
		['a number of nobody', { from: PERSON, to: OTHER, body: 'hi' }],
		['a sender that is no number', { from: 'me', to: NUMBER, body: 'hi' }],
		['nothing', null],
	])('refuses %s', async (_what, text) => {
		const { simulator, account } = await startTwilioWithWebhook();
		const response = await post(simulator, text);
		expect(response.status).toBe(400);
		expect(account.messages).toEqual([]);
	});

	it('cannot be driven by a page from elsewhere', async () => {
		const { simulator, account } = await startTwilioWithWebhook();
		const text = { from: PERSON, to: NUMBER, body: 'hi' };
		for (const Origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
			expect((await post(simulator, text, { Origin })).status).toBe(403);
		}
		expect((await post(simulator, text, { 'Content-Type': 'text/plain' })).status).toBe(400);
		expect(account.messages).toEqual([]);
	});

	it('does not answer to a name that was pointed at this machine', async () => {
		const { phoneUrl } = await startTwilio();
		const status = await new Promise((resolve) => {
			get(phoneUrl, { headers: { Host: 'evil.example' } }, (response) => {
				resolve(response.resume().statusCode);
			});
		});
		expect(status).toBe(403);
	});
});

describe('a conversation', () => {
	it('shows one person and one number only', async () => {
		const { account } = await startTwilio();
		account.resources.addNumber({ phoneNumber: NUMBER, smsUrl: '' });
		account.resources.addNumber({ phoneNumber: OTHER, smsUrl: '' });
		await account.receive({ from: PERSON, to: NUMBER, body: 'this' });
		await account.receive({ from: PERSON, to: OTHER, body: 'other number' });
		await account.receive({ from: '+14155550199', to: NUMBER, body: 'other person' });
		expect(conversation(account, PERSON, NUMBER).bubbles.map(({ body }) => body)).toEqual(['this']);
	});

	it('is with the first number unless another is asked for', async () => {
		const { account } = await startTwilio();
		expect(conversation(account, PERSON, '')).toEqual({ to: undefined, numbers: [], bubbles: [] });
		account.resources.addNumber({ phoneNumber: NUMBER });
		account.resources.addNumber({ phoneNumber: OTHER });
		expect(conversation(account, PERSON, '').to).toBe(NUMBER);
		expect(conversation(account, PERSON, OTHER).to).toBe(OTHER);
	});

	it('says in a sentence why the webhook did not take a text', async () => {
		const { account } = await startTwilioWithWebhook(answering('{}', 'application/json'));
		await account.receive({ from: PERSON, to: NUMBER, body: 'hi' });
		expect(conversation(account, PERSON, NUMBER).bubbles).toMatchObject([
			{
				status: 'failed',
				statusText: '12300 · The webhook’s answer is neither TwiML nor plain text.',
			},
		]);
	});

	it('says that nobody listens on a number without a webhook', async () => {
		const { account } = await startTwilio();
		account.resources.addNumber({ phoneNumber: NUMBER, smsUrl: '' });
		await account.receive({ from: PERSON, to: NUMBER, body: 'hi' });
		expect(conversation(account, PERSON, NUMBER).bubbles).toMatchObject([
			{ status: 'received', statusText: 'Received, but the number calls no webhook' },
		]);
	});

	it('shows a text as on its way until the webhook has answered', async () => {
		const { account } = await startTwilioWithWebhook(() => undefined);
		void account.receive({ from: PERSON, to: NUMBER, body: 'hi' });
		expect(conversation(account, PERSON, NUMBER).bubbles).toMatchObject([
			{ status: 'receiving', statusText: 'Sending…' },
		]);
	});

	it('shows why a message did not arrive', async () => {
		const simulator = await startTwilio();
		const { account } = simulator;
		account.resources.addNumber({ phoneNumber: NUMBER });
		account.conditions.unreachable.set(PERSON, 30003);
		await twilioClient(simulator).messages.create({ to: PERSON, from: NUMBER, body: 'hi' });
		await until(account, () => account.messages[0]?.status === 'undelivered');
		expect(conversation(account, PERSON, NUMBER).bubbles).toMatchObject([
			{
				status: 'undelivered',
				statusText: 'Not delivered · 30003 · The phone is switched off or out of reach.',
			},
		]);
	});
});

describe('a picture', () => {
	const content = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

	it('is shown in its bubble, other attachments are counted', async () => {
		const { simulator, account } = await startTwilioWithWebhook();
		const media = [
			{ contentType: 'image/png', content },
			{ contentType: 'application/pdf', content },
		];
		await account.receive({ from: PERSON, to: NUMBER, body: 'look', media });
		const [bubble] = conversation(account, PERSON, NUMBER).bubbles;
		expect(bubble).toMatchObject({ pictures: [account.media[0]!.sid], attachments: 1 });
		const response = await fetch(`${simulator.phoneUrl}/media/${bubble!.pictures[0]}`);
		expect(response.headers.get('Content-Type')).toBe('image/png');
		expect(Buffer.from(await response.arrayBuffer())).toEqual(content);
	});

	it.each(['image/svg+xml', 'text/html'])('is nothing of type %s', async (contentType) => {
		const { simulator, account } = await startTwilioWithWebhook();
		const media = [{ contentType, content }];
		await account.receive({ from: PERSON, to: NUMBER, body: '', media });
		expect(conversation(account, PERSON, NUMBER).bubbles[0]).toMatchObject({ pictures: [] });
		const { sid } = account.media[0]!;
		expect((await fetch(`${simulator.phoneUrl}/media/${sid}`)).status).toBe(404);
	});
});

it('the phone shows Twilio’s own answer to STOP', async () => {
	const { account } = await startTwilioWithWebhook();
	await account.receive({ from: PERSON, to: NUMBER, body: 'STOP' });
	expect(conversation(account, PERSON, NUMBER).bubbles.map(({ body }) => body)).toEqual([
		'STOP',
		expect.stringMatching(/^You have successfully been unsubscribed/),
	]);
});
