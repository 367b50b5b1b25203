import { NUMBER, PERSON, closeAll, startTwilio } from './fixture';
import { twilioClient } from './twilioClient';

afterEach(closeAll);

async function startTemplate(variables?: Record<string, string>) {
	const simulator = await startTwilio();
	const { account } = simulator;
	account.resources.addNumber({ phoneNumber: NUMBER });
	const body = 'Hi {{1}}, see you at {{2}}';
	const { sid } = account.resources.addTemplate({ friendlyName: 'appointment', body, variables });
	const client = twilioClient(simulator);
	return {
		account,
		client,
		sid,
		send: (contentVariables?: string, contentSid: string | undefined = sid) =>
			client.messages.create({ to: PERSON, from: NUMBER, contentSid, contentVariables }),
	};
}

describe('a message from a content template', () => {
	it('has the variables in their places', async () => {
		const { send } = await startTemplate();
		expect((await send('{"1":"Ada","2":9}')).body).toBe('Hi Ada, see you at 9');
	});

	it('falls back on the template’s own values', async () => {
		const { send } = await startTemplate({ 1: 'you', 2: 'noon' });
		expect((await send('{"1":"Ada"}')).body).toBe('Hi Ada, see you at noon');
		expect((await send()).body).toBe('Hi you, see you at noon');
	});

	it.each(['nonsense', '["Ada"]', '"Ada"', 'null'])(
		'is refused with variables that are no JSON object: %s',
		async (variables) => {
			const { send } = await startTemplate();
			await expect(send(variables)).rejects.toMatchObject({ status: 400, code: 21656 });
		},
	);

	it('is refused when there is no such template', async () => {
		const { send } = await startTemplate();
		const unknown = 'HX00000000000000000000000000000001';
		await expect(send('{}', unknown)).rejects.toMatchObject({ status: 400, code: 21655 });
	});

	it('is refused with variables and no template', async () => {
		const { client } = await startTemplate();
		const create = client.messages.create({
			...{ to: PERSON, from: NUMBER, body: 'hi', contentVariables: '{}' },
		});
		await expect(create).rejects.toMatchObject({ status: 400, code: 21654 });
	});
});

describe('content templates', () => {
	it('are listed and read', async () => {
		const { client, account, sid } = await startTemplate({ 1: 'you' });
		account.resources.addTemplate({ friendlyName: 'other', body: 'hello', language: 'de' });
		const listed = await client.content.v1.contents.list({ pageSize: 1 });
		expect(listed.map(({ friendlyName }) => friendlyName)).toEqual(['appointment', 'other']);
		expect(await client.content.v1.contents(sid).fetch()).toMatchObject({
			sid: expect.stringMatching(/^HX[0-9a-f]{32}$/),
			language: 'en',
			variables: { 1: 'you' },
			types: { 'twilio/text': { body: 'Hi {{1}}, see you at {{2}}' } },
		});
	});
});

it.each(['{"1":""}', '{"1":" "}', '{"1":"a\\nb"}', '{"1":"a\\tb"}', '{"1":"a     b"}'])(
	'refuses variables that Twilio refuses: %s',
	async (variables) => {
		const { send } = await startTemplate();
		await expect(send(variables)).rejects.toMatchObject({ status: 400, code: 21656 });
	},
);
