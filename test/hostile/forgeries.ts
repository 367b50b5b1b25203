import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { Attack } from './attack';
import { formPost } from './attack';

/** What a stranger would need: the Auth Token, and the address that Twilio signs for. */
export interface Secret {
	authToken: string;
	url: string;
}

type Fields = Record<string, string>;

const header = (signature: string) => `X-Twilio-Signature: ${signature}`;
const encoded = (fields: Fields) => new URLSearchParams(fields).toString();

/** A text, never the same one twice. */
export function textOf(index: number, body: string): Fields {
	const MessageSid = `SM${index.toString(16).padStart(32, '0')}`;
	const numbers = { From: '+14155550123', To: '+14155550100' };
	return { MessageSid, ...numbers, Body: Buffer.from(body).toString(), NumMedia: '0' };
}

/** A text as Twilio itself would send it. */
export function signedText({ authToken, url }: Secret, fields: Fields): Attack {
	const signature = getExpectedTwilioSignature(authToken, url, fields);
	return formPost('a signed text that never ends', encoded(fields), [header(signature)]);
}

/** Makes almost the right signature. None of them is what Twilio sends. */
type Forge = (right: string, fields: Fields, secret: Secret) => string;

const sign = (token: string, url: string, fields: Fields) =>
	getExpectedTwilioSignature(token, url, fields);
const hmac = (hash: string, { authToken, url }: Secret, parameters: string[]) =>
	createHmac(hash, authToken).update(url + parameters.join(''));
const joined = (fields: Fields) =>
	Object.keys(fields)
		.sort()
		.map((name) => name + fields[name]);

const WRONG_URLS: Array<(url: string) => string> = [
	(url) => `${url}/`,
	(url) => `${url}?a=1`,
	(url) => url.replace('http:', 'https:'),
	(url) => url.replace('127.0.0.1', 'localhost'),
	(url) => url.replace('/webhook/', '/webhook-test/'),
	(url) => url.replace(/:\d+/, ':1'),
	(url) => url.toUpperCase(),
	() => '',
];

const FORGERIES: Array<[kind: string, forge: Forge]> = [
	...WRONG_URLS.map((change): [string, Forge] => [
		'signed for another address',
		(_right, fields, { authToken, url }) => sign(authToken, change(url), fields),
	]),
	[
		'signed in another order',
		(_right, fields, secret) => hmac('sha1', secret, joined(fields).reverse()).digest('base64'),
	],
	[
		'signed without order',
		(_right, fields, secret) => hmac('sha1', secret, [encoded(fields)]).digest('base64'),
	],
	[
		'signed with another hash',
		(_right, fields, secret) => hmac('sha256', secret, joined(fields)).digest('base64'),
	],
	['signed in hex', (_right, fields, secret) => hmac('sha1', secret, joined(fields)).digest('hex')],
	['signed with another key', (_right, fields, { url }) => sign('f'.repeat(32), url, fields)],
	['signed with no key', (_right, fields, { url }) => sign('', url, fields)],
	[
		'signed for another text',
		(_right, fields, { authToken, url }) =>
			sign(authToken, url, { ...fields, Body: `${fields.Body}.` }),
	],
	[
		'signed with a field more',
		(_right, fields, { authToken, url }) => sign(authToken, url, { ...fields, Extra: '1' }),
	],
	['a letter too few', (right) => right.slice(0, -1)],
	['a letter too many', (right) => `${right}=`],
	['one letter changed', (right) => (right.startsWith('A') ? 'B' : 'A') + right.slice(1)],
	[
		'in the other case',
		(right) =>
			right.replace(/[a-z]/gi, (letter) =>
				letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
			),
	],
	['twice in one', (right) => `${right}, ${right}`],
	['twice', (right) => `${right}\r\nX-Twilio-Signature: ${right}`],
	['behind another', (right) => `AAAA\r\nX-Twilio-Signature: ${right}`],
	['in quotes', (right) => `"${right}"`],
];

const byLength = (right: string, length: number) => right.repeat(4).slice(0, length);

/** Texts whose signature was made with the right key and all the same is not theirs. */
export const forgeries = (secret: Secret): fc.Arbitrary<Attack> => {
	const fields = fc.tuple(fc.nat(), fc.string()).map(([index, body]) => textOf(index, `a${body}`));
	const right = (text: Fields) => sign(secret.authToken, secret.url, text);
	return fc.oneof(
		{
			weight: 6,
			arbitrary: fc
				.tuple(fields, fc.constantFrom(...FORGERIES))
				.map(([text, [kind, forge]]) =>
					formPost(kind, encoded(text), [header(forge(right(text), text, secret))]),
				),
		},
		{
			weight: 2,
			arbitrary: fc
				// 28 letters are all of it.
				.tuple(
					fields,
					fc.nat(100).filter((length) => length !== 28),
				)
				.map(([text, length]) =>
					formPost('cut to another length', encoded(text), [header(byLength(right(text), length))]),
				),
		},
		{
			weight: 2,
			arbitrary: fc
				.tuple(fields, fc.constantFrom('GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'))
				.map(([text, method]) => ({
					...signedText(secret, text),
					method,
					kind: 'signed, but no POST',
				})),
		},
		{
			weight: 2,
			arbitrary: fc
				.tuple(
					fields,
					fc.constantFrom('application/json', 'text/plain', 'multipart/form-data; boundary=a'),
				)
				.map(([text, type]) => ({
					...signedText(secret, text),
					headers: [`Content-Type: ${type}`, header(right(text))],
					kind: 'signed, but no form',
				})),
		},
		{
			weight: 1,
			arbitrary: fields.map((text) => {
				const large = { ...text, Body: 'a'.repeat(300 * 1024) };
				return { ...signedText(secret, large), kind: 'signed, but far too long' };
			}),
		},
	);
};

const RIGHT_ANSWER = 'decision=approve';

/** The right answer to the question on the page, of a kind that must not count. */
export const almostAnswers: fc.Arbitrary<Attack> = fc.oneof(
	fc
		.constantFrom('PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'GET')
		.map((method) => ({ ...formPost('an answer, but no POST', RIGHT_ANSWER), method })),
	fc
		.constantFrom('text/plain', 'application/octet-stream', 'nonsense', 'multipart/form-data')
		.map((type) => ({
			...formPost('an answer, but no form', RIGHT_ANSWER),
			headers: [`Content-Type: ${type}`],
		})),
	fc
		.constantFrom(
			...['decision=approve&decision=approve', 'decision=approve&decision=decline', 'decision='],
			...['decision=Approve', 'decision=approve%00', 'decision=%20approve', 'decision[]=approve'],
			...['Decision=approve', 'decision=true', 'approved=true', 'data[decision]=approve'],
			...['__proto__[decision]=approve', 'constructor[prototype][decision]=approve', 'round=0'],
		)
		.map((form) => formPost('nearly an answer', form)),
	fc
		.constantFrom<Array<(path: string) => string>>(
			(path) => path.replace(/signature=.*/, ''),
			(path) => path.replace('signature=', 'Signature='),
			(path) => path.slice(0, -1),
			(path) => `${path}0`,
			(path) => path.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
			(path) =>
				path.replace(
					/signature=(.*)/,
					(_, right: string) => `signature=${right.toUpperCase().replace(/\d/g, '0')}`,
				),
			(path) => path.replace('signature=', 'signature=a&signature='),
			(path) => path.replace('?', '?round=1&'),
			(path) => path.replace(/\/(\d+)\//, (_, id: string) => `/${Number(id) + 1}/`),
			(path) => path.replace(/\/(\d+)\//, (_, id: string) => `/0${id}/`),
			(path) => path.replace(/\/(\d+)\//, '/-1/'),
			(path) => path.replace(/\/[^/]*\?/, '/other?'),
		)
		.map((readdress) => ({ ...formPost('an answer to another link', RIGHT_ANSWER), readdress })),
);

export const rightAnswer = formPost('an answer that never ends', RIGHT_ANSWER);
