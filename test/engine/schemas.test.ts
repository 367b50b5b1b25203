import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import Ajv from 'ajv';
import { loadOutputSchema } from 'n8n-core';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { newMessage } from '../simulator/message';
import { send } from '../simulator/outbound';
import type { NodeRun } from '../support/engine/engine';
import { runTwilioSms, toNodeRun, twilioSmsWorkflow } from '../support/engine/engine';
import { EngineWaiting } from '../support/engine/engineWaiting';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';

const NODE = join(__dirname, '../../nodes/TwilioSms');

const SCHEMAS = join(NODE, '__schema__/v1.0.0');

interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

let twilio: TwilioAccount;

beforeEach(async () => {
	twilio = await startTwilioAccount({ statusDelay: 60_000 });
	twilio.account.resources.number(OUR_NUMBER)!.sms_url = '';
});

afterEach(async () => await twilio.simulator.close());

/** A message of which Twilio knows everything that can be known, and one of which it does not. */
function twoMessages(): string[] {
	const content = { accountSid: twilio.account.sid, from: OUR_NUMBER, to: PERSON, body: 'Hello' };
	const messages = [1, 2].map(() =>
		newMessage({ ...content, direction: 'outbound-api', status: 'undelivered', numMedia: 0 }),
	);
	Object.assign(messages[0], {
		error_code: 30003,
		error_message: 'Unreachable',
		price: '-0.00750',
		date_sent: messages[0].date_created,
		messaging_service_sid: `MG${'0'.repeat(32)}`,
	});
	messages.forEach((message) => twilio.account.addMessage(message));
	return messages.map(({ sid }) => sid);
}

function scheduledMessage(): string {
	return send(twilio.account, {
		direction: 'outbound-api',
		to: PERSON,
		body: 'Hello',
		mediaUrls: [],
		service: twilio.account.resources.addService({ friendlyName: 'Shop', numbers: [OUR_NUMBER] }),
		sendAt: new Date(Date.now() + 3_600_000),
	}).sid;
}

async function receivedMessage(): Promise<string> {
	const media = [{ contentType: 'image/png', content: Buffer.from('picture') }];
	await twilio.account.receive({ from: PERSON, to: OUR_NUMBER, body: 'Look!', media });
	return twilio.account.messages.at(-1)!.sid;
}

/** The node's input: what Reply answers, and the others do not look at. */
const INCOMING = { messageSid: `SM${'0'.repeat(32)}`, from: PERSON, to: OUR_NUMBER, body: 'Hi' };

const bySid = (messageSids: string[]) => messageSids.map((messageSid) => ({ messageSid }));

/** For each operation, parameters that between them bring out every field it has. */
const runs: Record<string, () => INodeParameters[] | Promise<INodeParameters[]>> = {
	'message/send': () => [{ to: PERSON, message: 'Hello' }],
	'message/sendAndWait': () => [{ to: PERSON, message: 'Hello?' }],
	'message/reply': () => [{ message: 'Hello' }],
	'message/get': () => bySid(twoMessages()),
	'message/getAll': () => {
		twoMessages();
		return [{}];
	},
	'message/redact': () => bySid(twoMessages()),
	'message/cancel': () => bySid([scheduledMessage()]),
	'message/delete': () => bySid(twoMessages()),
	'message/sendFeedback': () => bySid(twoMessages()),
	'message/downloadMedia': async () => bySid([await receivedMessage(), ...twoMessages()]),
	'phoneNumber/get': () => [{}],
	'phoneNumber/getAll': () => [{}],
	'phoneNumber/checkIncoming': async () => {
		await receivedMessage();
		return [
			{},
			{ phoneNumber: twilio.account.resources.addNumber({ phoneNumber: PERSON }).phone_number },
		];
	},
	'phoneNumber/lookup': () => [
		{ phoneNumber: PERSON },
		{ phoneNumber: PERSON, options: { lineType: true } },
		{ phoneNumber: '+1 415' },
	],
};

/** What the node puts out in the end, if somebody has to approve it first. */
async function run(parameters: INodeParameters): Promise<NodeRun> {
	const input = { items: [INCOMING] };
	if (parameters.operation !== 'sendAndWait') {
		return await runTwilioSms(parameters, twilio.credential, input);
	}
	const engine = await new EngineWaiting(twilio.credential).listen();
	try {
		await engine.run(twilioSmsWorkflow(parameters, input));
		const [link] = /https:\S+$/.exec(String(twilio.account.messages.at(-1)?.body))!;
		const body = new URLSearchParams({ decision: 'approve' });
		await engine.request(link, { method: 'POST', body });
		return toNodeRun(await engine.goOn());
	} finally {
		await engine.close();
	}
}

/** The same schema for which no field may be missing and none may be too many. */
function strict(schema: Schema): object {
	const { properties, items, ...rest } = schema;
	const entries = Object.entries(properties ?? {}).map(([name, one]) => [name, strict(one)]);
	return {
		...rest,
		...(items && { items: strict(items) }),
		...(properties && {
			properties: Object.fromEntries(entries) as object,
			required: Object.keys(properties),
			additionalProperties: false,
		}),
	};
}

/** As n8n finds it. */
function schemaOf(name: string): Schema {
	const [resource, operation] = name.split('/');
	return loadOutputSchema({ nodeDir: NODE, version: 1, resource, operation }) as unknown as Schema;
}

describe.each(Object.keys(runs))('%s', (operation) => {
	it('puts out what its schema promises: every field, and no other', async () => {
		const [resource, name] = operation.split('/');
		const output: IDataObject[] = [];
		for (const parameters of await runs[operation]()) {
			const { items, error } = await run({ resource, operation: name, ...parameters });
			expect(error).toBeUndefined();
			output.push(...items.map(({ json }) => json));
		}
		const ajv = new Ajv({ allErrors: true, strict: false });
		const validate = ajv.compile(strict(schemaOf(operation)));
		expect(output).not.toEqual([]);
		for (const json of output) {
			validate(json);
			expect(validate.errors ?? []).toEqual([]);
		}
	});

	it('says of each field what it is besides null', () => {
		const { properties = {} } = schemaOf(operation);
		for (const { type } of Object.values(properties)) {
			expect([type].flat()[0]).toMatch(/^(string|integer|number|boolean|object|array)$/);
		}
	});
});

it('every schema belongs to an operation that there is', () => {
	const schemas = readdirSync(SCHEMAS, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.split(sep).join('/').replace('.json', ''));
	expect(schemas).toEqual(expect.arrayContaining(Object.keys(runs)));
	for (const schema of schemas) {
		// The operation with a folder of its own is named after that.
		const file = schema.replace(/.*\/sendAndWait$/, 'sendAndWait/operation');
		expect([schema, existsSync(join(NODE, 'actions', `${file}.ts`))]).toEqual([schema, true]);
	}
});
