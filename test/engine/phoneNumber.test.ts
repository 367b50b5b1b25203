import { runTwilioSms } from '../support/engine';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, startTwilioAccount } from '../support/twilioAccount';

let twilio: TwilioAccount;

beforeEach(async () => {
	twilio = await startTwilioAccount();
});

afterEach(async () => await twilio.simulator.close());

const get = (parameters = {}) =>
	runTwilioSms({ resource: 'phoneNumber', operation: 'get', ...parameters }, twilio.credential);

it("returns the credential's number, its abilities and where its texts go", async () => {
	const { items } = await get();
	expect(items).toEqual([
		{
			json: {
				phoneNumberSid: twilio.account.number(OUR_NUMBER)!.sid,
				phoneNumber: OUR_NUMBER,
				friendlyName: 'The shop',
				capabilities: { voice: true, sms: true, mms: true, fax: false },
				smsUrl: 'https://demo.twilio.com/welcome/sms/reply',
				smsMethod: 'POST',
				smsFallbackUrl: null,
				smsFallbackMethod: 'POST',
				smsApplicationSid: null,
				accountSid: twilio.account.sid,
				dateCreated: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
				dateUpdated: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			},
			pairedItem: { item: 0 },
		},
	]);
});

it('returns the number that is exactly the one asked for, not the first that contains it', async () => {
	twilio.account.addNumber({ phoneNumber: `${OUR_NUMBER}9` });
	twilio.account.numbers.reverse();
	const { items } = await get();
	expect(items).toMatchObject([{ json: { phoneNumber: OUR_NUMBER } }]);
});

it('returns another number of the account', async () => {
	twilio.account.addNumber({ phoneNumber: '+14155550111', friendlyName: 'The office' });
	const { items } = await get({ phoneNumber: { __rl: true, mode: 'list', value: '+14155550111' } });
	expect(items).toMatchObject([{ json: { friendlyName: 'The office' } }]);
});

it("returns Twilio's JSON untouched when not simplified", async () => {
	const { items } = await get({ simplify: false });
	expect(items[0].json).toEqual({ ...twilio.account.number(OUR_NUMBER) });
});

it('says that the account does not own a number', async () => {
	const { error } = await get({ phoneNumber: '+14155550199' });
	expect(error?.message).toBe('+14155550199 is not a number of this Twilio account');
});
