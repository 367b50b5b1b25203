import { runTwilioSms } from '../support/engine/engine';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, startTwilioAccount } from '../support/twilioAccount';

let twilio: TwilioAccount;

beforeEach(async () => {
	twilio = await startTwilioAccount();
});

afterEach(async () => await twilio.simulator.close());

const read = () => runTwilioSms({ resource: 'phoneNumber', operation: 'get' }, twilio.credential);

describe('a read', () => {
	it.each([
		['Twilio fails', { status: 500 }],
		['Twilio is unavailable', { status: 503 }],
		['something in front of Twilio fails', { html: true }],
		['the connection breaks', 'reset-before'],
		['the answer is lost', 'reset-after'],
		['there are too many requests', { status: 429, retryAfter: '0' }],
	] as const)('is made again when %s', async (_, failure) => {
		twilio.account.conditions.fail({ with: failure });
		const { items, error } = await read();
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ json: { phoneNumber: OUR_NUMBER } }]);
	});

	it('is made three times in all, then the error says what is wrong', async () => {
		twilio.account.conditions.fail({ with: { status: 503 }, times: Infinity });
		const { error } = await read();
		expect(error?.message).toBe('Twilio has a problem at the moment');
		expect(error?.description).toMatch(/Try again later.*"Service Unavailable".*20503/);
		expect(twilio.account.requests).toHaveLength(3);
	}, 20_000);

	it.each([400, 401, 403, 404])('is not made again when Twilio says %d', async (status) => {
		twilio.account.conditions.fail({ with: { status } });
		const { error } = await read();
		expect(error?.description).toBeTruthy();
		expect(twilio.account.requests).toHaveLength(1);
	});
});
