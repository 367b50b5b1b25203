import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { runTwilioSms } from '../support/engine/engine';
import { EngineTrigger } from '../support/engine/engineTrigger';
import type { OPERATIONS } from '../support/engine/failures';
import { LoopbackServer } from '../support/loopbackServer';
import { startReverseProxy } from '../support/n8n/reverseProxy';
import type { Prism } from '../support/prism';
import { startPrism } from '../support/prism';

// The examples in Twilio's documents, with which Prism answers, are about these.
const sid = (prefix: string) => prefix + 'a'.repeat(32);
const NUMBER = '+18089255327';
const PERSON = '+14155552345';

let prism: Prism;

beforeAll(async () => {
	prism = await startPrism();
}, 900_000);

afterAll(async () => await prism?.close());

const credentialFor = (baseUrl: string): ICredentialDataDecryptedObject => ({
	authType: 'authToken',
	accountSid: sid('AC'),
	authToken: 'f'.repeat(32),
	phoneNumber: NUMBER,
	region: 'custom',
	baseUrl,
});

type Operation = (typeof OPERATIONS)[number];

async function run(name: Operation, parameters: INodeParameters = {}) {
	const [resource, operation] = name.split('/');
	const incoming = { messageSid: sid('SM'), from: PERSON, to: NUMBER };
	return await runTwilioSms({ resource, operation, ...parameters }, credentialFor(prism.url), {
		items: [incoming],
	});
}

const created = {
	messageSid: sid('SM'),
	status: 'queued',
	body: 'Hello! 👍',
	dateCreated: '2023-08-24T05:01:45.000Z',
};

const withoutText = { messageSid: 'SMb7c0a2ce80504485a6f653a7110836f5', status: 'sent', body: '' };

const number = {
	phoneNumberSid: sid('PN'),
	phoneNumber: NUMBER,
	friendlyName: '(808) 925-5327',
	smsUrl: null,
	dateCreated: '2015-07-30T23:19:04.000Z',
};

const CASES: Array<[Operation, INodeParameters, answer: object]> = [
	['message/send', { to: PERSON, message: 'Hello' }, created],
	['message/reply', { message: 'Hello' }, created],
	// What came in goes on, as with n8n's Wait node.
	[
		'message/sendAndWait',
		{ to: PERSON, message: 'Hello?', responseType: 'delivery' },
		{ messageSid: sid('SM'), from: PERSON, to: NUMBER },
	],
	[
		'message/get',
		{ messageSid: sid('SM') },
		{ messageSid: withoutText.messageSid, body: 'testing', errorCode: 30007 },
	],
	[
		'message/getAll',
		{ limit: 1 },
		{ messageSid: 'SMded05904ccb347238880ca9264e8fe1c', from: '+12019235161' },
	],
	['message/cancel', { messageSid: sid('SM') }, withoutText],
	['message/redact', { messageSid: sid('SM') }, withoutText],
	['message/delete', { messageSid: sid('SM') }, { deleted: true, messageSid: sid('SM') }],
	[
		'message/sendFeedback',
		{ messageSid: sid('SM') },
		{ messageSid: sid('MM'), outcome: 'confirmed' },
	],
	['phoneNumber/get', {}, number],
	['phoneNumber/getAll', {}, number],
	[
		'phoneNumber/checkIncoming',
		{},
		{ verdict: 'service', messagingServiceSid: sid('MG'), url: 'https://www.example.com/' },
	],
	[
		'phoneNumber/lookup',
		{ phoneNumber: PERSON },
		{ phoneNumber: '+14159929960', valid: true, countryCode: 'US' },
	],
];

it.each(CASES)(
	"%s asks as Twilio's documents say, and reads their example of an answer",
	async (name, parameters, answer) => {
		const { items, error } = await run(name, parameters);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(items[0].json).toMatchObject(answer);
	},
);

it('a list whose next page is the page itself, as in the example, does not go on forever', async () => {
	const { error } = await run('message/getAll', { returnAll: true });
	expect(error?.message).toBe("Twilio's list does not end");
});

it('a picture that Twilio does not have is said to be missing', async () => {
	const { error } = await run('message/downloadMedia', { messageSid: sid('SM') });
	expect(error?.message).toBe('Twilio has nothing under this SID or number');
});

it('a request that the documents do not allow is refused, so that the others are known to be right', async () => {
	const answer = await fetch(`${prism.url}/2010-04-01/Accounts/${sid('AC')}/Messages.json`, {
		method: 'POST',
		headers: { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` },
		body: new URLSearchParams({ Body: 'Hello, nobody' }),
	});
	expect(answer.status).toBe(422);
	expect(await answer.json()).toMatchObject({
		validation: [{ message: "Request body must have required property 'To'" }],
	});
});

describe('the trigger', () => {
	/** Publishes the workflow and takes it off again. Returns what it kept in between. */
	async function publish(baseUrl: string, parameters: INodeParameters = {}) {
		const credential = credentialFor(baseUrl);
		const trigger = await new EngineTrigger({ credential, parameters }).listen();
		try {
			await trigger.activate();
			const { registration } = trigger.stored;
			await trigger.deactivate();
			return registration;
		} finally {
			await trigger.close();
		}
	}

	it('takes over a Messaging Service and gives it back', async () => {
		const registration = await publish(prism.url, {
			listenOn: 'messagingService',
			messagingServiceSid: { __rl: true, mode: 'sid', value: sid('MG') },
			onExistingWebhook: 'replace',
		});
		expect(registration).toMatchObject({
			kind: 'serviceInbound',
			sid: sid('MG'),
			snapshot: { InboundRequestUrl: 'https://www.example.com/', InboundMethod: 'POST' },
		});
	});

	it('leaves a number alone whose texts a Messaging Service takes', async () => {
		await expect(publish(prism.url)).rejects.toThrow(
			'+18089255327 is in the Messaging Service "My Service!"',
		);
	});

	it('takes over a number and gives it back', async () => {
		// The example has the number in a Messaging Service.
		const noServices = await new LoopbackServer((_request, response) => {
			response.setHeader('content-type', 'application/json');
			response.end(
				JSON.stringify({ services: [], meta: { key: 'services', next_page_url: null } }),
			);
		}).listen();
		const routes = { '/': `${prism.url}/`, '/v1/Services': `${noServices.origin}/` };
		const account = await startReverseProxy(routes);
		try {
			expect(await publish(account.url)).toMatchObject({
				kind: 'phoneNumber',
				sid: sid('PN'),
				snapshot: { SmsUrl: '', SmsMethod: 'POST', SmsApplicationSid: '' },
			});
		} finally {
			await account.close();
			await noServices.close();
		}
	});
});
