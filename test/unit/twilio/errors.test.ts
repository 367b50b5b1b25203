import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import {
	asNodeError,
	canceledError,
	endlessListError,
	inputError,
	isErrorBody,
	isDenied,
	isNotFound,
	isRefused,
	isTemporary,
	noAnswerError,
	notTwilioCause,
	notTwilioError,
	refusedError,
	unknownOutcomeError,
	unknownOutcomeOf,
	unreachableError,
} from '../../../nodes/TwilioSms/twilio/errors';

const NODE: INode = {
	id: '1',
	name: 'Twilio SMS',
	type: 'n8n-nodes-twilio-sms.twilioSms',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

// The codes of failed connections, which n8n replaces, with all around them, by texts of its own.
const NETWORK_CODES = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ECONNRESET'];

describe('what Twilio refuses', () => {
	// As captured from Twilio, numbers altered.
	it.each([
		[
			401,
			{
				code: 20003,
				detail: '',
				message: 'Authenticate',
				more_info: 'https://www.twilio.com/docs/errors/20003',
				status: 401,
			},
			/Open the credential/,
			'Twilio did not accept this credential',
		],
		[
			404,
			{
				code: 20404,
				message: 'The requested resource /2010-04-01/Accounts//Messages.json was not found',
				more_info: 'https://www.twilio.com/docs/errors/20404',
				status: 404,
			},
			/Check the SID or number/,
			'Twilio has nothing under this SID or number',
		],
		[
			400,
			{
				code: 21211,
				message: "The 'To' number +6590000000 is not a valid phone number.",
				more_info: 'https://www.twilio.com/docs/errors/21211',
				status: 400,
			},
			/Check the recipient's number/,
			'+14155550123 is not a number that Twilio can text',
		],
		[
			400,
			{
				code: 21608,
				message:
					'The number +917000XXXX is unverified. Trial accounts cannot send messages to unverified numbers; verify +917000XXXX at twilio.com/user/account/phone-numbers/verified, or purchase a Twilio number to send messages to unverified numbers',
				more_info: 'https://www.twilio.com/docs/errors/21608',
				status: 400,
			},
			/Verified Caller IDs/,
			"This trial account can't text +14155550123 yet",
		],
	])(
		"is told in a user's words, with what to do, Twilio's words, the code and a link: %d",
		(status, body, advice, headline) => {
			const error = refusedError(NODE, status, body, { recipient: '+14155550123' });
			expect(error).toBeInstanceOf(NodeApiError);
			expect(error.message).toBe(headline);
			expect(error.description).toMatch(advice);
			expect(error.description).toContain(`Twilio says: "${body.message}"`);
			expect(error.description).toContain(
				`(Twilio error ${body.code}: https://www.twilio.com/docs/errors/${body.code})`,
			);
			expect(error.httpCode).toBe(String(status));
			expect(error.context.twilioCode).toBe(body.code);
			expect(error.node).toBe(NODE);
		},
	);

	it('is told as well in the shape of the newer Twilio APIs', () => {
		const error = refusedError(NODE, 400, {
			type: 'https://www.twilio.com/docs/errors/21211',
			title: 'Invalid parameter',
			status: 400,
			code: 21211,
			detail: "The 'To' number +65 is not a valid phone number.",
		});
		expect(error.description).toContain("The 'To' number +65 is not a valid phone number.");
		expect(error.description).toContain("Check the recipient's number.");
		expect(error.description).toContain('https://www.twilio.com/docs/errors/21211');
	});

	it.each([{}, { detail: '' }])('is told by its title where there is no more: %j', (rest) => {
		const error = refusedError(NODE, 400, { title: 'Invalid parameter', code: 99999, ...rest });
		expect(error.message).toBe('Invalid parameter');
	});

	it('links to the dictionary of errors when Twilio does not', () => {
		const error = refusedError(NODE, 400, { code: 21211, message: 'Invalid', status: 400 });
		expect(error.description).toContain(
			'(Twilio error 21211: https://www.twilio.com/docs/errors/21211)',
		);
	});

	it('links to the dictionary of errors when what Twilio links to is no text', () => {
		const error = refusedError(NODE, 400, { code: 21211, message: 'Invalid', more_info: 5 });
		expect(error.description).toContain('https://www.twilio.com/docs/errors/21211');
	});

	it('has the link of Twilio before any other', () => {
		const more_info = 'https://www.twilio.com/docs/api/errors/21211';
		const error = refusedError(NODE, 400, { code: 21211, message: 'Invalid', more_info });
		expect(error.description).toContain(`(Twilio error 21211: ${more_info})`);
	});

	it('has no code and no link when Twilio has none', () => {
		const error = refusedError(NODE, 404, {
			status: 404,
			message: 'The requested resource was not found',
		});
		expect(error.message).toBe('Twilio has nothing under this SID or number');
		expect(error.description).toMatch(
			/^Check the SID or number.*was not found" \(HTTP status 404\)$/,
		);
		expect(error.context.twilioCode).toBeUndefined();
	});

	it.each([
		['HTML', '<html><body>502 Bad Gateway</body></html>'],
		['XML', '<TwilioResponse><RestException><Status>400</Status></RestException></TwilioResponse>'],
		['nothing', undefined],
		['an empty text', ''],
		['null', null],
		['a number', 42],
		['a list', ['no']],
		['an object of somebody else', { error: { reason: 'no' } }],
		['an empty message', { message: '' }],
		['a message that is no text', { message: { text: 'no' }, code: 'toString' }],
		['a code that is no number', { code: { value: 1 }, more_info: 5 }],
	])('is told by its HTTP status when the answer is %s', (_, body) => {
		const error = refusedError(NODE, 502, body);
		expect(error.message).toBe('Twilio has a problem at the moment');
		expect(error.description).toBe(
			'The fault is with Twilio or the carrier. Try again later; status.twilio.com shows known problems. (HTTP status 502)',
		);
		expect(error.httpCode).toBe('502');
	});

	// n8n looks for codes such as EEXIST in any spelling and inside of words.
	it.each([
		...NETWORK_CODES.map((code) => `The StatusCallback https://example.com/${code} is not valid.`),
		"The 'StatusCallback' https://preexisting.example.com/sms is not a valid URL.",
	])("is told in Twilio's words even where n8n would put its own: %s", (message) => {
		expect(refusedError(NODE, 400, { code: 99999, message }).message).toBe(message);
		const { description } = refusedError(NODE, 400, { code: 21609, message });
		expect(description).toContain(message);
	});

	it('repeats nothing of the answer but its message, code and link', () => {
		const error = refusedError(NODE, 400, {
			code: 21211,
			message: 'Invalid',
			auth_token: 's3cret',
			details: { authorization: 's3cret' },
		});
		expect(JSON.stringify([error, error.description, error.errorResponse])).not.toContain('s3cret');
	});

	it.each([
		[429, true],
		[500, true],
		[502, true],
		[503, true],
		[400, false],
		[401, false],
		[403, false],
		[404, false],
		[302, false],
	])('may succeed later, or not: %d, %s', (status, expected) => {
		expect(isTemporary(refusedError(NODE, status, {}))).toBe(expected);
	});

	it('is told by its HTTP status when nobody has words for it', () => {
		expect(refusedError(NODE, 418, undefined).message).toBe('Twilio answered with HTTP status 418');
	});

	it('for a restricted API key names the permission that it lacks', () => {
		const body = { code: 20003, message: 'Permission Denied', status: 403 };
		const error = refusedError(NODE, 403, body, { permission: 'Messages (read)' });
		expect(error.message).toBe('This credential may not do this in Twilio');
		expect(error.description).toMatch(/permission for Messages \(read\).*"Permission Denied"/);
	});

	it('is refused for what is in it with 400 alone', () => {
		expect(isRefused(refusedError(NODE, 400, {}))).toBe(true);
		expect(isRefused(refusedError(NODE, 404, {}))).toBe(false);
		expect(isRefused(new NodeOperationError(NODE, '400'))).toBe(false);
		expect(isRefused({ httpCode: '400' })).toBe(false);
	});

	it.each([{ code: 20404 }, { message: 'No' }, { detail: 'No' }, { title: 'No' }])(
		'is known by its code or its words: %j',
		(body) => expect(isErrorBody(body)).toBe(true),
	);

	it.each([undefined, null, '', 'No', 7, {}, { message: '' }, { code: '20404' }, { error: 'No' }])(
		'is no answer of somebody else: %j',
		(body) => expect(isErrorBody(body)).toBe(false),
	);

	it('is a denial with any status of the client but those that pass', () => {
		for (const status of [400, 401, 403, 404]) {
			expect(isDenied(refusedError(NODE, status, {}))).toBe(true);
		}
		for (const status of [429, 500, 504]) {
			expect(isDenied(refusedError(NODE, status, {}))).toBe(false);
		}
		expect(isDenied(unreachableError(NODE, 'ECONNREFUSED'))).toBe(false);
		expect(isDenied(new NodeOperationError(NODE, '403'))).toBe(false);
		expect(isDenied({ httpCode: '403', context: {} })).toBe(false);
	});

	it('is "not found" with 404 alone', () => {
		expect(isNotFound(refusedError(NODE, 404, {}))).toBe(true);
		expect(isNotFound(refusedError(NODE, 400, { code: 20404 }))).toBe(false);
		expect(isNotFound(refusedError(NODE, 500, {}))).toBe(false);
		expect(isNotFound(new NodeOperationError(NODE, '404'))).toBe(false);
		expect(isNotFound({ httpCode: '404' })).toBe(false);
	});
});

describe('a connection that failed', () => {
	it.each(NETWORK_CODES)('before Twilio was reached changed nothing, and says so: %s', (code) => {
		const error = unreachableError(NODE, code);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe('Twilio could not be reached, so nothing was changed or sent');
		expect(error.description).toMatch(/^Check the internet connection.*region.*try again/);
		expect(error.description!.toUpperCase()).toContain(code);
		expect(isTemporary(error)).toBe(true);
	});

	it.each([...NETWORK_CODES, 'ETIMEDOUT'])('during a read can be tried again: %s', (code) => {
		const error = noAnswerError(NODE, code);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe('Twilio did not answer');
		expect(error.description).toMatch(/^Check the internet connection.*try again/);
		expect(error.description!.toUpperCase()).toContain(code);
		expect(isTemporary(error)).toBe(true);
	});

	it.each([
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'ERR_SSL_WRONG_VERSION_NUMBER',
		'EPROTO',
	])('as it was not secure says where the fault may be: %s', (code) => {
		const { message, description } = unreachableError(NODE, code);
		expect(message).toBe('Twilio could not be reached, so nothing was changed or sent');
		expect(description).toMatch(/certificate.*region or Base URL.*clock.*NODE_EXTRA_CA_CERTS/);
		expect(description).toContain(`(Reason: ${code.toLowerCase()})`);
	});

	it.each(['Twilio failed with HTTP status 503.', 'The answer did not arrive.'])(
		'while a message was sent says where to look before it is sent again: %s',
		(cause) => {
			const error = unknownOutcomeError(NODE, '+14155550123', cause);
			expect(error).toBeInstanceOf(NodeApiError);
			expect(error.message).toBe('It is not known whether Twilio sent the message to +14155550123');
			expect(error.description).toMatch(
				/not sent again.*Monitor > Logs > Messaging.*Get Many.*only if it is not there/,
			);
			expect(unknownOutcomeOf(error)).toEqual({ recipient: '+14155550123', cause });
			expect(error.description!.startsWith(`${cause} `)).toBe(true);
			expect(isTemporary(error)).toBe(false);
		},
	);
});

describe('an answer of somebody else than Twilio', () => {
	it('is told with its status, who was asked and what may be in between', () => {
		const error = notTwilioError(NODE, 200, 'api.twilio.com');
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe(
			'Something between n8n and Twilio answered, not Twilio (HTTP status 200)',
		);
		expect(error.description).toMatch(
			/HTTPS_PROXY.*firewall.*Base URL or region.*\(Asked: api\.twilio\.com\)$/,
		);
		expect(error.httpCode).toBe('200');
		expect(isTemporary(error)).toBe(true);
	});

	it('is told as the cause why it is not known whether a message went out', () => {
		expect(notTwilioCause(200)).toMatch(
			/^What answered was not Twilio \(HTTP status 200\)\..*HTTPS_PROXY/,
		);
	});

	it('that would never end is told with what to look at', () => {
		const error = endlessListError(NODE);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe("Twilio's list does not end");
		expect(error.description).toMatch(/"Limit" or a filter.*Base URL/);
		expect(isTemporary(error)).toBe(false);
	});
});

it('an execution that was canceled says so', () => {
	expect(canceledError(NODE)).toBeInstanceOf(NodeOperationError);
	expect(canceledError(NODE).message).toBe('The execution was canceled');
});

describe('what the user entered', () => {
	it.each(['"Anna" is not a phone number', '"preEXISTing" is not a phone number', 'ENOENT'])(
		'is repeated as it was entered: %s',
		(message) => {
			const error = inputError(NODE, message, 'Enter another.');
			expect(error).toBeInstanceOf(NodeOperationError);
			expect(error.message).toBe(message);
			expect(error.description).toBe('Enter another.');
			expect(unknownOutcomeOf(error)).toBeUndefined();
		},
	);
});

describe('any error', () => {
	it.each([
		['of Twilio', refusedError(NODE, 400, {})],
		['of n8n', new NodeOperationError(NODE, 'No')],
	])('of this node stays the same and learns its item: one %s', (_, error) => {
		expect(asNodeError(NODE, error)).toBe(error);
		expect(error.context.itemIndex).toBeUndefined();
		expect(asNodeError(NODE, error, 0)).toBe(error);
		expect(error.context.itemIndex).toBe(0);
		expect(asNodeError(NODE, error, 3).context.itemIndex).toBe(0);
	});

	it.each([
		['an error', new Error('No')],
		['another error', new TypeError('No')],
		['a text', 'No'],
	])('else becomes one: %s', (_, thrown) => {
		const error = asNodeError(NODE, thrown, 2);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe('No');
		expect(error.context.itemIndex).toBe(2);
		expect(error.node).toBe(NODE);
	});

	it.each([
		['an error', new Error('429')],
		['an object', { context: { isTemporary: true } }],
		['nothing', undefined],
		['a text', 'no'],
	])(
		'that Twilio did not cause is neither temporary nor a message that may have gone out: %s',
		(_, error) => {
			expect(isTemporary(error)).toBe(false);
			expect(unknownOutcomeOf(error)).toBeUndefined();
			expect(isNotFound(error)).toBe(false);
		},
	);
});
