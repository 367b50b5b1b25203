import fc from 'fast-check';

import type {
	ApiLocation,
	TwilioProduct,
	TwilioRegion,
} from '../../../nodes/TwilioSms/twilio/credential';
import { TwilioSmsApi } from '../../../credentials/TwilioSmsApi.credentials';
import {
	apiOrigin,
	CREDENTIAL_NAME,
	credentialProblem,
	isApiUrl,
} from '../../../nodes/TwilioSms/twilio/credential';

it('the nodes ask for the credential by its name', () => {
	expect(CREDENTIAL_NAME).toBe(new TwilioSmsApi().name);
});

describe('a credential', () => {
	const ACCOUNT = `AC${'a'.repeat(32)}`;
	const KEY = `SK${'a'.repeat(32)}`;
	const problem = (
		accountSid: string,
		apiKeySid = '',
		authType: 'apiKey' | 'authToken' = 'apiKey',
		region = 'us1',
	) => credentialProblem({ accountSid, apiKeySid, authType, region: region as TwilioRegion });

	it.each([
		[ACCOUNT, KEY, 'apiKey'],
		[` ${ACCOUNT.toLowerCase()} `, ` ${KEY.toLowerCase()} `, 'apiKey'],
		[ACCOUNT, '', 'authToken'],
		[ACCOUNT, ACCOUNT, 'authToken'],
	] as const)('may be right: %j, %j, %s', (accountSid, apiKeySid, authType) => {
		expect(problem(accountSid, apiKeySid, authType)).toBeUndefined();
	});

	it.each(['us1', 'ie1', 'au1', 'custom'])('may be for the region %s', (region) => {
		expect(problem(ACCOUNT, KEY, 'apiKey', region)).toBeUndefined();
	});

	// An expression may give anything; `https://api.undefined` must not be asked.
	it.each(['', 'IE1', 'us2', 'toString', '__proto__'])('cannot be for the region %j', (region) => {
		expect(problem(ACCOUNT, KEY, 'apiKey', region)).toBe(
			`The credential's field "Region" holds "${region}", which is none of Twilio's: us1, ie1, au1`,
		);
	});

	it.each([
		['  ', KEY, 'The credential has no Account SID'],
		[KEY, KEY, /"Account SID" holds the SID of an API key: an Account SID begins with AC$/],
		[`x${KEY}`, KEY, /"Account SID" holds no Account SID/],
		[`x${ACCOUNT}`, KEY, /"Account SID" holds no Account SID/],
		[ACCOUNT, '', /"API Key SID" does not hold one: it begins with SK$/],
		[ACCOUNT, `x${KEY}`, /"API Key SID" does not hold one/],
	])('cannot be right: %j, %j', (accountSid, apiKeySid, words) => {
		expect(problem(accountSid, apiKeySid)).toMatch(words);
	});
});

describe("the host of each of Twilio's products", () => {
	it.each<[ApiLocation['region'], TwilioProduct, string]>([
		['us1', 'api', 'https://api.twilio.com'],
		['us1', 'messaging', 'https://messaging.twilio.com'],
		['us1', 'lookups', 'https://lookups.twilio.com'],
		['ie1', 'api', 'https://api.dublin.ie1.twilio.com'],
		['ie1', 'messaging', 'https://messaging.dublin.ie1.twilio.com'],
		['ie1', 'lookups', 'https://lookups.dublin.ie1.twilio.com'],
		['au1', 'api', 'https://api.sydney.au1.twilio.com'],
		['au1', 'messaging', 'https://messaging.sydney.au1.twilio.com'],
		['au1', 'lookups', 'https://lookups.sydney.au1.twilio.com'],
	])('%s, %s: %s', (region, product, origin) => {
		expect(apiOrigin({ region }, product)).toBe(origin);
	});

	it('does not change with a base URL that was entered for another region', () => {
		const location: ApiLocation = { region: 'us1', baseUrl: 'https://twilio.example.com' };
		expect(apiOrigin(location, 'api')).toBe('https://api.twilio.com');
	});
});

describe('a base URL', () => {
	const custom = (baseUrl?: string): ApiLocation => ({ region: 'custom', baseUrl });

	it.each<TwilioProduct>(['api', 'messaging', 'lookups'])('serves every product: %s', (product) => {
		expect(apiOrigin(custom('https://twilio.example.com'), product)).toBe(
			'https://twilio.example.com',
		);
	});

	it.each([
		['https://twilio.example.com/', 'https://twilio.example.com'],
		['https://twilio.example.com//', 'https://twilio.example.com'],
		['  https://twilio.example.com \n', 'https://twilio.example.com'],
		['\u00a0https://twilio.example.com\u00a0', 'https://twilio.example.com'],
		['HTTPS://Twilio.Example.com', 'https://twilio.example.com'],
		['https://twilio.example.com:8443', 'https://twilio.example.com:8443'],
		['https://twilio.example.com/twilio/', 'https://twilio.example.com/twilio'],
	])('loses what is typed around it: %j', (baseUrl, origin) => {
		expect(apiOrigin(custom(baseUrl), 'api')).toBe(origin);
	});

	it.each(['http://localhost:4010', 'http://127.0.0.1:4010', 'http://[::1]:4010'])(
		'may be without TLS on this machine: %s',
		(baseUrl) => {
			expect(apiOrigin(custom(baseUrl), 'api')).toBe(baseUrl);
		},
	);

	it.each([
		'http://twilio.example.com',
		'http://localhost.evil.example',
		'http://127.0.0.1.evil.example',
		'http://localhost@evil.example',
		'http://192.168.1.10:4010',
		'http://10.0.0.1',
		'ftp://localhost',
		'ws://localhost',
		'file:///etc/hosts',
		'javascript:alert(1)',
		'twilio.example.com',
		'twilio.example.com:8443',
		'https://',
		'',
		'   ',
		undefined,
	])('is refused when a token is not safe there: %j', (baseUrl) => {
		expect(() => apiOrigin(custom(baseUrl), 'api')).toThrow(
			/Base URL .*cannot be used\. Enter one that starts with https:\/\//,
		);
	});

	it.each([
		['http://twilio.example.com/path', '(twilio.example.com)'],
		['somewhere', '(no address)'],
	])('is named by its host alone: %s', (baseUrl, named) => {
		expect(() => apiOrigin(custom(baseUrl), 'api')).toThrow(named);
	});

	it('is refused without repeating the password in it', () => {
		expect(() => apiOrigin(custom('http://user:s3cret@twilio.example.com'), 'api')).toThrow(
			expect.objectContaining({ message: expect.not.stringContaining('s3cret') }),
		);
	});

	it.each(['https://twilio.example.com?tenant=1', 'https://twilio.example.com#top'])(
		'is refused when a path cannot follow it: %s',
		(baseUrl) => {
			expect(() => apiOrigin(custom(baseUrl), 'api')).toThrow('cannot be used');
		},
	);
});

describe('the credential may go', () => {
	it.each([
		'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json?PageSize=1',
		'https://messaging.twilio.com/v1/Services',
		'https://lookups.twilio.com/v2/PhoneNumbers/%2B14155550100',
		'https://verify.twilio.com/v2/Services',
		'https://api.twilio.com:443/',
		'HTTPS://API.TWILIO.COM/',
	])('to Twilio: %s', (url) => {
		expect(isApiUrl({ region: 'us1' }, url)).toBe(true);
	});

	it.each<[ApiLocation['region'], string]>([
		['ie1', 'https://api.dublin.ie1.twilio.com/2010-04-01/Accounts.json'],
		['au1', 'https://messaging.sydney.au1.twilio.com/v1/Services'],
	])('to Twilio in its own region: %s, %s', (region, url) => {
		expect(isApiUrl({ region }, url)).toBe(true);
	});

	it.each([
		['https://twilio.example.com', 'https://twilio.example.com/2010-04-01/x'],
		['https://twilio.example.com/base/', 'https://twilio.example.com/v1/Services'],
		['https://twilio.example.com', 'https://twilio.example.com:443/'],
		['http://localhost:4010', 'http://localhost:4010/v1/Services'],
	])('to the base URL %s: %s', (baseUrl, url) => {
		expect(isApiUrl({ region: 'custom', baseUrl }, url)).toBe(true);
	});
});

describe('the credential goes nowhere else:', () => {
	it.each([
		['another host', 'https://evil.example/'],
		["Twilio's name as the beginning of a host", 'https://api.twilio.com.evil.example/'],
		["Twilio's name as the end of a word", 'https://eviltwilio.com/'],
		["Twilio's name with something before it", 'https://api-twilio.com/'],
		["Twilio's web site", 'https://twilio.com/'],
		["Twilio's name as a user", 'https://api.twilio.com@evil.example/'],
		["Twilio's name as a user and password", 'https://api.twilio.com:443@evil.example/'],
		["Twilio's name after a backslash", 'https://evil.example\\@api.twilio.com/'],
		["Twilio's name in the path", 'https://evil.example/api.twilio.com'],
		["Twilio's name in the query", 'https://evil.example?.twilio.com'],
		["Twilio's name in the fragment", 'https://evil.example#.twilio.com'],
		['a name that only looks like it', 'https://api.twilіo.com/'],
		['Twilio without TLS', 'http://api.twilio.com/'],
		['another port of Twilio', 'https://api.twilio.com:8443/'],
		['another protocol', 'ftp://api.twilio.com/'],
		['no protocol', 'api.twilio.com/'],
		['no host', '/2010-04-01/Accounts.json'],
		['nothing', ''],
	])('%s: %s', (_, url) => {
		expect(isApiUrl({ region: 'us1' }, url)).toBe(false);
	});

	it.each<[ApiLocation['region'], string]>([
		['ie1', 'https://api.twilio.com/'],
		['ie1', 'https://api.sydney.au1.twilio.com/'],
		['au1', 'https://api.ie1.twilio.com/'],
	])('to another region, where it would not be known: %s, %s', (region, url) => {
		expect(isApiUrl({ region }, url)).toBe(false);
	});

	it.each([
		['https://twilio.example.com', 'https://api.twilio.com/'],
		['https://twilio.example.com', 'http://twilio.example.com/'],
		['https://twilio.example.com', 'https://twilio.example.com:8443/'],
		['https://twilio.example.com', 'https://sub.twilio.example.com/'],
		['https://twilio.example.com', 'https://twilio.example.com.evil.example/'],
		['https://twilio.example.com', 'https://twilio.example.com@evil.example/'],
		['http://localhost:4010', 'http://localhost:4011/'],
		['http://localhost:4010', 'http://127.0.0.1:4010/'],
	])('beside the base URL %s: %s', (baseUrl, url) => {
		expect(isApiUrl({ region: 'custom', baseUrl }, url)).toBe(false);
	});

	it('a base URL without TLS, even when the request goes there', () => {
		const location: ApiLocation = { region: 'custom', baseUrl: 'http://twilio.example.com' };
		expect(() => isApiUrl(location, 'http://twilio.example.com/')).toThrow('cannot be used');
	});

	it('any generated address whose host is not below twilio.com', () => {
		fc.assert(
			fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
				const isTwilio = /(^|\.)twilio\.com$/.test(new URL(url).hostname);
				expect(isApiUrl({ region: 'us1' }, url)).toBe(isTwilio && url.startsWith('https:'));
			}),
		);
	});
});
