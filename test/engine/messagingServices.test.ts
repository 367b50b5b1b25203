import type { TriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { startTriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { OUR_NUMBER, PERSON } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';

const ELSEWHERE = 'https://crm.example.com/sms';
const DEMO_URL = 'https://demo.twilio.com/welcome/sms/reply';

let twilio: TriggerOnTwilio;
let trigger: TriggerOnTwilio['trigger'];

beforeEach(async () => {
	twilio = await startTriggerOnTwilio();
	({ trigger } = twilio);
});

afterEach(async () => await twilio.close());

const number = () => twilio.account.resources.number(OUR_NUMBER)!;
const receive = () => twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: 'Hi' });
const addService = (given = {}) =>
	twilio.account.resources.addService({
		friendlyName: 'Front desk',
		numbers: [OUR_NUMBER],
		...given,
	});

const listenOnService = (sid: string, more = {}) => {
	trigger.parameters = {
		listenOn: 'messagingService',
		messagingServiceSid: { __rl: true, mode: 'list', value: sid },
		...more,
	};
};

describe('a number in a Messaging Service', () => {
	it.each([ELSEWHERE, undefined])(
		'is refused with the service and both remedies when the service takes its texts: %s',
		async (inboundRequestUrl) => {
			addService({ inboundRequestUrl });
			await expect(trigger.activate()).rejects.toThrow(
				/\+14155550100 is in the Messaging Service "Front desk".*"Listen On" to "Messaging Service".*Defer to sender's webhook/,
			);
			expect(number().sms_url).toBe(DEMO_URL);
		},
	);

	it('is not taken from the service even when told to replace', async () => {
		addService();
		trigger.parameters = { onExistingWebhook: 'replace' };
		await expect(trigger.activate()).rejects.toThrow('Front desk');
	});

	it('works when the service defers to the number', async () => {
		addService({ useInboundWebhookOnNumber: true });
		await trigger.activate();
		expect(await receive()).toMatchObject({ status: 200 });
		expect(trigger.started).toMatchObject([[{ json: { body: 'Hi' } }]]);
	});

	it('is found with few questions among many services', async () => {
		for (let index = 0; index < 120; index++) {
			const useInboundWebhookOnNumber = index % 10 !== 0;
			addService({ friendlyName: `Service ${index}`, numbers: [], useInboundWebhookOnNumber });
		}
		addService();
		await expect(trigger.activate()).rejects.toThrow('Front desk');
		// Two pages of services, and the thirteen that do not defer.
		const asked = twilio.account.requests.filter(({ path }) => path.startsWith('/v1/Services'));
		expect(asked.length).toBeLessThanOrEqual(15);
	});

	it('can be listened to with an API key that may not read services', async () => {
		twilio.account.conditions.fail({ path: /Services/, with: { status: 403 } });
		await trigger.activate();
		expect(number().sms_url).toContain(trigger.url);
		expect(trigger.log).toContainEqual(expect.stringContaining('could not check'));
	});
});

describe('listening on a Messaging Service', () => {
	it('receives the texts to its numbers and gives the service back as it was', async () => {
		const service = addService();
		listenOnService(service.sid);
		await trigger.activate();
		expect(service.inbound_request_url).toContain(trigger.url);
		expect(await receive()).toMatchObject({ status: 200 });
		expect(trigger.started).toMatchObject([[{ json: { from: PERSON, to: OUR_NUMBER } }]]);
		await trigger.deactivate();
		expect(service.inbound_request_url || null).toBeNull();
		expect(number().sms_url).toBe(DEMO_URL);
	});

	it('switches off and on again that the service defers to its numbers', async () => {
		const service = addService({ useInboundWebhookOnNumber: true });
		listenOnService(service.sid);
		await trigger.activate();
		expect(service).toMatchObject({ use_inbound_webhook_on_number: false });
		await trigger.deactivate();
		expect(service).toMatchObject({ use_inbound_webhook_on_number: true });
	});

	it('is refused when one of the numbers it defers to is in use, which would lose its texts', async () => {
		const service = addService({ useInboundWebhookOnNumber: true });
		number().sms_url = ELSEWHERE;
		listenOnService(service.sid);
		await expect(trigger.activate()).rejects.toThrow(
			/"Front desk" already go to the webhook of its number \+14155550100/,
		);
	});

	it('is refused when the service is in use, and takes it over when told to', async () => {
		const service = addService({ inboundRequestUrl: ELSEWHERE, inboundMethod: 'GET' });
		listenOnService(service.sid);
		await expect(trigger.activate()).rejects.toThrow(
			/Texts to the Messaging Service "Front desk" already go to https:\/\/crm/,
		);
		listenOnService(service.sid, { onExistingWebhook: 'replace' });
		await trigger.activate();
		expect(service).toMatchObject({ inbound_method: 'POST' });
		await trigger.deactivate();
		expect(service).toMatchObject({ inbound_request_url: ELSEWHERE, inbound_method: 'GET' });
	});

	it('takes a service that was deleted for restored', async () => {
		const service = addService();
		listenOnService(service.sid);
		await trigger.activate();
		twilio.account.resources.removeService(service.sid);
		await trigger.deactivate();
		expect(trigger.stored).toEqual({});
	});

	it('asks for a service that exists', async () => {
		listenOnService('MG00000000000000000000000000000009');
		await expect(trigger.activate()).rejects.toThrow(/no Messaging Service MG0+9.*from the list/);
		listenOnService('');
		await expect(trigger.activate()).rejects.toThrow('No Messaging Service is chosen');
	});

	it('moves from the number to the service without losing what either had', async () => {
		const service = addService({ useInboundWebhookOnNumber: true });
		await trigger.activate();
		listenOnService(service.sid);
		await trigger.activate();
		expect(number().sms_url).toBe(DEMO_URL);
		await trigger.deactivate();
		expect(service).toMatchObject({ use_inbound_webhook_on_number: true });
	});
});

describe('status events', () => {
	const sendThrough = async (service: { sid: string }) => {
		const body = new URLSearchParams({
			To: PERSON,
			Body: 'Ready',
			MessagingServiceSid: service.sid,
		});
		const { accountSid, authToken, baseUrl } = twilio.credential;
		const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
		await fetch(`${baseUrl}/2010-04-01/Accounts/${accountSid}/Messages.json`, {
			method: 'POST',
			headers: { authorization },
			body,
		});
	};
	const statuses = () => trigger.started.map(([{ json }]) => json.status);

	it('come from the status callback of a service, which is given back', async () => {
		const service = addService({ useInboundWebhookOnNumber: true, statusCallback: '' });
		listenOnService(service.sid, { event: 'messageStatus' });
		await trigger.activate();
		await sendThrough(service);
		await waitFor('the delivery', 5_000, async () => statuses().includes('delivered') || undefined);
		expect(trigger.started.at(-1)).toEqual([
			{
				json: {
					messageSid: expect.stringMatching(/^SM/),
					status: 'delivered',
					errorCode: null,
					from: OUR_NUMBER,
					to: PERSON,
					messagingServiceSid: service.sid,
					accountSid: twilio.account.sid,
					receivedAt: expect.stringMatching(/^\d{4}-/),
				},
			},
		]);
		expect(service).toMatchObject({ use_inbound_webhook_on_number: true });
		await trigger.deactivate();
		expect(service.status_callback || null).toBeNull();
	});

	it('are not taken from another receiver', async () => {
		const service = addService({ statusCallback: ELSEWHERE });
		listenOnService(service.sid, { event: 'messageStatus' });
		await expect(trigger.activate()).rejects.toThrow(
			/Status updates of the Messaging Service "Front desk" already go to/,
		);
		expect(service.status_callback).toBe(ELSEWHERE);
	});
});
