import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import type { Failure } from '../simulator/fault';
import { newMessage } from '../simulator/message';
import { runTwilioSms } from '../support/engine/engine';
import { makeCertificate } from '../support/n8n/certificate';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';

/** Every operation, with what it needs to be there. */
const OPERATIONS: Array<[operation: string, parameters: INodeParameters]> = [
	['message/send', { to: PERSON, message: 'Hello' }],
	['message/reply', { message: 'Hello' }],
	['message/sendAndWait', { to: PERSON, message: 'Hello?', responseType: 'delivery' }],
	['message/get', {}],
	['message/getAll', {}],
	['message/cancel', {}],
	['message/redact', {}],
	['message/delete', {}],
	['message/sendFeedback', {}],
	['message/downloadMedia', {}],
	['phoneNumber/get', {}],
	['phoneNumber/getAll', {}],
	['phoneNumber/checkIncoming', {}],
	['phoneNumber/lookup', { phoneNumber: PERSON }],
];

const FAILURES: Array<[name: string, failure: Failure]> = [
	...[400, 401, 403, 404, 409, 500, 503].map((status): [string, Failure] => [
		String(status),
		{ status },
	]),
	['a gateway in HTML', { html: true }],
	['a captive portal', { status: 200, body: '<html>Welcome to the hotel</html>' }],
	['the JSON of somebody else', { status: 200, body: { ok: true } }],
	['truncated JSON', { status: 200, body: '{"sid":"SM' }],
	['nothing at all', { status: 200, body: '' }],
	['a proxy that wants a password', { status: 407, body: '<html>' }],
	['a redirect', { redirect: 'http://127.0.0.1:9/' }],
	['a connection cut before', 'reset-before'],
	['a connection cut after', 'reset-after'],
];

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
	[name, parameters]: (typeof OPERATIONS)[number],
	credential: ICredentialDataDecryptedObject = twilio.credential,
) {
	const [resource, operation] = name.split('/');
	const incoming = { messageSid, from: PERSON, to: OUR_NUMBER };
	return await runTwilioSms(
		{ messageSid, ...parameters, resource, operation, options: { busyTimeout: 0 } },
		credential,
		{ items: [incoming], publicUrl: 'https://n8n.example.com' },
	);
}

const isCreation = ({ method, path }: { method: string; path: string }) =>
	method === 'POST' && path.endsWith('/Messages.json');

describe.each(FAILURES)('when Twilio is %s', (_, failure) => {
	it('every operation says what is wrong and what to do, and does nothing twice', async () => {
		await Promise.all(
			OPERATIONS.map(async (operation) => {
				const { message, ...twilio } = await startAccount();
				const { account } = twilio;
				const numbers = JSON.stringify(account.resources.numbers);
				const before = JSON.stringify(account.messages);
				account.conditions.fail({ with: failure, times: Infinity });
				const { items, error } = await run(twilio, message.sid, operation);
				const said = `${operation[0]}: ${error?.message} ${error?.description}`;

				expect([operation[0], items]).toEqual([operation[0], []]);
				expect(said).toMatch(/: .{10,} .{10,}/s);
				const all = JSON.stringify([error, error?.message, error?.description]);
				expect(all).not.toContain(account.authToken);
				// Nothing was done, or only what Twilio did before the answer was lost.
				expect(account.requests.filter(isCreation).length).toBeLessThanOrEqual(1);
				expect(JSON.stringify(account.resources.numbers)).toBe(numbers);
				if (failure !== 'reset-after') expect(JSON.stringify(account.messages)).toBe(before);
			}),
		);
	}, 30_000);
});

// The operations without options wait for two minutes.
it.each(OPERATIONS.slice(0, 3))(
	'when Twilio is too busy for too long, %s says so',
	async (...operation) => {
		const { message, ...twilio } = await startAccount();
		twilio.account.conditions.fail({ with: { status: 429 }, times: Infinity });
		const { items, error } = await run(twilio, message.sid, operation);
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/Twilio takes no more requests from this account at the moment/);
		expect(error?.description).toMatch(/nothing was sent/);
	},
);

describe('when Twilio cannot be reached', () => {
	async function sayAll(baseUrl: string): Promise<string[]> {
		const { message, ...twilio } = await startAccount();
		const credential = { ...twilio.credential, baseUrl };
		const runs = OPERATIONS.map(async (operation) => {
			const { items, error } = await run(twilio, message.sid, operation, credential);
			expect([operation[0], items]).toEqual([operation[0], []]);
			return `${error?.message}\n${error?.description}`;
		});
		return await Promise.all(runs);
	}

	it.each([
		['nobody listens', 'http://127.0.0.1:9', /econnrefused/],
		['there is no such host', 'https://twilio.invalid', /enotfound|eai_again/],
	])(
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
		const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
		const certificate = await makeCertificate(folder, ['twilio.example.com']);
		const server = createServer(certificate).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		for (const said of await sayAll(`https://127.0.0.1:${port}`)) {
			expect(said).toMatch(/could not be reached, so nothing was changed or sent/);
			expect(said).toMatch(/no valid certificate.*NODE_EXTRA_CA_CERTS/s);
		}
		server.close();
		await rm(folder, { recursive: true });
	}, 30_000);
});
