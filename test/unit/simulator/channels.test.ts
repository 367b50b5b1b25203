import { validateRequest } from 'twilio';
import { NUMBER, PERSON, closeAll, startTwilioWithWebhook, until } from './fixture';
import { twilioClient } from './twilioClient';
import type { WebhookServer } from './webhookServer';
import { answering } from './webhookServer';

afterEach(closeAll);

const FROM = `whatsapp:${PERSON}`;
const TO = `whatsapp:${NUMBER}`;

const formOf = ({ requests }: WebhookServer) =>
	Object.fromEntries(new URLSearchParams(requests[0]!.body));

describe('a WhatsApp message', () => {
	it('tells the webhook of a profile instead of a place', async () => {
		const { account, webhook } = await startTwilioWithWebhook();
		await account.receive({ from: FROM, to: TO, body: 'hi' });
		const { sid } = account.messages[0]!;
		expect(webhook.requests[0]!.body).toBe(
			`SmsMessageSid=${sid}&NumMedia=0&ProfileName=A+person&MessageType=text&SmsSid=${sid}` +
				'&WaId=14155550100&SmsStatus=received&Body=hi&To=whatsapp%3A%2B15005550006&NumSegments=1' +
				`&ReferralNumMedia=0&MessageSid=${sid}&AccountSid=${account.sid}` +
				'&From=whatsapp%3A%2B14155550100&ApiVersion=2010-04-01',
		);
	});

	it.each<[string, Record<string, string>]>([
		['a button that was pressed', { ButtonText: 'Yes', ButtonPayload: 'confirm' }],
		['a place', { Latitude: '52.5', Longitude: '13.4', Label: 'Café', Address: 'Platz 1' }],
		['the message it answers', { OriginalRepliedMessageSid: 'SM1' }],
		['a name of its own', { ProfileName: 'Ada Lovelace 👩‍💻' }],
	])('carries %s, signed with the rest', async (_what, extra) => {
		const { account, webhook } = await startTwilioWithWebhook();
		await account.receive({ from: FROM, to: TO, body: '', extra });
		const form = formOf(webhook);
		expect(form).toMatchObject(extra);
		const signature = String(webhook.requests[0]!.headers['x-twilio-signature']);
		expect(validateRequest(account.authToken, signature, `${webhook.url}/sms`, form)).toBe(true);
	});

	it('is answered on WhatsApp', async () => {
		const { account } = await startTwilioWithWebhook(
			answering('<Response><Message>hello</Message></Response>'),
		);
		await account.receive({ from: FROM, to: TO, body: 'hi' });
		expect(account.messages[1]).toMatchObject({ from: TO, to: FROM, body: 'hello' });
	});

	it('is never cut into segments', async () => {
		const { simulator, account } = await startTwilioWithWebhook();
		const body = 'a'.repeat(1600);
		await account.receive({ from: FROM, to: TO, body });
		expect(account.messages[0]!.num_segments).toBe('1');
		const sent = await twilioClient(simulator).messages.create({ to: FROM, from: TO, body });
		expect(sent.numSegments).toBe('1');
	});
});

describe('a message with media', () => {
	const picture = { contentType: 'image/png', content: Buffer.from('png') };

	it('carries up to ten', async () => {
		const { account, webhook } = await startTwilioWithWebhook();
		const media = Array.from({ length: 10 }, () => picture);
		await account.receive({ from: PERSON, to: NUMBER, body: '', media });
		expect(formOf(webhook)).toMatchObject({
			NumMedia: '10',
			MediaContentType9: 'image/png',
			MediaUrl9: expect.stringContaining(account.media[9]!.sid),
		});
		await expect(
			account.receive({ from: PERSON, to: NUMBER, body: '', media: [...media, picture] }),
		).rejects.toThrow('at most 10 media');
	});
});

describe.each([
	['a short code', '72975', PERSON],
	['an RCS agent', 'rcs:acme_agent', `rcs:${PERSON}`],
])('%s', (_what, address, person) => {
	it('receives, answers and sends', async () => {
		const { simulator, account, webhook } = await startTwilioWithWebhook(
			answering('<Response><Message>hello</Message></Response>'),
		);
		account.resources.addOtherSender({ address, smsUrl: `${webhook.url}/other` });
		await account.receive({ from: person, to: address, body: 'hi' });
		expect(webhook.requests.map(({ path }) => path)).toEqual(['/other']);
		expect(formOf(webhook)).toMatchObject({ From: person, To: address });
		expect(account.messages[1]).toMatchObject({ from: address, to: person, body: 'hello' });

		const text = { to: person, from: address, body: 'hi' };
		const { sid } = await twilioClient(simulator).messages.create(text);
		await until(account, () => account.message(sid)?.status === 'delivered');
	});
});

it('a text from a short code or a name arrives as it stands', async () => {
	const { account, webhook } = await startTwilioWithWebhook();
	await account.receive({ from: '72975', to: NUMBER, body: 'Your code is 1234' });
	await account.receive({ from: 'ACME', to: NUMBER, body: 'hi' });
	expect(
		webhook.requests.map(({ body }) => {
			const form = new URLSearchParams(body);
			return [form.get('From'), form.get('FromCountry')];
		}),
	).toEqual([
		['72975', ''],
		['ACME', ''],
	]);
});
