import { closeAll, startTwilio } from './fixture';
import { twilioClient } from './twilioClient';

afterEach(closeAll);

async function startLookups() {
	const simulator = await startTwilio();
	const { lookups } = twilioClient(simulator);
	return {
		...simulator,
		lookUp: (number: string, options: { fields?: string; countryCode?: string } = {}) =>
			lookups.v2.phoneNumbers(number).fetch(options),
	};
}

describe('looking a number up', () => {
	it('tells how it is written at home and abroad', async () => {
		const { lookUp, url } = await startLookups();
		expect(await lookUp('+14159929960')).toMatchObject({
			callingCountryCode: '1',
			countryCode: 'US',
			phoneNumber: '+14159929960',
			nationalFormat: '(415) 992-9960',
			valid: true,
			validationErrors: null,
			lineTypeIntelligence: null,
			url: `${url}/v2/PhoneNumbers/+14159929960`,
		});
	});

	it.each([
		['(415) 992-9960', undefined, '+14159929960'],
		['020 7946 0123', 'GB', '+442079460123'],
	])('reads %s as of %s', async (number, countryCode, expected) => {
		const { lookUp } = await startLookups();
		expect((await lookUp(number, { countryCode })).phoneNumber).toBe(expected);
	});

	it.each([
		['+141599299600', 'TOO_LONG'],
		['+1415', 'TOO_SHORT'],
		['+99912345', 'INVALID_COUNTRY_CODE'],
		['nobody', 'NOT_A_NUMBER'],
		['+11111111111', 'INVALID_BUT_POSSIBLE'],
	])('answers 200 for %s, which is %s', async (number, validationError) => {
		const { lookUp } = await startLookups();
		expect(await lookUp(number)).toMatchObject({
			valid: false,
			phoneNumber: number,
			nationalFormat: null,
			countryCode: null,
			validationErrors: [validationError],
		});
	});

	it('tells the type of the line if asked', async () => {
		const { lookUp, account } = await startLookups();
		account.conditions.lineTypes.set('+442079460123', 'landline');
		const fields = 'line_type_intelligence';
		const mobile = await lookUp('+14159929960', { fields });
		expect(mobile.lineTypeIntelligence).toMatchObject({ type: 'mobile' });
		const landline = await lookUp('+442079460123', { fields });
		expect(landline.lineTypeIntelligence).toMatchObject({ type: 'landline' });
		expect((await lookUp('nobody', { fields })).lineTypeIntelligence).toBeNull();
	});

	it('refuses a field and a country that do not exist', async () => {
		const { lookUp } = await startLookups();
		for (const options of [{ fields: 'shoe_size' }, { countryCode: 'XX' }]) {
			await expect(lookUp('+14159929960', options)).rejects.toMatchObject({ status: 400 });
		}
	});
});
