import { runTwilioSms } from '../support/engine/engine';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, startTwilioAccount } from '../support/twilioAccount';

let twilio: TwilioAccount;

beforeEach(async () => {
	twilio = await startTwilioAccount();
});

afterEach(async () => await twilio.simulator.close());

const get = (parameters = {}) =>
	runTwilioSms({ resource: 'phoneNumber', operation: 'get', ...parameters }, twilio.credential);

const list = (parameters = {}) =>
	runTwilioSms({ resource: 'phoneNumber', operation: 'getAll', ...parameters }, twilio.credential);

describe('get', () => {
	it("returns the credential's number, its abilities and where its texts go", async () => {
		const { items } = await get();
		expect(items).toEqual([
			{
				json: {
					phoneNumberSid: twilio.account.resources.number(OUR_NUMBER)!.sid,
					phoneNumber: OUR_NUMBER,
					friendlyName: 'The shop',
					capabilities: { voice: true, sms: true, mms: true, fax: false },
					smsUrl: 'https://demo.twilio.com/welcome/sms/reply',
					smsMethod: 'POST',
					smsFallbackUrl: null,
					smsApplicationSid: null,
					dateCreated: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('returns the number that is exactly the one asked for, not the first that contains it', async () => {
		twilio.account.resources.addNumber({ phoneNumber: `${OUR_NUMBER}9` });
		twilio.account.resources.numbers.reverse();
		const { items } = await get();
		expect(items).toMatchObject([{ json: { phoneNumber: OUR_NUMBER } }]);
	});

	it('returns another number of the account', async () => {
		twilio.account.resources.addNumber({ phoneNumber: '+14155550111', friendlyName: 'The office' });
		const { items } = await get({
			phoneNumber: { __rl: true, mode: 'list', value: '+14155550111' },
		});
		expect(items).toMatchObject([{ json: { friendlyName: 'The office' } }]);
	});

	it("returns Twilio's JSON untouched when not simplified", async () => {
		const { items } = await get({ simplify: false });
		expect(items[0].json).toEqual({ ...twilio.account.resources.number(OUR_NUMBER) });
	});

	it('says that the account does not own a number', async () => {
		const { error } = await get({ phoneNumber: '+14155550199' });
		expect(error?.message).toBe('+14155550199 is not a number of this Twilio account');
	});
});

describe('getAll', () => {
	const found = async (parameters = {}) => {
		const { items, error } = await list(parameters);
		expect(error).toBeUndefined();
		return items.map(({ json }) => json.phoneNumber);
	};
	const pageSizes = () =>
		twilio.account.requests.map(({ query }) => new URLSearchParams(query).get('PageSize'));

	it('returns the numbers as get does', async () => {
		const [one] = (await get()).items;
		expect((await list()).items).toEqual([one]);
	});

	it("returns Twilio's JSON untouched when not simplified", async () => {
		const { items } = await list({ simplify: false });
		expect(items).toEqual([
			{ json: { ...twilio.account.resources.number(OUR_NUMBER) }, pairedItem: { item: 0 } },
		]);
	});

	it('returns 50 unless told otherwise, and asks for no more', async () => {
		for (let number = 100; number < 160; number++) {
			twilio.account.resources.addNumber({ phoneNumber: `+44207946${number}` });
		}
		expect(await found()).toHaveLength(50);
		expect(await found({ limit: 3 })).toHaveLength(3);
		expect(pageSizes()).toEqual(['50', '3']);
	});

	it('returns all of them from as many pages as there are', async () => {
		for (let number = 1000; number < 2500; number++) {
			twilio.account.resources.addNumber({ phoneNumber: `+44207946${number}` });
		}
		expect(await found({ returnAll: true })).toEqual(
			twilio.account.resources.numbers.map((number) => number.phone_number),
		);
		expect(pageSizes()).toEqual(['1000', '1000']);
	});

	describe('filters', () => {
		beforeEach(() => {
			twilio.account.resources.addNumber({ phoneNumber: '+442079460123', friendlyName: 'London' });
			twilio.account.resources.addNumber({
				phoneNumber: '+442079460456',
				friendlyName: 'London fax',
				capabilities: { sms: false },
			});
		});

		it.each([
			['+44', ['+442079460123', '+442079460456']],
			['(415) 555', [OUR_NUMBER]],
			['20 7946 0123', ['+442079460123']],
			['+44 20 7946 0*56', ['+442079460456']],
			['999', []],
			['', [OUR_NUMBER, '+442079460123', '+442079460456']],
		])('find the numbers that contain "%s"', async (phoneNumber, expected) => {
			expect(await found({ filters: { phoneNumber } })).toEqual(expected);
		});

		it('find the numbers with a name', async () => {
			expect(await found({ filters: { friendlyName: ' London ' } })).toEqual(['+442079460123']);
		});

		it('leave out what cannot send texts, and then fill the limit with what can', async () => {
			twilio.account.resources.numbers.reverse();
			expect(await found({ limit: 2, filters: { onlySmsCapable: true } })).toEqual([
				'+442079460123',
				OUR_NUMBER,
			]);
			expect(await found({ filters: { onlySmsCapable: false } })).toHaveLength(3);
		});

		it('say so when they hold no digit, and do not find everything', async () => {
			const { error } = await list({ filters: { phoneNumber: 'London' } });
			expect(error?.message).toBe('"London" is not part of a phone number (filter "Phone Number")');
			expect(twilio.account.requests).toEqual([]);
		});
	});
});
