import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leaks } from '../../support/n8n/privacy';
import type { TwilioAccount } from '../../support/twilioAccount';
import { startTwilioAccount } from '../../support/twilioAccount';

let twilio: TwilioAccount;
let userFolder: string;
let trafficFile: string;

beforeAll(async () => {
	twilio = await startTwilioAccount();
});

afterAll(async () => await twilio.simulator.close());

beforeEach(async () => {
	userFolder = await mkdtemp(join(tmpdir(), 'n8n-privacy-'));
	trafficFile = join(userFolder, 'traffic.jsonl');
	await mkdir(join(userFolder, '.n8n'));
});

afterEach(async () => await rm(userFolder, { recursive: true, force: true }));

const line = (connection: string, peer: string, text: string) =>
	`${JSON.stringify({ connection, peer, data: Buffer.from(text).toString('base64') })}\n`;

const found = async (log = '') => await leaks({ userFolder, trafficFile, log });

it('lets the credential go to its own host', async () => {
	const { authToken } = twilio.account;
	const { host } = new URL(twilio.simulator.url);
	await writeFile(
		trafficFile,
		line('1', host, authToken) + line('2', 'api.twilio.com:443', authToken),
	);
	expect(await found()).toEqual([]);
});

it('finds a secret that goes elsewhere, in two pieces, too', async () => {
	const { authToken, apiKey } = twilio.account;
	await writeFile(
		trafficFile,
		line('1', '127.0.0.1:1', authToken.slice(0, 9)) +
			line('2', 'twilio.com.example.com:443', `${apiKey.sid}:${apiKey.secret}`) +
			line('1', '127.0.0.1:1', authToken.slice(9)),
	);
	expect(await found()).toEqual([
		'the Auth Token went to 127.0.0.1:1',
		"the API key's secret went to twilio.com.example.com:443",
	]);
});

it('finds the credential of one account at the host of another', async () => {
	const other = await startTwilioAccount();
	const { host } = new URL(twilio.simulator.url);
	await writeFile(trafficFile, line('1', host, other.account.authToken));
	await other.simulator.close();
	expect(await found()).toEqual([`the Auth Token went to ${host}`]);
});

it("finds a secret and a signed link in n8n's log", async () => {
	const link = 'https://n8n.example.com/webhook-waiting/12/abc?signature=0123abc';
	const { authToken } = twilio.account;
	expect(await found(`Started\nToken: ${authToken}\nAsk at ${link}.\n`)).toEqual([
		"the Auth Token is in n8n's log",
		`n8n's log has the signed link ${link}`,
	]);
});

it('finds a secret in a file of n8n, and a link that it sent is none', async () => {
	const { sid, authToken } = twilio.account;
	const header = Buffer.from(`${sid}:${authToken}`).toString('base64');
	await writeFile(
		join(userFolder, '.n8n/database.sqlite'),
		`\0data\0${header}\0/webhook-waiting/1?signature=0`,
	);
	expect(await found()).toEqual(["the Auth Token in a header is in n8n's file database.sqlite"]);
});
