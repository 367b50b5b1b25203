import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { TriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { startTriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { OUR_NUMBER } from '../support/twilioAccount';

const DEMO_URL = 'https://demo.twilio.com/welcome/sms/reply';
const ELSEWHERE = 'https://crm.example.com/sms';
const APPLICATION = 'AP00000000000000000000000000000001';
const OTHER_NUMBER = '+14155550111';

let twilio: TriggerOnTwilio;
let trigger: TriggerOnTwilio['trigger'];

beforeEach(async () => {
	twilio = await startTriggerOnTwilio();
	({ trigger } = twilio);
});

afterEach(async () => await twilio.close());

const number = (phoneNumber = OUR_NUMBER) => twilio.account.resources.number(phoneNumber)!;
const webhook = (phoneNumber?: string) => number(phoneNumber).sms_url.replace(/#.*/, '');
const writes = () => twilio.account.requests.filter(({ method }) => method === 'POST');
const registration = () => trigger.stored.registration as IDataObject;

const listenTo = (phoneNumber: string, more: INodeParameters = {}) => {
	trigger.parameters = { listenOn: 'number', phoneNumber, ...more };
};

const listenOnService = (sid: string, more: INodeParameters = {}) => {
	trigger.parameters = { listenOn: 'messagingService', messagingServiceSid: sid, ...more };
};

describe('an address that is entered at Twilio by hand', () => {
	beforeEach(() => {
		trigger.parameters = { listenOn: 'manual' };
	});

	it('is noted, and nothing is asked of Twilio', async () => {
		await trigger.activate();
		expect(registration()).toMatchObject({ kind: 'manual', webhookUrl: trigger.url });
		await trigger.deactivate();
		expect(trigger.stored).toEqual({});
		expect(trigger.log).toEqual([]);
		expect(twilio.account.requests).toEqual([]);
	});

	it('is found in place when n8n starts again', async () => {
		await trigger.activate();
		registration().found = true;
		await trigger.activate();
		expect(registration()).toHaveProperty('found');
	});

	it('is noted anew when n8n has another', async () => {
		await trigger.activate();
		trigger.publicUrl = 'https://new.example.com';
		await trigger.activate();
		expect(registration().webhookUrl).toBe(trigger.url);
	});

	it('takes the place of a number, which is given back', async () => {
		trigger.parameters = {};
		await trigger.activate();
		trigger.parameters = { listenOn: 'manual' };
		await trigger.activate();
		expect(number().sms_url).toBe(DEMO_URL);
		expect(registration().kind).toBe('manual');
	});

	it('gives its place to a number', async () => {
		await trigger.activate();
		trigger.parameters = {};
		await trigger.activate();
		expect(webhook()).toBe(trigger.url);
		expect(registration().kind).toBe('phoneNumber');
	});
});

describe('what is to be listened to', () => {
	it.each([
		['12345', 'the short code 12345', 'Phone Numbers > Short Codes'],
		['123', 'the short code 123', 'Phone Numbers > Short Codes'],
		[`whatsapp:${OUR_NUMBER}`, `whatsapp:${OUR_NUMBER}`, 'Messaging > Senders'],
	])('is refused where Twilio keeps its webhook elsewhere: %s', async (typed, named, page) => {
		listenTo(typed);
		await expect(trigger.activate()).rejects.toThrow(
			`The trigger cannot set the webhook of ${named}. Set "Listen On" to "Set Up by Hand", and enter the address in the Twilio Console > ${page}. Or listen on a Messaging Service that it is in.`,
		);
		expect(twilio.account.requests).toEqual([]);
	});

	it('may be a number without its +, in the country of the own one', async () => {
		twilio.account.resources.addNumber({ phoneNumber: OTHER_NUMBER });
		listenTo('14155550111');
		await trigger.activate();
		expect(webhook(OTHER_NUMBER)).toBe(trigger.url);
	});

	it.each<[string, INodeParameters]>([
		['"Phone Number" is empty', { listenOn: 'number', phoneNumber: '' }],
		[
			'"Anna" is not a phone number (field "Phone Number")',
			{ listenOn: 'number', phoneNumber: 'Anna' },
		],
		['"Phone Number" is a list', { listenOn: 'number', phoneNumber: '={{ ["a"] }}' }],
		[
			'"Messaging Service" is a list',
			{ listenOn: 'messagingService', messagingServiceSid: '={{ ["a"] }}' },
		],
		['No Messaging Service is chosen', { listenOn: 'messagingService', messagingServiceSid: '' }],
	])('is asked for by the name of its field: %s', async (message, parameters) => {
		trigger.parameters = parameters;
		await expect(trigger.activate()).rejects.toThrow(message);
	});

	it.each(['', '  ', undefined])('is nothing without an Auth Token: %j', async (authToken) => {
		trigger.credential = { ...twilio.apiKeyCredential, authToken: authToken as string };
		await expect(trigger.activate()).rejects.toThrow(/no Auth Token/);
		expect(writes()).toEqual([]);
	});
});

describe('a Messaging Service', () => {
	it('is found in place when n8n starts again, and no other is asked', async () => {
		const { resources } = twilio.account;
		const service = resources.addService({ friendlyName: 'Front desk', numbers: [OUR_NUMBER] });
		resources.addService({ friendlyName: 'Back office' });
		listenOnService(service.sid);
		await trigger.activate();
		await trigger.activate();
		expect(writes()).toHaveLength(1);
		expect(twilio.account.requests.map(({ path }) => path).join()).not.toMatch(/PhoneNumbers/);
	});

	it('that defers to numbers of which it has none is free without asking for any', async () => {
		const service = twilio.account.resources.addService({ friendlyName: 'Front desk' });
		service.use_inbound_webhook_on_number = true;
		listenOnService(service.sid);
		await trigger.activate();
		expect(service.inbound_request_url).toContain(trigger.url);
		expect(twilio.account.requests.map(({ path }) => path).join()).not.toMatch(/Incoming/);
	});

	it('is given back when its status updates are listened to instead', async () => {
		const service = twilio.account.resources.addService({ friendlyName: 'Front desk' });
		service.inbound_request_url = '';
		listenOnService(service.sid);
		await trigger.activate();
		listenOnService(service.sid, { event: 'messageStatus' });
		await trigger.activate();
		expect(service.inbound_request_url ?? '').toBe('');
		expect(service.status_callback).toContain(trigger.url);
	});

	it('is not taken for absent when the list of services never ends', async () => {
		const meta = { next_page_url: 'https://messaging.twilio.com/v1/Services?Page=1' };
		const body = { services: [], meta };
		twilio.account.conditions.fail({ path: /Services/, with: { status: 200, body }, times: 9 });
		await expect(trigger.activate()).rejects.toThrow(/does not end/);
		expect(number().sms_url).toBe(DEMO_URL);
	});
});

describe('setting the webhook', () => {
	it('asks for no other attempts than one where the user wants none', async () => {
		trigger.parameters = { options: { retryDelivery: false } };
		await trigger.activate();
		expect(number().sms_url).toMatch(`${trigger.url}#n8nPrevious=`);
	});

	it('is not tried otherwise when Twilio refuses it for another reason than its length', async () => {
		twilio.account.conditions.fail({ method: 'POST', with: { status: 409 } });
		await expect(trigger.activate()).rejects.toThrow();
		expect(number().sms_url).toBe(DEMO_URL);
		expect(trigger.stored).toEqual({});
	});

	it('may have succeeded where its answer was lost', async () => {
		twilio.account.conditions.fail({ method: 'POST', with: { status: 503 } });
		await expect(trigger.activate()).rejects.toThrow(/Twilio has a problem at the moment/);
		expect(registration()).toMatchObject({ webhookUrl: trigger.url, attemptedUrl: trigger.url });
	});

	it('goes by how Twilio then writes the address, over which it signs', async () => {
		const asTwilioHasIt = trigger.url.replace('https://n8n', 'https://N8N');
		const body = { ...number(), sms_url: `${asTwilioHasIt}#rc=3` };
		twilio.account.conditions.fail({ method: 'POST', with: { status: 200, body } });
		await trigger.activate();
		expect(registration().webhookUrl).toBe(asTwilioHasIt);
	});
});

describe('when n8n starts again', () => {
	it('says what is wrong with the credential', async () => {
		await trigger.activate();
		trigger.credential = { ...twilio.credential, authToken: 'wrong' };
		await expect(trigger.activate()).rejects.toThrow('did not accept this credential');
	});

	it('a number that somebody freed is taken, and not given back before', async () => {
		await trigger.activate();
		number().sms_url = '';
		await trigger.activate();
		expect(webhook()).toBe(trigger.url);
		expect(trigger.log).toEqual([]);
	});

	it('a number that is the same by another base URL is kept all along', async () => {
		await trigger.activate();
		const baseUrl = twilio.simulator.url.replace('127.0.0.1', 'localhost');
		trigger.credential = { ...twilio.credential, baseUrl };
		trigger.publicUrl = 'https://new.example.com';
		await trigger.activate();
		expect(webhook()).toBe(trigger.url);
		expect(writes()).toHaveLength(2);
		await trigger.deactivate();
		expect(number().sms_url).toBe(DEMO_URL);
	});

	it('another number is not listened to as long as the one before cannot be given back', async () => {
		twilio.account.resources.addNumber({ phoneNumber: OTHER_NUMBER });
		await trigger.activate();
		const path = new RegExp(number().sid);
		twilio.account.conditions.fail({ method: 'POST', path, with: { status: 503 }, times: 9 });
		listenTo(OTHER_NUMBER);
		await expect(trigger.activate()).rejects.toThrow(/could not be put back/);
		expect(registration().name).toBe(OUR_NUMBER);
		expect(number(OTHER_NUMBER).sms_url).toBe(DEMO_URL);
	});

	it('another number is listened to though one of another account cannot be given back', async () => {
		twilio.account.resources.addNumber({ phoneNumber: OTHER_NUMBER });
		await trigger.activate();
		registration().accountSid = 'ACffffffffffffffffffffffffffffffff';
		listenTo(OTHER_NUMBER);
		await trigger.activate();
		expect(webhook(OTHER_NUMBER)).toBe(trigger.url);
		expect(trigger.log.join()).toMatch(/could not be put back.*enter https:\/\/demo\.twilio\.com/);
	});
});

describe('switching the workflow off', () => {
	it('asks for nothing more once the number is put back', async () => {
		await trigger.activate();
		await trigger.deactivate();
		expect(twilio.account.requests.at(-1)).toMatchObject({ method: 'POST' });
	});

	it('says that the credential is for another account', async () => {
		await trigger.activate();
		registration().accountSid = 'ACffffffffffffffffffffffffffffffff';
		await expect(trigger.deactivate()).rejects.toThrow(
			`could not be put back: ${OUR_NUMBER} belongs to account ACffffffffffffffffffffffffffffffff, but the credential is for another one now`,
		);
		expect(webhook()).toBe(trigger.url);
	});

	it('logs that the number is gone', async () => {
		await trigger.activate();
		twilio.account.resources.removeNumber(number().sid);
		await trigger.deactivate();
		expect(trigger.log).toEqual([
			`Twilio SMS Trigger: ${OUR_NUMBER} is gone, so there is nothing to restore`,
		]);
	});

	it('that was never registered fails at nothing, and says why in the debug log', async () => {
		trigger.credential = { ...twilio.credential, authToken: 'wrong' };
		await trigger.deactivate();
		expect(trigger.log).toEqual([
			expect.stringMatching(/nothing was put back: .*did not accept this credential/),
		]);
	});
});

describe('what n8n has lost is put back only where it is surely ours:', () => {
	beforeEach(async () => {
		number().sms_url = ELSEWHERE;
		trigger.parameters = { onExistingWebhook: 'replace' };
		await trigger.activate();
		delete trigger.stored.registration;
	});

	it.each<[string, () => void]>([
		[
			'not where an application was put before us',
			() => (number().sms_application_sid = APPLICATION),
		],
		['not where the number remembers nothing', () => (number().sms_url = trigger.url)],
		[
			"not another workflow's, though that remembers",
			() => (number().sms_url = number().sms_url.replace('6f1c2f0e', '11111111')),
		],
	])('%s', async (_, change) => {
		change();
		const before = number().sms_url;
		await trigger.deactivate();
		expect(number().sms_url).toBe(before);
		expect(trigger.log).toEqual([]);
	});
});
