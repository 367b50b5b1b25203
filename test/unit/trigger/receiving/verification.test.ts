import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

import { verifiedForm } from '../../../../nodes/TwilioSms/trigger/receiving/verification';

const TOKEN = '2b7e151628aed2a6abf7158809cf4f3c';
const OWN = 'https://n8n.example.com/webhook/3f2a7c1e-8b7d-4f6a-9a51-0c2d6f1e7b90/webhook';
const REGISTERED = OWN.replace('n8n.', 'old.');

const registered = (webhookUrl: string, kind = 'phoneNumber') => ({ kind, webhookUrl });

interface Request {
	/** For which address Twilio signed. */
	signedFor: string;
	registration?: IDataObject;
	mode?: string;
	/** The address that n8n gives the trigger. */
	own?: string;
	publicUrl?: string;
	/** What was requested. */
	originalUrl?: string;
}

const log: string[] = [];
const getCredentials = jest.fn(async () => ({ authToken: TOKEN }));

beforeEach(() => {
	log.length = 0;
	getCredentials.mockClear();
});

async function isVerified(request: Request): Promise<boolean> {
	const { signedFor, registration, mode = 'webhook', own = OWN, publicUrl = '' } = request;
	const { originalUrl = new URL(own).pathname } = request;
	const n8n = {
		getWorkflowStaticData: () => ({ registration }),
		getMode: () => mode,
		getNodeWebhookUrl: () => own,
		getNodeParameter: () => publicUrl,
		getRequestObject: () => ({ rawBody: Buffer.from('Body=Hello'), originalUrl }),
		getHeaderData: () => ({
			'x-twilio-signature': getExpectedTwilioSignature(TOKEN, signedFor, { Body: 'Hello' }),
			'content-type': 'application/x-www-form-urlencoded',
		}),
		getNode: () => ({ name: 'Twilio SMS Trigger' }),
		getCredentials,
		logger: { warn: (line: string) => log.push(line) },
	};
	const form = await verifiedForm(n8n as unknown as IWebhookFunctions);
	if (form) expect(form.get('Body')).toBe('Hello');
	return form !== undefined;
}

describe('a request is taken that was signed', () => {
	it.each<[string, Request]>([
		[
			'for the address that was registered, although n8n has another now',
			{ signedFor: REGISTERED, registration: registered(REGISTERED) },
		],
		['for the address that n8n has, where it lost what was registered', { signedFor: OWN }],
		[
			'for the address that n8n has, where something out of date is registered',
			{ signedFor: OWN, registration: registered(REGISTERED) },
		],
		[
			'for the public address of the trigger, where n8n lost what was registered',
			{
				signedFor: OWN.replace('n8n.', 'public.'),
				publicUrl: 'https://public.example.com',
			},
		],
		[
			'for the address of a test listen',
			{ signedFor: REGISTERED, registration: registered(REGISTERED), mode: 'manual' },
		],
		[
			'for an address that was entered by hand',
			{ signedFor: REGISTERED, registration: registered(REGISTERED, 'manual') },
		],
		[
			'for one that was entered by hand with a query of its own',
			{
				signedFor: `${REGISTERED}?order=7&ask=why?`,
				registration: registered(REGISTERED, 'manual'),
				originalUrl: '/webhook/1/webhook?order=7&ask=why?',
			},
		],
	])('%s', async (_, request) => {
		expect(await isVerified(request)).toBe(true);
		expect(log).toEqual([]);
	});
});

describe('a request is rejected that was signed', () => {
	it.each<[string, Request]>([
		['for neither', { signedFor: 'https://evil.example/', registration: registered(REGISTERED) }],
		[
			'with a query that nobody entered by hand',
			{
				signedFor: `${REGISTERED}?order=7`,
				registration: registered(REGISTERED),
				originalUrl: '/webhook/1/webhook?order=7',
			},
		],
		[
			'without the query that it has',
			{
				signedFor: REGISTERED,
				registration: registered(REGISTERED, 'manual'),
				originalUrl: '/webhook/1/webhook?order=7',
			},
		],
		[
			'for the production address while a test listen is on',
			{ signedFor: OWN, registration: registered(REGISTERED), mode: 'manual' },
		],
	])('%s', async (_, request) => {
		expect(await isVerified(request)).toBe(false);
		expect(log).toEqual([
			expect.stringMatching(
				/^Twilio SMS Trigger: a request was rejected because it is not signed by this account for/,
			),
		]);
	});

	it.each<[string, Partial<Request>]>([
		['in a test listen', { mode: 'manual' }],
		['and n8n has no address', { own: '', originalUrl: '/' }],
		['and its public address is none', { publicUrl: 'not an address' }],
	])('while nothing is registered %s, and the log says so', async (_, request) => {
		expect(await isVerified({ signedFor: OWN, ...request })).toBe(false);
		expect(log).toEqual([
			'Twilio SMS Trigger: a request was rejected because this trigger is not registered with Twilio',
		]);
	});
});

it('an address that is registered and the present one is tried once', async () => {
	const signedFor = 'https://evil.example/';
	expect(await isVerified({ signedFor, registration: registered(OWN) })).toBe(false);
	expect(getCredentials).toHaveBeenCalledTimes(1);
});
