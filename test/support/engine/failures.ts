import type { Failure } from '../../simulator/fault';

/** Answers of Twilio, or of what stands between, that are no success, and connections that break. */
export const FAILURES: Array<[name: string, failure: Failure]> = [
	...[400, 401, 403, 404, 409, 500, 503].map((status): [string, Failure] => [
		`status ${status}`,
		{ status },
	]),
	['a gateway in HTML', { html: true }],
	['a captive portal', { status: 200, body: '<html>Welcome to the hotel</html>' }],
	['the JSON of somebody else', { status: 200, body: { ok: true } }],
	['truncated JSON', { status: 200, body: '{"sid":"SM' }],
	['an empty body', { status: 200, body: '' }],
	['a proxy that wants a password', { status: 407, body: '<html>' }],
	['a redirect to another host', { redirect: 'http://127.0.0.1:9/' }],
	['a connection cut before the request', 'reset-before'],
	['a connection cut after the request', 'reset-after'],
];

/** What keeps a connection from coming about, and how it is said. */
export const UNREACHABLE: Array<[name: string, baseUrl: string, reason: RegExp]> = [
	['nobody listens', 'http://127.0.0.1:9', /econnrefused/],
	['there is no such host', 'https://twilio.invalid', /enotfound|eai_again/],
];

/** The operations of the Twilio SMS node, in the order of their two dropdowns. */
export const OPERATIONS = [
	'message/send',
	'message/reply',
	'message/sendAndWait',
	'message/get',
	'message/getAll',
	'message/cancel',
	'message/redact',
	'message/delete',
	'message/sendFeedback',
	'message/downloadMedia',
	'phoneNumber/get',
	'phoneNumber/getAll',
	'phoneNumber/checkIncoming',
	'phoneNumber/lookup',
] as const;

/** What the trigger asks of Twilio when the workflow is published. */
export const PUBLISHING = [
	'finding the number',
	'asking the Messaging Services',
	'setting the webhook',
];
