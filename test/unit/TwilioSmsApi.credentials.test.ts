import type { IHttpRequestOptions, INode, INodeTypes } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { TwilioSmsApi } from '../../credentials/TwilioSmsApi.credentials';

const ACCOUNT = 'ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const CREDENTIAL = {
	authType: 'authToken',
	accountSid: ACCOUNT,
	authToken: 'the token',
	apiKeySid: 'SKaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	apiKeySecret: 'the secret',
	phoneNumber: '+14155550100',
	region: 'us1',
	baseUrl: '',
};
const REQUEST: IHttpRequestOptions = {
	method: 'POST',
	url: `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages.json`,
	headers: { 'content-type': 'application/x-www-form-urlencoded' },
	body: 'To=%2B14155550123&Body=Hello',
};

const type = new TwilioSmsApi();
const field = (name: string) => type.properties.find((property) => property.name === name)!;

describe('a request is signed', () => {
	it('with Account SID and Auth Token', async () => {
		const signed = await type.authenticate(CREDENTIAL, REQUEST);
		expect(signed).toEqual({ ...REQUEST, auth: { username: ACCOUNT, password: 'the token' } });
	});

	it('with API key and secret, when they were chosen', async () => {
		const signed = await type.authenticate({ ...CREDENTIAL, authType: 'apiKey' }, REQUEST);
		expect(signed.auth).toEqual({
			username: 'SKaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
			password: 'the secret',
		});
	});

	it('without the blanks that were copied along', async () => {
		const blanks = {
			...CREDENTIAL,
			accountSid: ` ${ACCOUNT}\n`,
			authToken: '\tthe token ',
			apiKeySid: ' SK1 ',
			apiKeySecret: '\u00a0the secret\n',
		};
		expect((await type.authenticate(blanks, REQUEST)).auth).toEqual({
			username: ACCOUNT,
			password: 'the token',
		});
		expect((await type.authenticate({ ...blanks, authType: 'apiKey' }, REQUEST)).auth).toEqual({
			username: 'SK1',
			password: 'the secret',
		});
	});

	it('and is otherwise left as it was', async () => {
		const request = structuredClone(REQUEST);
		await type.authenticate(CREDENTIAL, request);
		expect(request).toEqual(REQUEST);
	});

	it.each([
		['https://messaging.twilio.com', '/v1/Services'],
		['https://messaging.twilio.com/v1', 'Services'],
		['https://api.twilio.com', ''],
	])('when it is given in two parts: %s, %j', async (baseURL, url) => {
		const signed = await type.authenticate(CREDENTIAL, { baseURL, url });
		expect(signed).toMatchObject({ baseURL, url, auth: { username: ACCOUNT } });
	});

	it.each([
		['ie1', '', 'https://api.dublin.ie1.twilio.com/2010-04-01/Accounts.json'],
		['au1', '', 'https://lookups.sydney.au1.twilio.com/v2/PhoneNumbers/1'],
		['custom', 'https://twilio.example.com/', 'https://twilio.example.com/v1/Services'],
		['custom', 'http://localhost:4010', 'http://localhost:4010/v1/Services'],
	])('for the host of its region: %s %s', async (region, baseUrl, url) => {
		const signed = await type.authenticate({ ...CREDENTIAL, region, baseUrl }, { url });
		expect(signed.auth).toEqual({ username: ACCOUNT, password: 'the token' });
	});
});

describe('a request is not sent with what cannot be right, which is said by the name of its field', () => {
	it.each([
		[{ accountSid: ' ' }, 'The credential has no Account SID'],
		[{ accountSid: `SK${'a'.repeat(32)}` }, /"Account SID" holds the SID of an API key/],
		[{ accountSid: 'anna@example.com' }, /"Account SID" holds no Account SID/],
		[{ authType: 'apiKey', apiKeySid: ACCOUNT }, /"API Key SID" does not hold one.*SK/],
	])('%j', async (entered, message) => {
		await expect(type.authenticate({ ...CREDENTIAL, ...entered }, REQUEST)).rejects.toThrow(
			message,
		);
	});
});

it.each(['', ' ', 'nonsense', 'twilio.example.com', 'https://', '//', 'https://a b'])(
	'says in words that a Base URL is none: %j',
	async (baseUrl) => {
		const credential = { ...CREDENTIAL, region: 'custom', baseUrl };
		// As n8n puts the request of the credential's test together.
		const request = { baseURL: baseUrl.trim(), url: '/2010-04-01/Accounts' };
		await expect(type.authenticate(credential, request)).rejects.toThrow(
			/Base URL .*cannot be used\. Enter one that starts with https:\/\//,
		);
	},
);

describe('a request that goes anywhere else is refused', () => {
	it.each([
		['us1', '', 'https://evil.example/'],
		['us1', '', 'https://api.twilio.com.evil.example/'],
		['us1', '', 'http://api.twilio.com/'],
		['us1', 'https://evil.example', 'https://evil.example/'],
		['ie1', '', 'https://api.twilio.com/'],
		['custom', 'https://twilio.example.com', 'https://api.twilio.com/'],
		['custom', 'http://twilio.example.com', 'http://twilio.example.com/'],
	])('%s %s: %s', async (region, baseUrl, url) => {
		const credential = { ...CREDENTIAL, region, baseUrl };
		await expect(type.authenticate(credential, { url })).rejects.toThrow();
	});

	it.each(['https://evil.example/x', '//evil.example/x'])(
		'even when it has a base of its own that would be right: %s',
		async (url) => {
			const request = { baseURL: 'https://api.twilio.com', url };
			await expect(type.authenticate(CREDENTIAL, request)).rejects.toThrow(
				"This credential is for Twilio's API and is not sent to evil.example",
			);
		},
	);

	it('without a secret in the error', async () => {
		const request = { url: 'https://user:s3cret@evil.example/?token=s3cret' };
		const error: unknown = await type.authenticate(CREDENTIAL, request).catch((thrown) => thrown);
		expect(String(error)).toContain('evil.example');
		expect(String(error)).not.toMatch(/s3cret|the token|the secret/);
	});
});

describe('the form', () => {
	it('has every field, in order', () => {
		expect(type.properties.map(({ name }) => name)).toEqual([
			'authType',
			'accountSid',
			'apiKeySid',
			'apiKeySecret',
			'authToken',
			'authToken',
			'phoneNumber',
			'region',
			'baseUrl',
		]);
	});

	it('begins with an Auth Token in the United States, and all else empty', () => {
		expect(Object.fromEntries(type.properties.map((one) => [one.name, one.default]))).toEqual({
			authType: 'authToken',
			accountSid: '',
			apiKeySid: '',
			apiKeySecret: '',
			authToken: '',
			phoneNumber: '',
			region: 'us1',
			baseUrl: '',
		});
	});

	it('hides what is secret, and nothing else', () => {
		const hidden = type.properties.filter(({ typeOptions }) => typeOptions?.password);
		expect([...new Set(hidden.map(({ name }) => name))]).toEqual(['apiKeySecret', 'authToken']);
	});

	it('asks for an API key only where one is used', () => {
		expect(field('apiKeySid').displayOptions).toEqual({ show: { authType: ['apiKey'] } });
		expect(field('apiKeySecret').displayOptions).toEqual({ show: { authType: ['apiKey'] } });
	});

	it('asks for the Auth Token always, and insists on it where nothing else signs in', () => {
		const fields = type.properties.filter(({ name }) => name === 'authToken');
		expect(fields).toMatchObject([
			{ required: true, displayOptions: { show: { authType: ['authToken'] } } },
			{ displayOptions: { show: { authType: ['apiKey'] } } },
		]);
		expect(fields[1].required).toBeFalsy();
		expect(fields[1].description).toMatch(/Trigger needs it even beside an API key/);
	});

	it('asks for a base URL in the region "Custom" alone, and says that the token goes there', () => {
		expect(field('baseUrl').displayOptions).toEqual({ show: { region: ['custom'] } });
		expect(field('baseUrl').description).toMatch(/Auth Token or API key is sent to this address/);
	});

	it('offers the two ways to sign in and the four places', () => {
		const values = (name: string) =>
			field(name).options!.map((option) => 'value' in option && option.value);
		expect(values('authType').sort()).toEqual(['apiKey', 'authToken']);
		expect(values('region').sort()).toEqual(['au1', 'custom', 'ie1', 'us1']);
	});
});

describe('the test of the connection', () => {
	const NODE: INode = {
		id: '1',
		name: 'Node',
		type: 'node',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const nodeTypes: INodeTypes = {
		getByName: () => {
			throw new Error('There are no node types here');
		},
		getByNameAndVersion: () => undefined as never,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [NODE], connections: {}, active: false, nodeTypes });
	const resolved = (expression: string | undefined, credential: typeof CREDENTIAL) =>
		workflow.expression.getSimpleParameterValue(NODE, expression, 'internal', {
			$credentials: credential,
		});
	const { request, rules } = type.test;

	it.each([
		['us1', '', 'https://api.twilio.com'],
		['ie1', '', 'https://api.dublin.ie1.twilio.com'],
		['au1', '', 'https://api.sydney.au1.twilio.com'],
		['us1', 'https://evil.example', 'https://api.twilio.com'],
		['custom', 'https://twilio.example.com', 'https://twilio.example.com'],
		['custom', ' https://twilio.example.com/base// ', 'https://twilio.example.com/base'],
		['custom', 'http://localhost:4010/', 'http://localhost:4010'],
	])('goes to the API of the region: %s %s', (region, baseUrl, expected) => {
		expect(resolved(request.baseURL, { ...CREDENTIAL, region, baseUrl })).toBe(expected);
	});

	it.each([ACCOUNT, ` ${ACCOUNT} `])(
		'reads one message, as every useful key may: %j',
		(accountSid) => {
			expect(resolved(request.url, { ...CREDENTIAL, accountSid })).toBe(
				`/2010-04-01/Accounts/${ACCOUNT}/Messages.json`,
			);
			expect(request.qs).toEqual({ PageSize: 1 });
			expect(request.method ?? 'GET').toBe('GET');
		},
	);

	it('stays on its path whatever was entered as Account SID', () => {
		expect(resolved(request.url, { ...CREDENTIAL, accountSid: '../x?y#z' })).toBe(
			'/2010-04-01/Accounts/..%2Fx%3Fy%23z/Messages.json',
		);
	});

	it.each([
		[401, /Account SID and the Auth Token.*region/],
		[404, /Account SID.*begins with AC/],
		[403, /permission Messages \(read\)/],
	])('says what to correct when Twilio answers %d', (status, expected) => {
		const rule = rules!.find(({ properties }) => properties.value === status);
		expect(rule).toMatchObject({ type: 'responseCode' });
		expect(rule!.properties.message).toMatch(expected);
	});
});
