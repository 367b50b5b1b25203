import { randomUUID } from 'node:crypto';
import type { TriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { startTriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { OUR_NUMBER, PERSON } from '../support/twilioAccount';

const PNG = { contentType: 'image/png', content: Buffer.from('a picture') };
const CARD = { contentType: 'text/vcard', content: Buffer.from('a card') };

let twilio: TriggerOnTwilio;
let trigger: TriggerOnTwilio['trigger'];

beforeEach(async () => {
	twilio = await startTriggerOnTwilio({ options: { downloadMedia: true } });
	({ trigger } = twilio);
	await trigger.activate();
});

afterEach(async () => await twilio.close());

const receive = (media = [PNG]) =>
	twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: 'Look', media });
const item = () => trigger.started[0][0];
const mediaRequests = () => twilio.account.requests.filter(({ path }) => path.includes('/Media/'));

it('puts the files of a message out as binary data with name and type', async () => {
	await receive([PNG, CARD]);
	expect(item().binary).toMatchObject({
		media_0: {
			data: PNG.content.toString('base64'),
			mimeType: 'image/png',
			fileName: expect.stringMatching(/^ME.+\.png$/),
		},
		media_1: {
			data: CARD.content.toString('base64'),
			mimeType: 'text/vcard',
			fileName: expect.stringMatching(/^ME.+\.vcf$/),
		},
	});
});

it('takes all ten files that a message can have', async () => {
	await receive(Array.from({ length: 10 }, () => PNG));
	expect(Object.keys(item().binary ?? {})).toHaveLength(10);
});

it('downloads nothing unless told to', async () => {
	trigger.parameters = {};
	await receive();
	expect(item().binary).toBeUndefined();
	expect(mediaRequests()).toEqual([]);
});

it('keeps the message when a file cannot be had, and says why', async () => {
	twilio.account.conditions.fail({ path: /Media/, with: { status: 500 }, times: Infinity });
	expect(await receive()).toMatchObject({ status: 200 });
	expect(item().binary).toBeUndefined();
	expect(item().json).toMatchObject({ body: 'Look', media: [{ error: expect.any(String) }] });
});

it('says why on the untouched fields as well', async () => {
	trigger.parameters = { simplify: false, options: { downloadMedia: true } };
	twilio.account.conditions.fail({ path: /Media/, with: { status: 404 }, times: Infinity });
	await receive();
	expect(item().json).toMatchObject({ Body: 'Look', MediaError0: expect.any(String) });
});

it('gives up on files that take too long, before Twilio gives up on the answer', async () => {
	twilio.account.conditions.fail({ path: /Media/, with: { delay: 12_000 }, times: Infinity });
	expect(await receive()).toMatchObject({ status: 200 });
	expect(item().json).toMatchObject({
		media: [{ error: 'It did not arrive within 10 seconds' }],
	});
}, 20_000);

it.each([
	['another account', (url: string) => url.replace(/AC\w{32}/, `AC${'0'.repeat(32)}`)],
	['another message', (url: string) => url.replace(/MM\w{32}/, `MM${'0'.repeat(32)}`)],
	['another host', () => 'https://evil.example.com/picture.png'],
])('asks no file of %s, even when Twilio signed it', async (_, change) => {
	const file = await forgedFile(change);
	expect(file).toMatchObject({ error: 'Its address is not one of this message' });
	expect(mediaRequests()).toEqual([]);
});

/** What the item says of a file whose address Twilio got wrong. */
async function forgedFile(change: (url: string) => string) {
	const { origin, sid: account } = twilio.account;
	const sid = `MM${randomUUID().replaceAll('-', '')}`;
	const url = `${origin}/2010-04-01/Accounts/${account}/Messages/${sid}/Media/ME${'2'.repeat(32)}`;
	await trigger.deliver({
		MessageSid: sid,
		From: PERSON,
		NumMedia: '1',
		MediaUrl0: change(url),
		MediaContentType0: 'image/png',
	});
	return (item().json.media as object[])[0];
}
