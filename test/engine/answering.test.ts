import type { TriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { startTriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { OUR_NUMBER, PERSON } from '../support/twilioAccount';

let twilio: TriggerOnTwilio;
let trigger: TriggerOnTwilio['trigger'];

beforeEach(async () => {
	twilio = await startTriggerOnTwilio();
	({ trigger } = twilio);
	await trigger.activate();
});

afterEach(async () => await twilio.close());

const receive = (body = 'Hi') => twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body });
const replies = () =>
	twilio.account.messages.filter(({ direction }) => direction === 'outbound-reply');

it('texts nothing back unless told to', async () => {
	await receive();
	expect(replies()).toEqual([]);
});

it.each(['Thank you! <3 & see you "soon" \'tomorrow\'', 'Grüße 👍', 'one\ntwo', ']]>&amp;'])(
	'texts the reply back as it was written: %s',
	async (replyText) => {
		trigger.parameters = { respond: 'text', replyText };
		expect(await receive()).not.toHaveProperty('errorCode', expect.anything());
		expect(replies()).toMatchObject([{ to: PERSON, from: OUR_NUMBER, body: replyText }]);
	},
);

it('can use what the sender wrote, without letting it become a command', async () => {
	trigger.parameters = {
		respond: 'text',
		replyText: '=You wrote: {{ $json.body.Body }} from {{ $json.body.From }}',
	};
	const attack = '</Message><Message to="+14155550199">Spam</Message><Message>';
	await receive(attack);
	expect(replies()).toMatchObject([{ to: PERSON, body: `You wrote: ${attack} from ${PERSON}` }]);
});

it('texts nothing back when the reply is empty', async () => {
	trigger.parameters = { respond: 'text', replyText: '={{ "" }}' };
	expect(await receive()).toMatchObject({ body: '<Response/>' });
});

it('leaves out what no text can hold', async () => {
	trigger.parameters = { respond: 'text', replyText: '={{ "a\\u0000b\\u0008c\\ud800d" }}' };
	await receive();
	expect(replies()).toMatchObject([{ body: 'abcd' }]);
});

it('takes the message although the reply cannot be worked out', async () => {
	trigger.parameters = { respond: 'text', replyText: '={{ $json.nothing.here }}' };
	expect(await receive()).toMatchObject({ status: 200, body: '<Response/>' });
	expect(trigger.started).toHaveLength(1);
});

describe('a reply longer than the 1,600 characters that Twilio takes', () => {
	it('is refused on publishing when it can be known then', async () => {
		await trigger.deactivate();
		trigger.parameters = { respond: 'text', replyText: 'x'.repeat(1601) };
		await expect(trigger.activate()).rejects.toThrow(/1,601 characters.*1,600.*"Reply Text"/s);
	});

	it('is cut at a whole character otherwise, with a line in the log', async () => {
		trigger.parameters = { respond: 'text', replyText: '={{ "x".repeat(1599) + "👍 and more" }}' };
		await receive();
		expect(replies()).toMatchObject([{ to: PERSON, body: 'x'.repeat(1599) }]);
		expect(trigger.log.join()).toContain('was cut to 1,600');
	});
});

it.each(['STOP', 'unsubscribe', ' Cancel '])(
	'texts nothing back to %s, as Twilio confirms it and refuses what is sent after it',
	async (body) => {
		trigger.parameters = { respond: 'text', replyText: 'Thank you!' };
		expect(await receive(body)).toMatchObject({ status: 200, body: '<Response/>' });
		expect(trigger.started).toHaveLength(1);
	},
);
