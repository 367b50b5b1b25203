import type { IDataObject } from 'n8n-workflow';
import type { TriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { startTriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, startTwilioAccount } from '../support/twilioAccount';

const DEMO_URL = 'https://demo.twilio.com/welcome/sms/reply';
const BEFORE = 'https://crm.example.com/sms';
const APPLICATION = 'AP00000000000000000000000000000001';

let twilio: TriggerOnTwilio;
let trigger: TriggerOnTwilio['trigger'];

beforeEach(async () => {
	twilio = await startTriggerOnTwilio({ onExistingWebhook: 'replace' });
	({ trigger } = twilio);
	number().sms_url = BEFORE;
});

afterEach(async () => await twilio.close());

const number = () => twilio.account.resources.number(OUR_NUMBER)!;

describe('while a test listen has the number,', () => {
	beforeEach(async () => {
		await trigger.activate();
		await trigger.startTestListen();
	});

	it('switching the workflow off puts back what was there before both', async () => {
		await trigger.deactivate();
		await trigger.stopTestListen();
		expect(number().sms_url).toBe(BEFORE);
	});

	it('switching it off does so although n8n forgot the test listen', async () => {
		trigger.forgetTestListen();
		await trigger.deactivate();
		expect(number().sms_url).toBe(BEFORE);
	});

	it('publishing it anew takes the number, and loses nothing', async () => {
		await trigger.deactivate();
		await trigger.activate();
		await trigger.stopTestListen();
		expect(number().sms_url).toContain(trigger.url);
		await trigger.deactivate();
		expect(number().sms_url).toBe(BEFORE);
	});
});

it('a test listen left behind at an address that n8n no longer has is nothing to go back to', async () => {
	await trigger.startTestListen();
	trigger.forgetTestListen();
	trigger.publicUrl = 'https://new.example.com';
	await trigger.activate();
	await trigger.deactivate();
	expect(number().sms_url).toBe(BEFORE);
});

describe('when Twilio fails while the webhook moves to a new address,', () => {
	beforeEach(async () => {
		await trigger.activate();
		trigger.publicUrl = 'https://new.example.com';
	});

	it.each([{ status: 503 }, 'reset-after' as const])(
		'the first URL is put back all the same: %j',
		async (failure) => {
			twilio.account.conditions.fail({ method: 'POST', with: failure, times: Infinity });
			await expect(trigger.activate()).rejects.toThrow();
			await expect(trigger.deactivate()).rejects.toThrow('could not be put back');
			twilio.account.conditions.faults.length = 0;
			await trigger.deactivate();
			expect(number().sms_url).toBe(BEFORE);
		},
	);

	it('the number is still ours at the next attempt', async () => {
		trigger.parameters = {};
		twilio.account.conditions.fail({ method: 'POST', with: { status: 503 }, times: Infinity });
		await expect(trigger.activate()).rejects.toThrow();
		await expect(trigger.deactivate()).rejects.toThrow();
		twilio.account.conditions.faults.length = 0;
		await trigger.activate();
		expect(number().sms_url).toContain(trigger.url);
		await trigger.deactivate();
		expect(number().sms_url).toBe(BEFORE);
	});
});

describe('when somebody put something before this trigger at Twilio, starting again', () => {
	it('takes the number back, and later gives back the application and the first URL', async () => {
		await trigger.activate();
		number().sms_application_sid = APPLICATION;
		await trigger.activate();
		expect(number().sms_application_sid).toBe('');
		await trigger.deactivate();
		expect(number()).toMatchObject({ sms_url: BEFORE, sms_application_sid: APPLICATION });
	});

	it('takes the service back, and later has it defer to its numbers with the first URL', async () => {
		const service = twilio.account.resources.addService({
			friendlyName: 'Front desk',
			inboundRequestUrl: BEFORE,
		});
		trigger.parameters = {
			listenOn: 'messagingService',
			messagingServiceSid: { __rl: true, mode: 'list', value: service.sid },
			onExistingWebhook: 'replace',
		};
		await trigger.activate();
		service.use_inbound_webhook_on_number = true;
		await trigger.activate();
		expect(service.use_inbound_webhook_on_number).toBe(false);
		await trigger.deactivate();
		expect(service).toMatchObject({
			inbound_request_url: BEFORE,
			use_inbound_webhook_on_number: true,
		});
	});
});

it('a number of an account that the credential has left does not keep the trigger off', async () => {
	await trigger.activate();
	const other = await startTwilioAccount();
	trigger.credential = other.credential;
	await expect(trigger.deactivate()).rejects.toThrow('could not be put back');
	await trigger.activate();
	expect(other.account.resources.number(OUR_NUMBER)?.sms_url).toContain(trigger.url);
	expect(trigger.log).toContainEqual(expect.stringContaining(`enter ${BEFORE}`));
	await other.simulator.close();
});

describe('when the credential has another region or base URL of the same account meanwhile,', () => {
	let elsewhere: TwilioAccount;

	beforeEach(async () => {
		const { sid: accountSid, authToken } = twilio.account;
		elsewhere = await startTwilioAccount({ accountSid, authToken });
	});

	afterEach(async () => await elsewhere.simulator.close());

	const moveTo = ({ credential }: Pick<TwilioAccount, 'credential'>) => {
		trigger.credential = credential;
	};

	it.each([
		['has another number', () => {}],
		['has no number', () => elsewhere.account.resources.numbers.splice(0)],
		['knows the number but not its webhook', () => sameSid()],
	])('switching off says what remains to be done where that %s', async (_, prepare) => {
		await trigger.activate();
		prepare();
		moveTo(elsewhere);
		const asked = twilio.account.requests.length;
		await expect(trigger.deactivate()).rejects.toThrow(
			`could not be put back: ${OUR_NUMBER} was set up at ${twilio.simulator.url}, but the credential has another region or base URL now. It still points to this workflow, which no longer listens. In the Twilio Console open Phone Numbers > ${OUR_NUMBER}, go to "A message comes in" and enter ${BEFORE}.`,
		);
		expect(twilio.account.requests).toHaveLength(asked);
		moveTo(twilio);
		await trigger.deactivate();
		expect(number().sms_url).toBe(BEFORE);
	});

	it.each([
		['another number', () => {}],
		['the same number', () => sameSid()],
	])('starting again listens there to %s, and logs what remains to be done', async (_, prepare) => {
		await trigger.activate();
		prepare();
		moveTo(elsewhere);
		await trigger.activate();
		expect(elsewhere.account.resources.number(OUR_NUMBER)?.sms_url).toContain(trigger.url);
		expect(trigger.log).toContainEqual(expect.stringContaining(`enter ${BEFORE}`));
		await trigger.deactivate();
		expect(elsewhere.account.resources.number(OUR_NUMBER)?.sms_url).toBe(DEMO_URL);
	});

	it('a number that is the same under both is put back', async () => {
		await trigger.activate();
		const baseUrl = twilio.simulator.url.replace('127.0.0.1', 'localhost');
		moveTo({ credential: { ...twilio.credential, baseUrl } });
		await trigger.deactivate();
		expect(number().sms_url).toBe(BEFORE);
		expect(trigger.stored).toEqual({});
	});

	it('a user and password in the base URL are neither stored nor logged', async () => {
		const baseUrl = twilio.simulator.url.replace('//', '//user:s3cret@');
		moveTo({ credential: { ...twilio.credential, baseUrl } });
		await trigger.activate();
		expect(JSON.stringify(trigger.stored)).not.toContain('s3cret');
	});

	it('what a version stored that did not note where is taken for set at the same', async () => {
		await trigger.activate();
		delete (trigger.stored.registration as IDataObject).apiOrigin;
		moveTo(elsewhere);
		await trigger.deactivate();
		expect(trigger.stored).toEqual({});
	});

	function sameSid() {
		elsewhere.account.resources.number(OUR_NUMBER)!.sid = number().sid;
	}
});

it('status updates are not sought at a number, left from when the trigger was for messages', async () => {
	trigger.parameters = { ...trigger.parameters, event: 'messageStatus', listenOn: 'credential' };
	await expect(trigger.activate()).rejects.toThrow(/no status updates.*"Messaging Service"/);
	expect(number().sms_url).toBe(BEFORE);
});
