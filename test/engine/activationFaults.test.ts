import type { NewFault } from '../simulator/fault';
import type { TriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { startTriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { OUR_NUMBER } from '../support/twilioAccount';

const BEFORE = 'https://crm.example.com/sms';

let twilio: TriggerOnTwilio;
let trigger: TriggerOnTwilio['trigger'];

beforeEach(async () => {
	twilio = await startTriggerOnTwilio({ onExistingWebhook: 'replace' });
	({ trigger } = twilio);
	number().sms_url = BEFORE;
});

afterEach(async () => await twilio.close());

const number = () => twilio.account.resources.number(OUR_NUMBER)!;

const CALLS: Array<[call: string, fault: Pick<NewFault, 'method' | 'path'>]> = [
	['finding the number', { method: 'GET', path: /IncomingPhoneNumbers\.json/ }],
	['asking the Messaging Services', { method: 'GET', path: /Services/ }],
	['setting the webhook', { method: 'POST', path: /IncomingPhoneNumbers\/PN/ }],
];

const FAILURES: Array<[failure: string, with_: NewFault['with']]> = [
	['fails', { status: 500 }],
	['is unavailable', { status: 503, body: '<html>Bad gateway</html>' }],
	['is a captive portal', { status: 200, body: '<html>Welcome</html>' }],
	['is somebody else', { status: 200, body: { ok: true } }],
	['says nothing', { status: 200, body: '' }],
	['sends elsewhere', { redirect: 'http://127.0.0.1:9/' }],
	['cuts the connection', 'reset-before'],
	['does its part and loses the answer', 'reset-after'],
];

// An API key that may not read Messaging Services may still set a number's webhook.
const REFUSALS: Array<[failure: string, with_: NewFault['with']]> = [401, 403, 404, 409].map(
	(status) => [`answers ${status}`, { status }],
);

describe.each(CALLS.filter(([call]) => !call.includes('Services')))(
	'when Twilio, while %s,',
	(_, fault) => {
		it.each(REFUSALS)('%s, the number is left as it was', async (_failure, failure) => {
			twilio.account.conditions.fail({ ...fault, with: failure, times: Infinity });
			await expect(trigger.activate()).rejects.toThrow();
			twilio.account.conditions.faults.length = 0;
			await trigger.deactivate();
			expect(number().sms_url).toBe(BEFORE);
			expect(trigger.stored).toEqual({});
		});
	},
);

describe.each(CALLS)('when Twilio, while %s,', (_, fault) => {
	it.each(FAILURES)('%s, the number is left as it was', async (_failure, failure) => {
		twilio.account.conditions.fail({ ...fault, with: failure, times: Infinity });
		await expect(trigger.activate()).rejects.toThrow();
		twilio.account.conditions.faults.length = 0;
		// n8n cleans up after each failed attempt.
		await trigger.deactivate();
		expect(number().sms_url).toBe(BEFORE);
		expect(trigger.stored).toEqual({});
	});

	it.each(FAILURES)(
		'%s, the next attempt succeeds and nothing is lost',
		async (_failure, failure) => {
			twilio.account.conditions.fail({ ...fault, with: failure, times: Infinity });
			await expect(trigger.activate()).rejects.toThrow();
			await trigger.deactivate().catch(() => undefined);
			twilio.account.conditions.faults.length = 0;
			await trigger.activate();
			expect(number().sms_url).toContain(trigger.url);
			await trigger.deactivate();
			expect(number().sms_url).toBe(BEFORE);
		},
	);
});

it.each(FAILURES)(
	'when Twilio %s while the number is put back, it can be tried again',
	async (_failure, failure) => {
		await trigger.activate();
		twilio.account.conditions.fail({ method: 'POST', with: failure, times: Infinity });
		await expect(trigger.deactivate()).rejects.toThrow(
			/could not be put back.*enter https:\/\/crm\.example\.com\/sms/,
		);
		twilio.account.conditions.faults.length = 0;
		await trigger.deactivate();
		expect(number().sms_url).toBe(BEFORE);
		expect(trigger.stored).toEqual({});
	},
);

it('recovers the number from a test listen that ended with n8n itself', async () => {
	await trigger.startTestListen();
	expect(number().sms_url).toContain('/webhook-test/');
	trigger.forgetTestListen();
	await trigger.activate();
	expect(number().sms_url).toContain(trigger.url);
	await trigger.deactivate();
	expect(number().sms_url).toBe(BEFORE);
});

it('recovers the number from such a test listen with the next one', async () => {
	await trigger.startTestListen();
	trigger.forgetTestListen();
	await trigger.startTestListen();
	await trigger.stopTestListen();
	expect(number().sms_url).toBe(BEFORE);
});
