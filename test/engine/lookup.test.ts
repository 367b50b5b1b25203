import { runTwilioSms } from '../support/engine/engine';
import type { TwilioAccount } from '../support/twilioAccount';
import { PERSON, startTwilioAccount } from '../support/twilioAccount';

let twilio: TwilioAccount;

beforeEach(async () => {
	twilio = await startTwilioAccount();
});

afterEach(async () => await twilio.simulator.close());

const lookup = (parameters = {}, credential = {}, options = {}) =>
	runTwilioSms(
		{ resource: 'phoneNumber', operation: 'lookup', ...parameters },
		{ ...twilio.credential, ...credential },
		options,
	);

/** What Twilio was asked, without the host. */
const asked = () =>
	twilio.account.requests.map(({ path, query }) => [
		decodeURIComponent(path),
		Object.fromEntries(query),
	]);

it('says that a number is valid, where it belongs and how it is written there', async () => {
	const { items } = await lookup({ phoneNumber: PERSON });
	expect(items).toEqual([
		{
			json: {
				phoneNumber: PERSON,
				valid: true,
				validationErrors: null,
				nationalFormat: '(415) 555-0123',
				countryCode: 'US',
				callingCountryCode: '1',
				lineType: null,
				carrierName: null,
				mobileCountryCode: null,
				mobileNetworkCode: null,
			},
			pairedItem: { item: 0 },
		},
	]);
});

it('asks for nothing that costs money unless it is told to', async () => {
	await lookup({ phoneNumber: PERSON });
	await lookup({ phoneNumber: PERSON, options: { lineType: false } });
	expect(asked()).toEqual([
		[`/v2/PhoneNumbers/${PERSON}`, {}],
		[`/v2/PhoneNumbers/${PERSON}`, {}],
	]);
});

it('finds out the line type and the carrier when told to', async () => {
	const landline = '+442079460123';
	twilio.account.conditions.lineTypes.set(landline, 'landline');
	const { items } = await lookup(
		{ phoneNumber: '={{ $json.number }}', options: { lineType: true } },
		{},
		{ items: [{ number: PERSON }, { number: landline }] },
	);
	expect(asked()).toEqual([
		[`/v2/PhoneNumbers/${PERSON}`, { Fields: 'line_type_intelligence' }],
		[`/v2/PhoneNumbers/${landline}`, { Fields: 'line_type_intelligence' }],
	]);
	const carrierName = 'A carrier on this machine';
	expect(items).toMatchObject([
		{ json: { lineType: 'mobile', carrierName, mobileCountryCode: '310' } },
		{ json: { lineType: 'landline', carrierName, mobileCountryCode: null } },
	]);
});

it("returns Twilio's JSON untouched when not simplified", async () => {
	const { items } = await lookup({ phoneNumber: PERSON, simplify: false });
	expect(items[0].json).toMatchObject({
		phone_number: PERSON,
		national_format: '(415) 555-0123',
		line_type_intelligence: null,
		url: expect.stringContaining('/v2/PhoneNumbers/'),
	});
});

describe('a number', () => {
	it.each([
		'+1 415 555 0123',
		'14155550123',
		'(415) 555-0123',
		'0014155550123',
		'011 1 415 555 0123',
	])('typed as %s is read beside the number of the account', async (phoneNumber) => {
		const { items } = await lookup({ phoneNumber });
		expect(items).toMatchObject([{ json: { phoneNumber: PERSON, valid: true } }]);
	});

	it.each([
		['020 7946 0123', 'GB', '+442079460123'],
		['030 901820', ' de ', '+4930901820'],
		['(415) 555-0123', 'US', PERSON],
		['+44 20 7946 0123', 'DE', '+442079460123'],
		['0044 20 7946 0123', 'DE', '+442079460123'],
	])('typed as %s with country %s is %s', async (phoneNumber, countryCode, expected) => {
		const { items } = await lookup({ phoneNumber, options: { countryCode } });
		expect(items).toMatchObject([{ json: { phoneNumber: expected, valid: true } }]);
	});

	it('may come from an expression as a number', async () => {
		const { items } = await lookup({ phoneNumber: '={{ 14155550123 }}' });
		expect(items).toMatchObject([{ json: { phoneNumber: PERSON } }]);
	});
});

describe('a number that cannot exist', () => {
	it.each([
		['+1415555012345', {}],
		['+1 415', {}],
		['12', {}],
		['0171 123456', {}],
		['Anna', {}],
		['123', { countryCode: 'GB' }],
	])('is no error but not valid, and it is said why: %s %j', async (phoneNumber, options) => {
		const { items, error } = await lookup({ phoneNumber, options });
		expect(error).toBeUndefined();
		expect(items).toMatchObject([
			{ json: { valid: false, validationErrors: [expect.any(String)], nationalFormat: null } },
		]);
	});
});

describe('what cannot be right', () => {
	it.each([
		[{ phoneNumber: '={{ " " }}' }, '"Phone Number" is empty'],
		[{ phoneNumber: '../..' }, '"../.." is not a phone number (field "Phone Number")'],
		[
			{ phoneNumber: '030 901820', options: { countryCode: 'Germany' } },
			'"Germany" is not the code of a country (option "Country Code")',
		],
	])('is said before Twilio is asked: %j', async (parameters, message) => {
		const { error } = await lookup(parameters);
		expect(error?.message).toBe(message);
		expect(error?.description).toBeTruthy();
		expect(twilio.account.requests).toEqual([]);
	});
});

it('says that the credential is wrong, and not that the number is', async () => {
	const { error } = await lookup({ phoneNumber: PERSON }, { authToken: 'wrong' });
	expect(error).toMatchObject({ httpCode: '401' });
});

it('looks up every item and says which result is whose', async () => {
	const { items } = await lookup(
		{ phoneNumber: '={{ $json.number }}' },
		{},
		{ items: [{ number: PERSON }, { number: '+442079460123' }] },
	);
	expect(items.map(({ json, pairedItem }) => [json.phoneNumber, pairedItem])).toEqual([
		[PERSON, { item: 0 }],
		['+442079460123', { item: 1 }],
	]);
});
