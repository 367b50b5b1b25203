import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import type { Failure } from '../simulator/fault';
import { newMessage } from '../simulator/message';
import { runTwilioSms } from '../support/engine/engine';
import { FAILURES, OPERATIONS, UNREACHABLE } from '../support/engine/failures';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';
import { withUntrustedServer } from '../support/untrustedServer';

/** What each operation needs to be there. */
const PARAMETERS: Record<(typeof OPERATIONS)[number], INodeParameters> = {
	'message/send': { to: PERSON, message: 'Hello' },
	'message/reply': { message: 'Hello' },
	'message/sendAndWait': { to: PERSON, message: 'Hello?', responseType: 'delivery' },
	'message/get': {},
	'message/getAll': {},
	'message/cancel': {},
	'message/redact': {},
	'message/delete': {},
	'message/sendFeedback': {},
	'message/downloadMedia': {},
	'phoneNumber/get': {},
	'phoneNumber/getAll': {},
	'phoneNumber/checkIncoming': {},
	'phoneNumber/lookup': { phoneNumber: PERSON },
};

const running: TwilioAccount[] = [];

afterEach(async () => {
	await Promise.all(running.splice(0).map(async ({ simulator }) => await simulator.close()));
});

/** An account of its own, with a message that came in and one that went out. */
async function startAccount() {
	const twilio = await startTwilioAccount({ statusDelay: 60_000 });
	running.push(twilio);
	const { account } = twilio;
	const made = { accountSid: account.sid, body: 'Hello', numMedia: 0 } as const;
	const message = newMessage({
		...made,
		from: OUR_NUMBER,
		to: PERSON,
		direction: 'outbound-api',
		status: 'delivered',
	});
	account.addMessage(message);
	return { ...twilio, message };
}

async function run(
	twilio: TwilioAccount,
	messageSid: string,
	name: (typeof OPERATIONS)[number],
	credential: ICredentialDataDecryptedObject = twilio.credential,
) {
	const [resource, operation] = name.split('/');
	const incoming = { messageSid, from: PERSON, to: OUR_NUMBER };
	return await runTwilioSms(
		{ messageSid, ...PARAMETERS[name], resource, operation, options: { busyTimeout: 0 } },
		credential,
		{ items: [incoming], publicUrl: 'https://n8n.example.com' },
	);
}

const isCreation = ({ method, path }: { method: string; path: string }) =>
	method === 'POST' && path.endsWith('/Messages.json');

async function expectToFail(
	operation: (typeof OPERATIONS)[number],
	failure: Failure,
	credential: 'credential' | 'apiKeyCredential',
): Promise<void> {
	const { message, ...twilio } = await startAccount();
	const { account } = twilio;
	const numbers = JSON.stringify(account.resources.numbers);
	const before = JSON.stringify(account.messages);
	account.conditions.fail({ with: failure, times: Infinity });
	const { items, error } = await run(twilio, message.sid, operation, twilio[credential]);
	const said = `${operation}: ${error?.message} ${error?.description}`;

	expect([operation, items]).toEqual([operation, []]);
	expect(said).toMatch(/: .{10,} .{10,}/s);
	const all = JSON.stringify([error, error?.message, error?.description]);
	expect(all).not.toContain(account.authToken);
	expect(all).not.toContain(account.apiKey.secret);
	// Nothing was done, or only what Twilio did before the answer was lost.
	expect(account.requests.filter(isCreation).length).toBeLessThanOrEqual(1);
	expect(JSON.stringify(account.resources.numbers)).toBe(numbers);
	if (failure !== 'reset-after') expect(JSON.stringify(account.messages)).toBe(before);
}

describe.each(FAILURES)('when Twilio is %s', (_, failure) => {
	it('every operation says what is wrong and what to do, and does nothing twice', async () => {
		const all = OPERATIONS.flatMap((operation) => [
			expectToFail(operation, failure, 'credential'),
			expectToFail(operation, failure, 'apiKeyCredential'),
		]);
		await Promise.all(all);
	}, 30_000);
});

it('when Twilio is slow, every operation that can succeeds, and nothing is done twice', async () => {
	await Promise.all(
		OPERATIONS.map(async (operation) => {
			const { message, ...twilio } = await startAccount();
			twilio.account.conditions.fail({ with: { delay: 1_500 }, times: Infinity });
			const { error } = await run(twilio, message.sid, operation);
			// A message that was delivered cannot be canceled any more.
			const expected = operation === 'message/cancel' ? /^Only a scheduled message/ : /^$/;
			expect(`${error?.message ?? ''}`).toMatch(expected);
			expect(twilio.account.requests.filter(isCreation).length).toBeLessThanOrEqual(1);
		}),
	);
}, 30_000);

// The operations without options wait for two minutes.
it.each(OPERATIONS.slice(0, 3))(
	'when Twilio is too busy for too long, %s says so',
	async (operation) => {
		const { message, ...twilio } = await startAccount();
		twilio.account.conditions.fail({ with: { status: 429 }, times: Infinity });
		const { items, error } = await run(twilio, message.sid, operation);
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/Twilio takes no more requests from this account at the moment/);
		expect(error?.description).toMatch(/Twilio did nothing with this request/);
	},
);

describe('when Twilio cannot be reached', () => {
	async function sayAll(baseUrl: string): Promise<string[]> {
		const { message, ...twilio } = await startAccount();
		const credential = { ...twilio.credential, baseUrl };
		const runs = OPERATIONS.map(async (operation) => {
			const { items, error } = await run(twilio, message.sid, operation, credential);
			expect([operation, items]).toEqual([operation, []]);
			return `${error?.message}\n${error?.description}`;
		});
		return await Promise.all(runs);
	}

	it.each(UNREACHABLE)(
		'as %s, every operation says that nothing was sent',
		async (_, baseUrl, reason) => {
			for (const said of await sayAll(baseUrl)) {
				expect(said).toMatch(/could not be reached, so nothing was changed or sent/);
				expect(said).toMatch(reason);
			}
		},
		30_000,
	);

	it('as its certificate is not valid, every operation says that nothing was sent', async () => {
		await withUntrustedServer(async (url) => {
			for (const said of await sayAll(url)) {
				expect(said).toMatch(/could not be reached, so nothing was changed or sent/);
				expect(said).toMatch(/no valid certificate.*NODE_EXTRA_CA_CERTS/s);
			}
		});
	}, 30_000);
});
