import type { IBinaryKeyData, INodeParameters } from 'n8n-workflow';
import { runTwilioSms } from '../support/engine/engine';
import type { TwilioAccount } from '../support/twilioAccount';
import { PERSON, startTwilioAccount } from '../support/twilioAccount';

let twilio: TwilioAccount;

beforeEach(async () => {
	twilio = await startTwilioAccount();
});

afterEach(async () => await twilio.simulator.close());

const file = (mimeType: string, bytes = 10) => ({
	mimeType,
	data: Buffer.alloc(bytes).toString('base64'),
});

async function send(binary: IBinaryKeyData, parameters: INodeParameters = {}) {
	const operation = { resource: 'message', operation: 'send', to: PERSON, message: 'Look' };
	return await runTwilioSms(
		{ ...operation, options: { binaryProperties: 'data' }, ...parameters },
		twilio.credential,
		{ binary },
	);
}

// What n8n keeps in memory has no address, which is found out last.
it.each([
	['has no such field', {}, /no file in a field "data"/, /put out binary data/],
	[
		'has another field',
		{ photo: file('image/png') },
		/no file in a field "data"/,
		/Its files are in: photo/,
	],
	[
		'is a program',
		{ data: file('application/x-msdownload') },
		/takes no file of the type application\/x-msdownload \(field "data"\)/,
		/pictures \(JPEG, PNG, GIF\), PDF/,
	],
	[
		'is a web page',
		{ data: file('text/html') },
		/takes no file of the type text\/html/,
		/pictures/,
	],
	[
		'is a picture of more than 5 MB',
		{ data: file('image/png', 5_000_001) },
		/too large: 5,001 kB in all/,
		/5 MB in all/,
	],
	[
		'is a film of more than 500 kB',
		{ data: file('video/mp4', 500_001) },
		/"data" is too large: 501 kB/,
		/files that are not pictures at most 500 kB each/,
	],
	[
		'is kept in memory',
		{ data: file('image/png') },
		/keeps files in memory/,
		/N8N_DEFAULT_BINARY_DATA_MODE=filesystem/,
	],
])('says what to do before Twilio is asked, when the input %s', async (_, binary, what, remedy) => {
	const { error } = await send(binary);
	expect(error?.message).toMatch(what);
	expect(error?.description).toMatch(remedy);
	expect(error?.description).toMatch(/This message was not sent/);
	expect(twilio.account.requests).toEqual([]);
});

it('several files together may not be larger than a message', async () => {
	const binary = { a: file('image/png', 3_000_000), b: file('image/jpeg', 3_000_000) };
	const { error } = await send(binary, { options: { binaryProperties: 'a, b' } });
	expect(error?.message).toMatch(/6,000 kB in all/);
});

it.each(['application/pdf', 'Audio/OGG; codecs=opus', 'application/msword'])(
	'WhatsApp takes %s of more than 500 kB',
	async (type) => {
		const { error } = await send({ data: file(type, 600_000) }, { channel: 'whatsapp' });
		// Nothing but where it is kept speaks against it.
		expect(error?.message).toMatch(/keeps files in memory/);
	},
);
