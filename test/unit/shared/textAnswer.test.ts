import fc from 'fast-check';

import {
	readOutcome,
	readTextAnswer,
	signedPathIn,
	toRequestBody,
} from '../../../nodes/TwilioSms/shared/textAnswer';

const BASE = '/n8n/webhook-waiting';
const SIGNATURE = '0123456789abcdef'.repeat(4);
const PATH = `${BASE}/1234/b3f0a6b8-9c1f-4f1e-8f59-3b8f6c7d2a10?signature=${SIGNATURE}`;

describe('the link in a question', () => {
	it.each([
		`Refund?\nhttps://n8n.example.com${PATH}`,
		`Refund?\nhttp://old-tunnel.example.com:8080${PATH}`,
		`https://n8n.example.com${PATH}\n`,
	])('is found at its end, whatever its host is: %j', (text) => {
		expect(signedPathIn(text, BASE)).toBe(PATH);
	});

	it('says which of several questions in a loop it is', () => {
		const path = PATH.replace('?', '?round=2&');
		expect(signedPathIn(`https://n8n.example.com${path}`, BASE)).toBe(path);
	});

	it.each([
		['not at the end', `https://n8n.example.com${PATH} is where to answer`],
		['to another page of n8n', `https://n8n.example.com/rest/login?signature=${SIGNATURE}`],
		['that leaves its folder', `https://a.b${BASE}/../../rest/1/ask?signature=${SIGNATURE}`],
		['that leaves it encoded', `https://a.b${BASE}/1/..%2frest?signature=${SIGNATURE}`],
		['with more than it has', `https://a.b${PATH}&approved=true`],
		['with something in front', `https://a.b${PATH.replace('?', '?a=b&')}`],
		['with no signature', `https://a.b${BASE}/1/ask`],
		['with a short signature', `https://a.b${PATH.slice(0, -1)}`],
		['of an n8n under another path', `https://a.b/webhook-waiting/1/ask?signature=${SIGNATURE}`],
		['without a host', `https://${PATH}`],
		['to nowhere', ''],
	])('is no link %s', (_, text) => {
		expect(signedPathIn(text, BASE)).toBeUndefined();
	});

	it('never leads to another host, whatever the message is', () => {
		const part = fc.oneof(
			fc.constantFrom('https://', 'http://', '//', '@', ':', '\\', '#', '?', '/', '..', BASE),
			fc.string(),
		);
		fc.assert(
			fc.property(
				fc.array(part, { maxLength: 3 }),
				fc.array(part, { maxLength: 2 }),
				(front, more) => {
					const path = signedPathIn(`${front.join('')}https://a.b${more.join('')}${PATH}`, BASE);
					if (path === undefined) return;
					const url = new URL(`https://n8n.example.com${path}`);
					expect(url.host).toBe('n8n.example.com');
					expect(url.pathname.startsWith(`${BASE}/`)).toBe(true);
				},
			),
			{ numRuns: 3000 },
		);
	});
});

describe('what is posted to it', () => {
	const TEXT = { body: 'YES', messageSid: 'SM1' };

	it('arrives as it was sent', () => {
		const body: unknown = JSON.parse(JSON.stringify(toRequestBody(TEXT)));
		expect(readTextAnswer('application/json; charset=utf-8', body)).toEqual(TEXT);
	});

	it.each([
		['application/x-www-form-urlencoded', { textAnswer: TEXT }],
		['multipart/form-data; boundary=x', { data: { textAnswer: TEXT } }],
		['application/json', undefined],
		['application/json', null],
		['application/json', 'textAnswer'],
		['application/json', { textAnswer: 'YES' }],
		['application/json', { textAnswer: { body: 'YES' } }],
		['application/json', { textAnswer: { body: ['YES'], messageSid: 'SM1' } }],
		['application/json', { decision: 'approve' }],
	])('is nothing else: %s %j', (contentType, body) => {
		expect(readTextAnswer(contentType, body)).toBeUndefined();
	});
});

describe('what the node that waits says to it', () => {
	it('counts in our own words only', () => {
		expect(readOutcome({ taken: true, reply: 'Thanks' })).toEqual({ taken: true, reply: 'Thanks' });
		expect(readOutcome({ taken: true })).toEqual({ taken: true, reply: '' });
		expect(readOutcome({ taken: false })).toEqual({ taken: false });
	});

	it.each([
		undefined,
		'',
		'<html>',
		null,
		[],
		{ taken: 'true' },
		{ message: 'Workflow was started' },
	])('is not what n8n or somebody else says: %j', (body) =>
		expect(readOutcome(body)).toBeUndefined(),
	);
});
