import type { NewFault } from '../simulator/fault';
import type { TriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { EngineTrigger } from '../support/engine/engineTrigger';
import { FAILURES, PUBLISHING, UNREACHABLE } from '../support/engine/failures';
import { startTriggerOnTwilio } from '../support/engine/triggerOnTwilio';
import { OUR_NUMBER } from '../support/twilioAccount';
import { withUntrustedServer } from '../support/untrustedServer';

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

const FAULTS: Array<Pick<NewFault, 'method' | 'path'>> = [
	{ method: 'GET', path: /IncomingPhoneNumbers\.json/ },
	{ method: 'GET', path: /Services/ },
	{ method: 'POST', path: /IncomingPhoneNumbers\/PN/ },
];
const CALLS = PUBLISHING.map((call, index) => [call, FAULTS[index]] as const);

// An API key that may not read Messaging Services may still set a number's webhook.
const isRefusal = ([name]: (typeof FAILURES)[number]) => /status 4|password/.test(name);
const REFUSALS = FAILURES.filter(isRefusal);
const OTHERS = [
	...FAILURES.filter((failure) => !isRefusal(failure)),
	['too many requests', { status: 429, retryAfter: '3600' }] as const,
];

describe.each(CALLS.filter(([call]) => !call.includes('Services')))(
	'when Twilio, while %s,',
	(_, fault) => {
		it.each(REFUSALS)(
			'answers with %s, the number is left as it was',
			async (_failure, failure) => {
				twilio.account.conditions.fail({ ...fault, with: failure, times: Infinity });
				await expect(trigger.activate()).rejects.toThrow();
				twilio.account.conditions.faults.length = 0;
				await trigger.deactivate();
				expect(number().sms_url).toBe(BEFORE);
				expect(trigger.stored).toEqual({});
			},
		);
	},
);

describe.each(CALLS)('when Twilio, while %s,', (_, fault) => {
	it.each(OTHERS)('answers with %s, the number is left as it was', async (_failure, failure) => {
		twilio.account.conditions.fail({ ...fault, with: failure, times: Infinity });
		await expect(trigger.activate()).rejects.toThrow();
		twilio.account.conditions.faults.length = 0;
		// n8n cleans up after each failed attempt.
		await trigger.deactivate();
		expect(number().sms_url).toBe(BEFORE);
		expect(trigger.stored).toEqual({});
	});

	it.each(OTHERS)(
		'answers with %s, the next attempt succeeds and nothing is lost',
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

it.each([...OTHERS, ...REFUSALS])(
	'when Twilio answers with %s while the number is put back, it can be tried again',
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

/** What publishing says when Twilio is looked for there. */
async function publishAt(baseUrl: string): Promise<string | undefined> {
	const credential = { ...twilio.credential, baseUrl };
	const other = await new EngineTrigger({ credential, parameters: {} }).listen();
	const error = await other.activate().then(
		() => undefined,
		(thrown: Error & { description?: string }) => `${thrown.message} ${thrown.description}`,
	);
	await other.close();
	expect(number().sms_url).toBe(BEFORE);
	return error;
}

it.each(UNREACHABLE)('when %s, publishing says so', async (_, baseUrl, reason) => {
	const error = await publishAt(baseUrl);
	expect(error).toMatch(/could not be reached, so nothing was changed or sent/);
	expect(error).toMatch(reason);
});

it('as the certificate is not valid, publishing says so', async () => {
	await withUntrustedServer(async (url) => {
		const error = await publishAt(url);
		expect(error).toMatch(/could not be reached, so nothing was changed or sent/);
		expect(error).toMatch(/no valid certificate.*NODE_EXTRA_CA_CERTS/s);
	});
});

it('when Twilio is slow, publishing and unpublishing take their time and succeed', async () => {
	twilio.account.conditions.requestDelay = 1_000;
	await trigger.activate();
	expect(number().sms_url).toContain(trigger.url);
	await trigger.deactivate();
	expect(number().sms_url).toBe(BEFORE);
}, 60_000);

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
