import crypto from 'crypto';
import fc from 'fast-check';
import { getExpectedTwilioSignature, validateRequest } from 'twilio';

import { isSignedByTwilio } from '../../../nodes/TwilioSms/twilio/signature';

type FormParameters = Array<[name: string, value: string]>;

const isSigned = (token: string, url: string, parameters: FormParameters, signature: string) =>
	isSignedByTwilio(token, url, new URLSearchParams(parameters), signature);

type Vector = [name: string, url: string, parameters: FormParameters, signature: string];

const TOKEN = '12345';
const ADDRESS = 'https://mycompany.com/myapp.php?foo=1&bar=2';
const SIGNATURE = 'RSOYDt4T1cUTdK1PDd93/VVr8B8=';

const call = (caller: string): FormParameters => [
	['CallSid', 'CA1234567890ABCDE'],
	['Caller', caller],
	['Digits', '1234'],
	['From', caller],
	['To', '+18005551212'],
];
const CALL = call('+14158675309');

const sms = (body: string): FormParameters => [
	['ToCountry', 'US'],
	['ToState', 'CA'],
	['SmsMessageSid', 'SM00000000000000000000000000000001'],
	['NumMedia', '0'],
	['ToCity', ''],
	['FromZip', '94103'],
	['SmsSid', 'SM00000000000000000000000000000001'],
	['FromState', 'CA'],
	['SmsStatus', 'received'],
	['FromCity', 'SAN FRANCISCO'],
	['Body', body],
	['FromCountry', 'US'],
	['To', '+15005550006'],
	['ToZip', ''],
	['NumSegments', '1'],
	['MessageSid', 'SM00000000000000000000000000000001'],
	['AccountSid', 'AC00000000000000000000000000000001'],
	['From', '+14155550100'],
	['ApiVersion', '2010-04-01'],
];
const SMS_TOKEN = '2b7e151628aed2a6abf7158809cf4f3c';
const SMS_URL = 'https://n8n.example.com/webhook/abc/twilio';

const HASH = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';
const EMPTY_HASH = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';

describe('what Twilio publishes as signed is accepted', () => {
	// From Twilio's documentation and the tests of its Node, Python, Ruby, PHP, Java, Go and C#
	// libraries.
	const published: Vector[] = [
		['the form of every library', ADDRESS, CALL, SIGNATURE],
		[
			'the form of the older documentation',
			ADDRESS,
			call('+12349013030'),
			'0/KCTR6DLpKmkAf8muzZqo1nDgQ=',
		],
		[
			'the form of the documentation',
			'https://example.com/myapp.php?foo=1&bar=2',
			call('+14158675310'),
			'L/OH5YylLD5NRKLltdqwSvS0BnU=',
		],
		[
			'https with its default port',
			'https://mycompany.com:443/myapp.php?foo=1&bar=2',
			CALL,
			'kvajT1Ptam85bY51eRf/AJRuM3w=',
		],
		[
			'http with its default port',
			'http://mycompany.com:80/myapp.php?foo=1&bar=2',
			CALL,
			'0ZXoZLH/DfblKGATFgpif+LLRf4=',
		],
		[
			'http with another port',
			'http://mycompany.com:1234/myapp.php?foo=1&bar=2',
			CALL,
			'Zmvh+3yNM1Phv2jhDCwEM3q5ebU=',
		],
		[
			'https with another port',
			'https://mycompany.com:1234/myapp.php?foo=1&bar=2',
			CALL,
			'CYn1h0gLBdNxDGkKJg6hYohgeD8=',
		],
		[
			'https signed with the default port that the URL leaves out',
			ADDRESS,
			CALL,
			'kvajT1Ptam85bY51eRf/AJRuM3w=',
		],
		[
			'http signed with the default port that the URL leaves out',
			'http://mycompany.com/myapp.php?foo=1&bar=2',
			CALL,
			'0ZXoZLH/DfblKGATFgpif+LLRf4=',
		],
		[
			'https signed without the default port that the URL has',
			'https://mycompany.com:443/myapp.php?foo=1&bar=2',
			CALL,
			SIGNATURE,
		],
		[
			'https signed without the other port that the URL has',
			'https://mycompany.com:1234/myapp.php?foo=1&bar=2',
			CALL,
			SIGNATURE,
		],
		[
			'an escaped quote in the query',
			`${ADDRESS}&Body=It%27s+amazing`,
			CALL,
			'TfZzewPq8wqrGlMfyAud8+/IvJ0=',
		],
		[
			'a repeated name',
			ADDRESS,
			[
				['MessagingBinding.Address', '+1325xxxxxxx'],
				['MessagingBinding.Address', '+1415xxxxxxx'],
			],
			'83O6e2vORAoJHUNzJjDWN1jz+BA=',
		],
		[
			'a repeated name in the other order',
			ADDRESS,
			[
				['MessagingBinding.Address', '+1415xxxxxxx'],
				['MessagingBinding.Address', '+1325xxxxxxx'],
			],
			'83O6e2vORAoJHUNzJjDWN1jz+BA=',
		],
		[
			'a repeated name with a repeated value, beside a name that begins alike',
			ADDRESS,
			[
				['Sid', 'CA123'],
				['SidAccount', 'AC123'],
				['Digits', '5678'],
				['Digits', '1234'],
				['Digits', '1234'],
			],
			'IK+Dwps556ElfBT0I3Rgjkr1wJU=',
		],
		['a URL alone', `${ADDRESS}&bodySHA256=${HASH}`, [], 'a9nBmqA0ju/hNViExpshrM61xv4='],
		[
			'a URL alone with a short query',
			`https://mycompany.com/myapp.php?bodySHA256=${HASH}`,
			[],
			'y77kIzt2vzLz71DgmJGsen2scGs=',
		],
		[
			'a URL alone signed with the default port',
			`${ADDRESS}&bodySHA256=${EMPTY_HASH}`,
			[],
			'Ldidvp12m26NI7eqEvxnEpkd9Hc=',
		],
		[
			'capitals in the host',
			'https://MyCompany.com/myapp.php?foo=1&bar=2',
			CALL,
			'g9IN/x4Cft2g517EjYvEvM/W7LU=',
		],
		[
			'capitals in the host, with a port',
			'https://MyCompany.com:1234/myapp.php?foo=1&bar=2',
			CALL,
			'PCqOZm8cnu/L6+u5i5fuEd+Iac4=',
		],
		[
			'capitals in the host, over http',
			'http://MyCompany.com/myapp.php?foo=1&bar=2',
			CALL,
			'XY7AlKOKL6im4yWyX84gldUrtis=',
		],
	];

	it.each(published)('%s', (_, url, parameters, signature) => {
		expect(isSigned(TOKEN, url, parameters, signature)).toBe(true);
		expect(isSigned('54321', url, parameters, signature)).toBe(false);
	});

	it.each<Vector>([
		[
			'the form of the Ruby middleware',
			'https://example.com/test',
			[['foo', 'bar']],
			'TR9Skm9jiF4WVRJznU5glK5I83k=',
		],
		[
			'the URL of the Ruby middleware',
			'https://example.com/test?bodySHA256=8d90d640c6ba47d595ac56203d7f5c6b511be80fdf44a2055acca75a119b9fd2',
			[],
			'zR5Oq4f6cijN5oz5bisiVuxYnTU=',
		],
		[
			'the other URL of the Ruby middleware',
			'https://example.com/test?bodySHA256=79bfb0acaf0045fd30f13d48d4fe296b393d85a3bfbee881a0172b2bd574b11e',
			[],
			'+LYlbGr/VmN84YPJQCuWs+9UA7E=',
		],
	])('%s', (_, url, parameters, signature) => {
		expect(isSigned('qwerty', url, parameters, signature)).toBe(true);
		expect(isSigned('querty', url, parameters, signature)).toBe(false);
	});
});

describe('incoming texts are accepted', () => {
	it.each<Vector>([
		['in ASCII', SMS_URL, sms('Hello'), 'CqXNPG+ZlrZX9M3jt2BKc3D7PxY='],
		[
			'with accents, emoji, signs and blanks at both ends',
			SMS_URL,
			sms(' hi é👍+&=% '),
			'jy6g1xYAlXU7sy2yxEO6v0q0iv4=',
		],
		[
			'at a port of their own',
			'https://n8n.example.com:8443/webhook/abc/twilio',
			sms('Hello'),
			'2UwD7BR02RT/+OM3nWI9tB1DjQY=',
		],
		[
			'in the query of the URL',
			`${SMS_URL}?From=%2B14155550100&To=%2B15005550006&Body=hi+there`,
			[],
			'XGqzQT1TfmhibuTO80J7ZlTFF5g=',
		],
		['without parameters', SMS_URL, [], 'gsLZodSuDbH4R5Fv3A7wb8DkhSM='],
		[
			'with a hash of the body',
			`${SMS_URL}?bodySHA256=015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862`,
			[],
			'Vj1M3ESxoVgDMC4adz0AmVt9eiE=',
		],
	])('%s', (_, url, parameters, signature) => {
		expect(isSigned(SMS_TOKEN, url, parameters, signature)).toBe(true);
		expect(isSigned(SMS_TOKEN, url, [...parameters, ['More', '']], signature)).toBe(false);
	});

	it('with names in the order of their characters, capitals first and 10 before 2', () => {
		const parameters: FormParameters = [
			['a', '3'],
			['MediaUrl2', 'z'],
			['b', '1'],
			['MediaUrl10', 'x'],
			['B', '2'],
			['MediaUrl1', 'y'],
		];
		const signature = 'Ow5XL3WMEfE9aT9AGppVw0oG8Cg=';
		expect(isSigned(TOKEN, 'https://e.com/', parameters, signature)).toBe(true);
		expect(isSigned(TOKEN, 'https://e.com/', parameters.reverse(), signature)).toBe(true);
	});
});

describe('of the URL', () => {
	it.each([
		'https://user:pass@mycompany.com/myapp.php?foo=1&bar=2',
		'https://user@mycompany.com/myapp.php?foo=1&bar=2',
		'https://user:pass@mycompany.com:443/myapp.php?foo=1&bar=2',
		'https://user:pass@mycompany.com:1234/myapp.php?foo=1&bar=2',
	])('a user name and a password are not signed: %s', (url) => {
		expect(isSigned(TOKEN, url, CALL, SIGNATURE)).toBe(true);
	});

	// Twilio's libraries sign what they are given; Twilio itself leaves the user name out.
	it.each([
		['https://user:pass@mycompany.com/myapp.php?foo=1&bar=2', 'CukzLTc1tT5dXEDIHm/tKBanW10='],
		['https://user@mycompany.com/myapp.php?foo=1&bar=2', '2YRLlVAflCqxaNicjMpJcSTgzSs='],
		['https://user:pass@mycompany.com:443/myapp.php?foo=1&bar=2', 'ZQFR1PTIZXF2MXB8ZnKCvnnA+rI='],
		[
			'http://username:password@MyCompany.com/myapp.php?foo=1&bar=2',
			'PJ08CxXr7KLPjEQCTc8LkUSMwSM=',
		],
	])('a signature over a user name is refused: %s', (url, signature) => {
		expect(isSigned(TOKEN, url, CALL, signature)).toBe(false);
	});

	it('an @ after the host is signed', () => {
		const url = 'https://mycompany.com/@me?to=a@b';
		const signature = getExpectedTwilioSignature(TOKEN, url, {});
		expect(isSigned(TOKEN, url, [], signature)).toBe(true);
		expect(isSigned(TOKEN, 'https://b', [], signature)).toBe(false);
	});

	it.each(['#rc=3&rp=ct,rt,5xx', '#', '#a#b', '#line\nbreak'])(
		'a fragment is not signed: %j',
		(fragment) => {
			expect(isSigned(TOKEN, ADDRESS + fragment, CALL, SIGNATURE)).toBe(true);
		},
	);

	it.each([
		['another path', 'https://mycompany.com/myapp2.php?foo=1&bar=2'],
		['a slash more', 'https://mycompany.com/myapp.php/?foo=1&bar=2'],
		['another query', `${ADDRESS}&somethingUnexpected=true`],
		['no query', 'https://mycompany.com/myapp.php'],
		['the query in another order', 'https://mycompany.com/myapp.php?bar=2&foo=1'],
		['another scheme', 'http://mycompany.com/myapp.php?foo=1&bar=2'],
		['another host', 'https://mycompany.com.evil.example/myapp.php?foo=1&bar=2'],
		['capitals in the host', 'https://MyCompany.com/myapp.php?foo=1&bar=2'],
	])('everything else is signed: %s', (_, url) => {
		expect(isSigned(TOKEN, url, CALL, SIGNATURE)).toBe(false);
	});

	it('one port is not taken for another', () => {
		const url = 'https://mycompany.com:4321/myapp.php?foo=1&bar=2';
		expect(isSigned(TOKEN, url, CALL, 'CYn1h0gLBdNxDGkKJg6hYohgeD8=')).toBe(false);
	});

	it('a scheme in capitals has the same default port', () => {
		const url = 'HTTPS://mycompany.com/sms';
		const signature = getExpectedTwilioSignature(TOKEN, 'HTTPS://mycompany.com:443/sms', {});
		expect(validateRequest(TOKEN, signature, url, {})).toBe(true);
		expect(isSigned(TOKEN, url, [], signature)).toBe(true);
	});

	it('the port of a bracketed IPv6 host is told from its address', () => {
		const url = 'https://[2001:db8::1]:8443/sms';
		for (const spelling of [url, 'https://[2001:db8::1]/sms']) {
			const signature = getExpectedTwilioSignature(TOKEN, spelling, {});
			expect(isSigned(TOKEN, url, [], signature)).toBe(true);
		}
	});
});

describe('a form is refused', () => {
	const withParameter = (index: number, parameter: FormParameters[number], form = CALL) =>
		form.map((old, at) => (at === index ? parameter : old));

	it.each<[string, FormParameters]>([
		['with a value changed', withParameter(2, ['Digits', '1235'])],
		['with a name changed', withParameter(2, ['digits', '1234'])],
		['with a parameter more', [...CALL, ['Extra', '1']]],
		['with an empty parameter more', [...CALL, ['Extra', '']]],
		['with a name repeated', [...CALL, ['Digits', '4321']]],
		['with a parameter less', CALL.slice(1)],
		['with a blank trimmed or added', withParameter(2, ['Digits', '1234 '])],
		[
			'with two values exchanged',
			withParameter(4, ['To', '1234'], withParameter(2, ['Digits', '+18005551212'])),
		],
		['without parameters', []],
	])('%s', (_, parameters) => {
		expect(isSigned(TOKEN, ADDRESS, parameters, SIGNATURE)).toBe(false);
	});

	it.each([
		['an empty signature', ''],
		['half a signature', SIGNATURE.slice(0, 14)],
		['a signature without its padding', SIGNATURE.slice(0, -1)],
		['a signature with something after it', `${SIGNATURE}=`],
		['two signatures', `${SIGNATURE},${SIGNATURE}`],
		['a signature in lower case', SIGNATURE.toLowerCase()],
		['a blank before the signature', ` ${SIGNATURE}`],
		['a signature in hexadecimal', Buffer.from(SIGNATURE, 'base64').toString('hex')],
		['characters of several bytes', 'é'.repeat(28)],
	])('with %s', (_, signature) => {
		expect(isSigned(TOKEN, ADDRESS, CALL, signature)).toBe(false);
	});

	it('when a web address is only a part of what it is compared with', () => {
		expect(isSigned(TOKEN, `see ${ADDRESS}`, CALL, SIGNATURE)).toBe(false);
	});

	it('without an Auth Token, even when it is signed with an empty one', () => {
		const signed = getExpectedTwilioSignature('', ADDRESS, Object.fromEntries(CALL));
		expect(isSigned('', ADDRESS, CALL, signed)).toBe(false);
	});

	it.each(['', 'mycompany.com/myapp.php', 'ftp://mycompany.com/', '//mycompany.com/', 'https:/x'])(
		'when there is no web address to compare with: %j',
		(url) => {
			const signed = getExpectedTwilioSignature(TOKEN, url, Object.fromEntries(CALL));
			expect(isSigned(TOKEN, url, CALL, signed)).toBe(false);
			expect(isSigned(TOKEN, url, [], '')).toBe(false);
		},
	);

	it('by a comparison that takes as long for a nearly right signature as for any other', () => {
		const compare = jest.spyOn(crypto, 'timingSafeEqual');
		try {
			expect(isSigned(TOKEN, ADDRESS, CALL, `${SIGNATURE.slice(0, -2)}9=`)).toBe(false);
			expect(compare).toHaveBeenCalledTimes(2);
		} finally {
			compare.mockRestore();
		}
	});
});

describe("on generated requests it agrees with Twilio's own library", () => {
	const text = fc.oneof(
		fc.string({ unit: 'grapheme', maxLength: 20 }),
		fc.constantFrom('', ' ', '+', '&=%', 'é👍', 'e\u0301', '日本語', '\n', '\u0000', "It's"),
	);
	const name = fc.oneof(
		fc.constantFrom('Body', 'From', 'To', 'MessageSid', 'MediaUrl1', 'MediaUrl10', 'MediaUrl2'),
		fc.constantFrom('', 'b', 'B', 'a[0]', '1', '__proto__', 'constructor', 'Körper'),
		text,
	);
	const parameters = fc.array(fc.tuple(name, text), { maxLength: 8 });
	const token = fc.oneof(fc.stringMatching(/^[0-9a-f]{32}$/), text.filter(Boolean));
	const segment = fc.stringMatching(/^([a-zA-Z0-9._~-]|%2F|%C3%A9){0,8}$/);
	const url = fc
		.tuple(
			fc.constantFrom('https://', 'http://'),
			fc.constantFrom('n8n.example.com', 'localhost', '203.0.113.7', '[2001:db8::1]'),
			fc.constantFrom('', ':443', ':80', ':5678'),
			fc.array(
				segment.filter((one) => !/^\.{1,2}$/.test(one)),
				{ maxLength: 3 },
			),
			fc.constantFrom('', '?', '?a=1', '?b=hi+there&a=%2B1', '?q=%27&x=@/:'),
		)
		.map(
			([scheme, host, port, path, query]) => `${scheme}${host}${port}/${path.join('/')}${query}`,
		);
	const spelling = fc.constantFrom(
		(one: string) => one,
		(one: string) => one.replace(/:\d+\//, '/'),
		(one: string) => one.replace(/^(https:\/\/[^/]*[^/\d])\//, '$1:443/'),
		(one: string) => one.replace(/^(http:\/\/[^/]*[^/\d])\//, '$1:80/'),
	);
	interface Request {
		token: string;
		url: string;
		parameters: FormParameters;
		signature: string;
	}
	const tampering = fc.constantFrom<(request: Request) => Request>(
		(request) => ({ ...request, parameters: [...request.parameters, ['Body', 'more']] }),
		(request) => ({ ...request, parameters: request.parameters.slice(1) }),
		(request) => ({
			...request,
			parameters: request.parameters.map(([one, value]) => [one, value.trim()]),
		}),
		(request) => ({ ...request, token: `${request.token}0` }),
		(request) => ({ ...request, url: `${request.url}x` }),
		(request) => ({ ...request, url: request.url.replace(/:\d+\//, ':1234/') }),
		(request) => ({ ...request, url: request.url.replace(/^https?/, 'http') }),
		(request) => ({ ...request, signature: request.signature.slice(0, -1) }),
		(request) => ({ ...request, signature: request.signature.toUpperCase() }),
		(request) => ({ ...request, signature: '' }),
	);

	function forTwilio(form: FormParameters): Record<string, string | string[]> {
		const grouped = new Map<string, string[]>();
		for (const [one, value] of form) grouped.set(one, [...(grouped.get(one) ?? []), value]);
		const entries = [...grouped].map(([one, values]) => [
			one,
			values.length === 1 ? values[0] : values,
		]);
		return Object.fromEntries(entries) as Record<string, string | string[]>;
	}

	function judgements(request: Request): [ours: boolean, twilios: boolean] {
		const { signature } = request;
		return [
			isSigned(request.token, request.url, request.parameters, signature),
			validateRequest(request.token, signature, request.url, forTwilio(request.parameters)),
		];
	}

	const signed = fc
		.tuple(token, url, parameters, spelling)
		.map(([authToken, address, form, spelled]) => ({
			token: authToken,
			url: address,
			parameters: form,
			signature: getExpectedTwilioSignature(authToken, spelled(address), forTwilio(form)),
		}));

	it('when they are as Twilio sent them', () => {
		let accepted = 0;
		fc.assert(
			fc.property(signed, (request) => {
				const [ours, twilios] = judgements(request);
				expect(ours).toBe(twilios);
				if (ours) accepted++;
			}),
			{ numRuns: 2000 },
		);
		expect(accepted).toBeGreaterThan(1500);
	});

	it('when somebody changed them', () => {
		let refused = 0;
		fc.assert(
			fc.property(signed, tampering, (request, tamper) => {
				const [ours, twilios] = judgements(tamper(request));
				expect(ours).toBe(twilios);
				if (!ours) refused++;
			}),
			{ numRuns: 2000 },
		);
		expect(refused).toBeGreaterThan(1000);
	});

	it('and garbage is refused without an exception', () => {
		const garbage = fc.string({ unit: 'binary', maxLength: 40 });
		const address = fc.oneof(
			garbage,
			garbage.map((one) => `https://${one}`),
		);
		fc.assert(
			fc.property(
				garbage,
				address,
				fc.array(fc.tuple(garbage, garbage)),
				garbage,
				(authToken, anywhere, form, signature) => {
					expect(isSigned(authToken, anywhere, form, signature)).toBe(false);
				},
			),
			{ numRuns: 1000 },
		);
	});
});
