import fc from 'fast-check';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

/** A request of a stranger, with what is wrong about it in a few words. */
export interface Attack {
	kind: string;
	method: string;
	/** Makes another address of the right one. */
	readdress: (path: string) => string;
	/** As they go over the wire; a name may come twice. */
	headers: string[];
	body: Buffer;
	framing: Framing;
	/** How much of the request is sent before the stranger hangs up; all of it without. */
	hangUpAt?: number;
}

/** How the request says where its body ends; most of them lie. */
export type Framing = keyof typeof FRAMINGS;

/** Node answers a header of more than this with 431. */
const HEADER_LIMIT = 16 * 1024;
const PAYLOAD_LIMIT = 16 * 1024 * 1024;

const chunk = (body: Buffer, size: string) =>
	Buffer.concat([Buffer.from(`${size}\r\n`), body, Buffer.from('\r\n')]);
const END = Buffer.from('0\r\n\r\n');
const hex = (body: Buffer) => body.length.toString(16);
const chunks = (body: Buffer) => (body.length > 0 ? chunk(body, hex(body)) : Buffer.alloc(0));
const CHUNKED = 'Transfer-Encoding: chunked';
const lengthOf = (length: number | string) => `Content-Length: ${length}`;

const FRAMINGS = {
	right: (body: Buffer) => ({ headers: [lengthOf(body.length)], body }),
	chunked: (body: Buffer) => ({ headers: [CHUNKED], body: Buffer.concat([chunks(body), END]) }),
	chunkExtension: (body: Buffer) => ({
		headers: [CHUNKED],
		body: Buffer.concat([chunk(Buffer.from('a'), `1;${'x'.repeat(500)}=1`), chunks(body), END]),
	}),
	chunkSizeWrong: (body: Buffer) => ({ headers: [CHUNKED], body: chunk(body, 'fffffffff1') }),
	chunkSizeNone: (body: Buffer) => ({ headers: [CHUNKED], body: chunk(body, 'no') }),
	neverEnds: (body: Buffer) => ({ headers: [CHUNKED], body: chunks(body) }),
	both: (body: Buffer) => ({
		headers: [lengthOf(body.length), CHUNKED],
		body: Buffer.concat([chunks(body), END]),
	}),
	twice: (body: Buffer) => ({ headers: [lengthOf(body.length), lengthOf(body.length + 1)], body }),
	tooLong: (body: Buffer) => ({ headers: [lengthOf(body.length + 10)], body }),
	tooShort: (body: Buffer) => ({ headers: [lengthOf(Math.max(0, body.length - 3))], body }),
	negative: (body: Buffer) => ({ headers: [lengthOf(-1)], body }),
	noNumber: (body: Buffer) => ({ headers: [lengthOf('many')], body }),
	none: (body: Buffer) => ({ headers: [], body }),
	identity: (body: Buffer) => ({
		headers: ['Transfer-Encoding: identity', lengthOf(body.length)],
		body,
	}),
};

/** The server waits for more after these, so that there may be no answer. */
const UNFINISHED: Framing[] = ['tooLong', 'neverEnds', 'chunkSizeWrong', 'twice'];

export const isUnfinished = ({ framing, hangUpAt }: Attack) =>
	hangUpAt !== undefined || UNFINISHED.includes(framing);

/**
 * Whether n8n itself may never be done with it, as it reads the body before it asks a node: a multipart
 * body without an end, or XML, of which it reads one at a time with a parser that an error confuses.
 */
export function mayHang({ headers, body, framing }: Attack): boolean {
	const has = (pattern: RegExp) => headers.some((header) => pattern.test(header));
	if (has(/^content-type:.*xml/i)) return true;
	if (!has(/^content-type:.*multipart/i)) return false;
	const isEnded = framing === 'right' && body.toString('latin1').endsWith(`--${BOUNDARY}--\r\n`);
	return !isEnded || has(/^content-(encoding|length)/i) || has(/boundary=b/);
}

/** The bytes of the request, up to where the stranger hangs up. */
export function toBytes(attack: Attack, host: string, path: string): Buffer {
	const framed = FRAMINGS[attack.framing](attack.body);
	const hosts = attack.headers.some((header) => /^host:/i.test(header)) ? [] : [`Host: ${host}`];
	const head = [
		`${attack.method} ${attack.readdress(path)} HTTP/1.1`,
		...hosts,
		...attack.headers,
		...framed.headers,
		'Connection: close',
	];
	const bytes = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), framed.body]);
	const { hangUpAt = 1 } = attack;
	return bytes.subarray(0, Math.floor(hangUpAt * bytes.length));
}

const HOSTILE_NAMES = ['__proto__', 'constructor', '__proto__[admin]', 'constructor[prototype]'];
const NAMES = ['From', 'To', 'Body', 'MessageSid', 'NumMedia', 'MediaUrl0', 'decision', 'field-0'];
const HOSTILE_VALUES = [
	...['', ' ', '\0', '{{ $env.PATH }}', '={{ process.exit() }}', '../../etc/passwd'],
	...['<script>alert(1)</script>', '%', '%zz', '\ud800', '\u202e', "' OR 1=1 --", 'NaN', '1e999'],
	...['Approve', 'approve ', 'DECLINE', '["approve"]', '[object Object]', 'STOP', 'YES'],
];

const name = fc.oneof(fc.constantFrom(...HOSTILE_NAMES, ...NAMES), fc.string());
const value = fc.oneof(fc.constantFrom(...HOSTILE_VALUES), fc.string({ unit: 'binary' }));
const encode = (text: string) => encodeURIComponent(Buffer.from(text).toString());

/** Right in form, with names that come twice, and with escapes that are none. */
const formBody = fc
	.array(fc.tuple(name, value, fc.constantFrom(encode, encode, String)), { maxLength: 12 })
	.map((pairs) => pairs.map(([key, text, as]) => `${as(key)}=${as(text)}`).join('&'))
	.map((form) => Buffer.from(form));

const jsonBody = fc.oneof(
	fc.json(),
	fc.tuple(name, value).map(([key, text]) => `{${JSON.stringify(key)}:${JSON.stringify(text)}}`),
	fc.constantFrom(
		...[
			'',
			'{',
			'null',
			'[]',
			'"text"',
			'{"a":1,}',
			'\ufeff{}',
			'1e999',
			'{"decision":["approve"]}',
		],
		...['{"__proto__":{"decision":"approve"}}', '{"constructor":{"prototype":{"taken":true}}}'],
		...['{"data":{"decision":"approve"}}', '{"textAnswer":{"body":"YES"}}', '{"textAnswer":"YES"}'],
		...['{"textAnswer":{"body":"perhaps","messageSid":"SM1"}}', '{"textAnswer":{"body":["YES"]}}'],
		'['.repeat(20_000),
		'{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000),
	),
);

const xmlBody = fc.oneof(
	value.map((text) => `<From>${text}</From>`),
	fc.constantFrom(
		'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
		`<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${[...'bcdefgh'].map((entity, index) => `<!ENTITY ${entity} "${`&${'abcdefg'[index]};`.repeat(10)}">`).join('')}]><a>&h;</a>`,
		'<__proto__><decision>approve</decision></__proto__>',
		'<a>'.repeat(5_000),
		'<',
	),
);

const BOUNDARY = 'frontier';
const part = fc
	.tuple(
		name,
		value,
		fc.option(fc.constantFrom('../../x', 'a"b', '\0', 'ok.png'), { nil: undefined }),
	)
	.map(([field, content, file]) => {
		const fileName = file === undefined ? '' : `; filename="${file}"`;
		const disposition = `Content-Disposition: form-data; name="${field}"${fileName}`;
		return `--${BOUNDARY}\r\n${disposition}\r\n\r\n${content}\r\n`;
	});
const multipartBody = fc
	.tuple(fc.array(part, { maxLength: 6 }), fc.constantFrom(`--${BOUNDARY}--\r\n`, '', '--'))
	.map(([parts, end]) => parts.join('') + end);

const bytesBody = fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes));

/** As many small ones as large ones, in powers of two; few are above what n8n takes. */
const largeBody = fc
	.tuple(
		fc.double({ min: 0, max: 1, noNaN: true }),
		fc.constantFrom('A', '&', '=', '%', '\xff', '[0]='),
	)
	.map(([share, fill]) => Buffer.alloc(Math.floor(PAYLOAD_LIMIT ** share), fill, 'latin1'));

const anyBody = fc.oneof(
	{ weight: 6, arbitrary: formBody },
	{ weight: 3, arbitrary: jsonBody.map((text) => Buffer.from(text)) },
	{ weight: 2, arbitrary: multipartBody.map((text) => Buffer.from(text)) },
	{ weight: 2, arbitrary: xmlBody.map((text) => Buffer.from(text)) },
	{ weight: 3, arbitrary: bytesBody },
	{ weight: 1, arbitrary: fc.constant(Buffer.alloc(0)) },
);

const FORM = 'application/x-www-form-urlencoded';
const CONTENT_TYPES: Array<string[]> = [
	...[[FORM], [FORM], [FORM], [`${FORM}; charset=UTF-8`], ['application/json'], ['text/plain']],
	...[[`multipart/form-data; boundary=${BOUNDARY}`], ['multipart/form-data'], ['text/xml'], []],
	...[[`${FORM}; charset=utf-16`], [`${FORM}; charset=nonsense`], [`${FORM}x`], [`${FORM},`]],
	...[['application/json; charset=utf-7'], ['application/xml'], ['application/octet-stream']],
	...[[FORM, 'application/json'], ['application/json', FORM], ['nonsense'], ['/'], [';;;=']],
	[`multipart/form-data; boundary=${'b'.repeat(3_000)}`],
];

type Encoding = [header: string, encode: (body: Buffer) => Buffer];
const plain = (body: Buffer) => body;
const RIGHT_ENCODINGS: Encoding[] = [
	['gzip', gzipSync],
	['deflate', deflateSync],
	['br', (body) => brotliCompressSync(body)],
];
const WRONG_ENCODINGS: Encoding[] = [
	...['gzip', 'deflate', 'br', 'zstd', 'identity', 'nonsense', ''].map(
		(claim): Encoding => [claim, plain],
	),
	['br', gzipSync],
	['gzip', (body) => gzipSync(body).subarray(0, -5)],
	['gzip, gzip', (body) => gzipSync(gzipSync(body))],
];

const OTHER_METHODS = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const ODD_METHODS = ['TRACE', 'CONNECT', 'PROPFIND', 'PURGE', 'post', 'FOO', ''];

const READDRESSES: Array<(path: string) => string> = [
	...['/', '//', '/..', '/%2e%2e/', '%00', '%zz', '%ff', '%', '%2f', '/webhook', ';a=b'].map(
		(tail) => (path: string) => path + tail,
	),
	...['a=1', '__proto__[a]=1', 'a[b][c]=1', 'a=1&a=2', '%zz=%', 'decision=approve', ''].map(
		(query) => (path: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`,
	),
	(path) => `${path}?${'q'.repeat(9_000)}`,
	(path) => path.toUpperCase(),
	(path) => path.replace('/', '//'),
	(path) => `http://evil.example${path}`,
	(path) => path.slice(1),
	(path) => `${path}#fragment`,
	(path) => `/x/..${path}`,
];

const HEADER_TRICKS: string[][] = [
	['X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: https', 'X-Forwarded-For: 54.172.60.1'],
	['X-Forwarded-For: ::1, 127.0.0.1', 'X-Forwarded-Prefix: /..', 'X-Forwarded-Port: 0'],
	['Forwarded: for=127.0.0.1;host=evil.example;proto=https', 'X-Real-IP: 127.0.0.1'],
	['X-Original-URL: /rest/login', 'X-Rewrite-URL: /rest/login', 'X-HTTP-Method-Override: POST'],
	['Host: evil.example'],
	['Host: '],
	['Host: a', 'Host: b'],
	['Origin: https://evil.example', 'Access-Control-Request-Method: POST'],
	['Origin: null'],
	['Cookie: n8n-auth=eyJhbGciOiJub25lIn0.e30.', 'Authorization: Basic OjpvOg=='],
	['User-Agent: TwilioProxy/1.1', 'I-Twilio-Idempotency-Token: 1'],
	['User-Agent: Slackbot-LinkExpanding 1.0'],
	['X-Twilio-Signature: a', 'X-Twilio-Signature: b'],
	['Content-Length : 0'],
	['Expect: 100-continue'],
	['Expect: miracles'],
	['Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'],
	['Range: bytes=0-', 'If-None-Match: *', 'Accept: application/json', 'Accept-Encoding: nonsense'],
	[`X-Large: ${'x'.repeat(HEADER_LIMIT - 2_000)}`],
	[`X-Too-Large: ${'x'.repeat(HEADER_LIMIT)}`],
	Array.from({ length: 1_000 }, (_, index) => `X-${index}: 1`),
	[' folded: 1'],
	['No colon'],
	['X-Null: \0'],
	['X-High: \xff\xfe'],
	['__proto__: 1', 'constructor: 1', 'toString: 1'],
];

/** A signature that has the right length, or any other. */
const nonsenseSignature = fc
	.tuple(fc.nat(100), fc.constantFrom('A', '=', 'é', '+/'))
	.map(([length, fill]) => `X-Twilio-Signature: ${fill.repeat(length).slice(0, length)}`);

const PLAIN = {
	method: 'POST',
	readdress: (path: string) => path,
	framing: 'right' as Framing,
};

const signed = (contentTypes: string[], signature?: string) => [
	...contentTypes.map((type) => `Content-Type: ${type}`),
	...(signature === undefined ? [] : [signature]),
];
const contentType = fc.constantFrom(...CONTENT_TYPES);
const maybeSignature = fc.option(nonsenseSignature, { nil: undefined });
const headers = fc
	.tuple(contentType, maybeSignature)
	.map(([types, header]) => signed(types, header));

/** One thing is wrong with each of them beside what it holds, so that none hides another. */
export const strangers: fc.Arbitrary<Attack> = fc.oneof(
	...[
		fc.record({ headers, body: anyBody }).map((rest) => ({ ...PLAIN, ...rest, kind: 'any body' })),
		fc
			.record({ headers, body: anyBody, method: fc.constantFrom(...OTHER_METHODS, ...ODD_METHODS) })
			.map((rest) => ({ ...PLAIN, ...rest, kind: 'another method' })),
		fc
			.record({ headers, body: anyBody, readdress: fc.constantFrom(...READDRESSES) })
			.map((rest) => ({ ...PLAIN, ...rest, kind: 'another address' })),
		fc
			.record({
				headers,
				body: anyBody,
				encoding: fc.constantFrom(...RIGHT_ENCODINGS, ...WRONG_ENCODINGS),
			})
			.map(({ encoding: [claim, encoded], ...rest }) => ({
				...PLAIN,
				headers: [...rest.headers, `Content-Encoding: ${claim}`],
				body: encoded(rest.body),
				kind: 'an encoding',
			})),
		fc
			.record({
				headers,
				body: anyBody,
				framing: fc.constantFrom(...(Object.keys(FRAMINGS) as Framing[])),
			})
			.map((rest) => ({ ...PLAIN, ...rest, kind: 'where the body ends' })),
		fc
			.record({ headers, body: anyBody, more: fc.constantFrom(...HEADER_TRICKS) })
			.map(({ more, ...rest }) => ({
				...PLAIN,
				...rest,
				headers: [...rest.headers, ...more],
				kind: 'headers',
			})),
		fc
			.record({ headers, body: anyBody, hangUpAt: fc.double({ min: 0, max: 1, noNaN: true }) })
			.map((rest) => ({ ...PLAIN, ...rest, kind: 'hangs up' })),
		fc.record({ body: formBody, signature: nonsenseSignature }).map(({ body, signature }) => ({
			...PLAIN,
			headers: signed([FORM], signature),
			body,
			kind: 'a signature of nonsense',
		})),
	].map((arbitrary) => ({ weight: 12, arbitrary })),
	{
		weight: 2,
		arbitrary: fc
			.record({ headers, body: largeBody })
			.map((rest) => ({ ...PLAIN, ...rest, kind: 'a large body' })),
	},
);

/** What is above n8n's limit on the wire, or will be once it is unpacked; only a few of each. */
export const tooLarge: Attack[] = CONTENT_TYPES.slice(0, 8).flatMap((types) => {
	const body = Buffer.alloc(PAYLOAD_LIMIT + 1, 'a=1&');
	const attack = { ...PLAIN, kind: 'too large', headers: signed(types) };
	const bomb = gzipSync(Buffer.alloc(4 * PAYLOAD_LIMIT, 'a'));
	return [
		{ ...attack, body },
		{ ...attack, body, framing: 'chunked' as const },
		{ ...attack, headers: [...attack.headers, 'Content-Encoding: gzip'], body: bomb },
	];
});

export const formPost = (kind: string, form: string, more: string[] = []): Attack => ({
	...PLAIN,
	kind,
	headers: [`Content-Type: ${FORM}`, ...more],
	body: Buffer.from(form),
});
