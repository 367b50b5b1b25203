import type { IWebhookFunctions } from 'n8n-workflow';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

import type { signedForm as SignedForm } from '../../../nodes/TwilioSms/twilio/signedForm';

const FORM = 'application/x-www-form-urlencoded';
const TOKEN = '2b7e151628aed2a6abf7158809cf4f3c';
const WEBHOOK = 'https://n8n.example.com/webhook/1/webhook';

let signedForm: typeof SignedForm;

// Tokens are remembered from one request to the next.
beforeEach(async () => {
	jest.resetModules();
	({ signedForm } = await import('../../../nodes/TwilioSms/twilio/signedForm'));
});

interface Request {
	/** With which Twilio signs. */
	token?: string;
	/** As the user entered it; `undefined` where the credential is gone. */
	authToken?: string;
	credentials?: object;
	headers?: Record<string, string | undefined>;
	body?: string;
	rawBody?: Buffer;
}

/** Posts as Twilio does; `reads` counts how often n8n is asked for the credential. */
async function post(request: Request = {}, url = WEBHOOK) {
	const { token = TOKEN, body = 'Body=Hello&From=%2B14155550123' } = request;
	const signature = getExpectedTwilioSignature(
		token,
		WEBHOOK,
		Object.fromEntries(new URLSearchParams(body)),
	);
	const headers = { 'x-twilio-signature': signature, 'content-type': FORM, ...request.headers };
	const { authToken } = { authToken: TOKEN, ...request };
	const getCredentials = jest.fn(async () => {
		if (authToken === undefined) throw new Error('Credential with ID "1" does not exist');
		return { authToken };
	});
	const { credentials } = {
		credentials: { twilioSmsApi: { id: '1', name: 'Twilio' } },
		...request,
	};
	const context = {
		getRequestObject: () => ({ rawBody: Buffer.from(body), ...request }),
		getHeaderData: () => headers,
		getNode: () => ({ credentials }),
		getCredentials,
	};
	const answer = await signedForm(context as unknown as IWebhookFunctions, url);
	return { ...answer, reads: getCredentials.mock.calls.length };
}

it('gives what Twilio signed and posted', async () => {
	const { form, rejected } = await post();
	expect([...form!]).toEqual([
		['Body', 'Hello'],
		['From', '+14155550123'],
	]);
	expect(rejected).toBeUndefined();
});

it.each([FORM, `${FORM}; charset=UTF-8`, `${FORM} ;charset=utf-8`, FORM.toUpperCase()])(
	'takes a form by every spelling of its type: %s',
	async (contentType) => {
		expect(await post({ headers: { 'content-type': contentType } })).toHaveProperty('form');
	},
);

it.each<[string, Request]>([
	['it has no X-Twilio-Signature', { headers: { 'x-twilio-signature': undefined } }],
	['its body is not a form', { headers: { 'content-type': undefined } }],
	['its body is not a form', { headers: { 'content-type': 'application/json' } }],
	['its body is not a form', { headers: { 'content-type': `text/plain, ${FORM}` } }],
	['its body is not a form', { headers: { 'content-type': `${FORM}-data` } }],
	['its body is empty or too large', { body: '' }],
	['its body is empty or too large', { rawBody: undefined }],
	['its body is empty or too large', { body: `Body=${'a'.repeat(256 * 1024 - 4)}` }],
	['the credential could not be read', { authToken: undefined }],
	[`it is not signed by this account for ${WEBHOOK}`, { token: 'f'.repeat(32) }],
	[`it is not signed by this account for ${WEBHOOK}`, { authToken: '', token: '' }],
])('says why it cannot have been Twilio: %s', async (reason, request) => {
	expect(await post(request)).toMatchObject({ rejected: reason });
});

it('says so without the query of the address, which may hold a secret', async () => {
	const { rejected } = await post({}, `${WEBHOOK}?key=s3cret`);
	expect(rejected).toBe(`it is not signed by this account for ${WEBHOOK}`);
});

it('takes the longest body that is not too large', async () => {
	const body = `Body=${'a'.repeat(256 * 1024 - 5)}`;
	expect(await post({ body })).toHaveProperty('form');
});

it('takes a token with blanks around it', async () => {
	expect(await post({ authToken: ` ${TOKEN}\n` })).toHaveProperty('form');
});

describe('n8n is asked for the credential', () => {
	const known = (id: string | null) => ({ twilioSmsApi: { id, name: 'Twilio' } });

	it('once a minute', async () => {
		const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
		expect(await post()).toMatchObject({ reads: 1 });
		clock.mockReturnValue(1_059_999);
		const again = await post();
		expect(again).toMatchObject({ reads: 0 });
		expect(again.form?.get('Body')).toBe('Hello');
		clock.mockReturnValue(1_060_000);
		expect(await post()).toMatchObject({ reads: 1 });
		clock.mockRestore();
	});

	it('at once when the token that is remembered has signed nothing', async () => {
		await post();
		const token = 'a'.repeat(32);
		expect(await post({ token, authToken: token })).toHaveProperty('form');
		expect(await post({ token })).toMatchObject({ reads: 0 });
		expect(await post({ token: TOKEN, authToken: token })).toHaveProperty('rejected');
	});

	it('for each credential by itself', async () => {
		const authToken = 'a'.repeat(32);
		await post();
		expect(await post({ credentials: known('2'), token: authToken, authToken })).toMatchObject({
			reads: 1,
		});
		expect(await post({ authToken })).toMatchObject({ reads: 0 });
	});

	it.each([[undefined], [{}], [known(null)]])(
		'each time where it has no id to be remembered by: %j',
		async (credentials) => {
			expect(await post({ credentials })).toMatchObject({ reads: 1 });
			const again = await post({ credentials });
			expect(again).toMatchObject({ reads: 1 });
			expect(again).toHaveProperty('form');
		},
	);

	it('anew for a thousand when there are more', async () => {
		for (let id = 0; id < 1000; id++) await post({ credentials: known(String(id)) });
		expect(await post({ credentials: known('0') })).toMatchObject({ reads: 0 });
		await post({ credentials: known('1000') });
		expect(await post({ credentials: known('0') })).toMatchObject({ reads: 1 });
		expect(await post({ credentials: known('1000') })).toMatchObject({ reads: 0 });
	});
});
