import type { IDataObject } from 'n8n-workflow';
import { importExamples } from '../support/n8n/importExamples';
import type { Instance } from '../support/n8n/instance';
import { startInstance } from '../support/n8n/instance';
import { packPackage } from '../support/n8n/packPackage';
import type { WorkflowNode } from '../support/n8n/workflowsApi';
import type { TwilioAccount } from '../support/twilioAccount';
import { PERSON, startTwilioAccount } from '../support/twilioAccount';
import { waitFor } from '../support/waitFor';

/** The smallest PNG there is. */
const PIXEL =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

let twilio: TwilioAccount;

beforeAll(async () => {
	twilio = await startTwilioAccount();
}, 900_000);

afterAll(async () => await twilio?.simulator.close());

const start = async (env: NodeJS.ProcessEnv, publicUrl?: string) =>
	await startInstance({ tarball: await packPackage(), env, publicUrl });

/** A workflow that makes a file of a text in base64 and sends it. */
async function send(
	n8n: Instance,
	mimeType: string,
	parameters: IDataObject = {},
	region = 'custom',
) {
	const data = { ...twilio.credential, region };
	const credential = await n8n.api.createCredential('twilioSmsApi', data);
	const node = (
		id: string,
		type: string,
		typeVersion: number,
		values: IDataObject,
	): WorkflowNode => ({
		id,
		name: id,
		type,
		typeVersion,
		position: [0, 0],
		parameters: values as WorkflowNode['parameters'],
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const options = { binaryProperties: 'data' };
	const workflow = await n8n.api.createWorkflow({
		name: 'Send a picture',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('File', 'n8n-nodes-base.convertToFile', 1.1, {
				operation: 'toBinary',
				sourceProperty: 'picture',
				options: { fileName: 'picture', mimeType },
			}),
			{
				...node('Send', 'n8n-nodes-twilio-sms.twilioSms', 1, {
					...{ resource: 'message', operation: 'send', to: PERSON, message: 'Look' },
					options,
					...parameters,
				}),
				credentials: { twilioSmsApi: { id: credential.id, name: credential.name } },
			},
		],
		connections: { Start: to('File'), File: to('Send') },
		pinData: { Start: [{ json: { picture: PIXEL } }] },
	});
	const id = await n8n.api.runWorkflow(workflow.id, 'Start');
	return await n8n.api.waitForExecution(id);
}

describe('with files kept where n8n can hand them out', () => {
	let n8n: Instance;

	beforeAll(async () => {
		n8n = await start({ N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' });
	}, 900_000);

	afterAll(async () => await n8n?.dispose());

	it('a picture made by a node arrives on the phone', async () => {
		const { error, outputs } = await send(n8n, 'image/png');
		expect(error).toBeUndefined();
		expect(outputs.Send[0][0].json).toMatchObject({ numMedia: 1 });
		const { sid } = twilio.account.messages.at(-1)!;
		await waitFor('its delivery', 10_000, async () =>
			twilio.account.message(sid)?.status === 'delivered' ? true : undefined,
		);
		const media = twilio.account.media.find(({ messageSid }) => messageSid === sid)!;
		expect(media.contentType).toBe('image/png');
		expect(media.content.toString('base64')).toBe(PIXEL);
		const onPhone = await fetch(`${twilio.simulator.phoneUrl}/media/${media.sid}`);
		expect(Buffer.from(await onPhone.arrayBuffer()).toString('base64')).toBe(PIXEL);
	});

	it.each([
		['image/x-icon', {}, /takes no file of the type image\/x-icon/],
		['image/png', { options: { binaryProperties: 'photo' } }, /Its files are in: data|no file/],
	])('nothing is sent when Twilio could not take it: %s %j', async (type, parameters, reason) => {
		const before = twilio.account.messages.length;
		const { status, error } = await send(n8n, type, parameters);
		expect(status).toBe('error');
		expect(error?.message).toMatch(reason);
		expect(twilio.account.messages).toHaveLength(before);
	});

	it('nothing is sent when Twilio could not fetch it from where n8n is', async () => {
		const { status, error } = await send(n8n, 'image/png', {}, 'us1');
		expect(status).toBe('error');
		expect(error?.message).toMatch(/^Twilio cannot fetch files from this n8n at http:\/\/127/);
		expect(error?.description).toMatch(/This message was not sent.*WEBHOOK_URL/);
	});

	it('the example sends a chart', async () => {
		const credential = await n8n.api.createCredential('twilioSmsApi', twilio.credential);
		const { 'send-a-chart': example } = await importExamples(n8n.api, credential);
		const id = await n8n.api.runWorkflow(example.id, 'When clicking ‘Execute workflow’');
		const { error } = await n8n.api.waitForExecution(id);
		expect(error).toBeUndefined();
		const { sid } = twilio.account.messages.at(-1)!;
		const media = await waitFor('the chart', 10_000, async () =>
			twilio.account.media.find(
				({ messageSid, content }) => messageSid === sid && content.length > 0,
			),
		);
		expect(media.contentType).toBe('image/png');
	});
});

it('nothing is sent, with the remedy, when n8n keeps files in memory', async () => {
	const n8n = await start({ N8N_DEFAULT_BINARY_DATA_MODE: 'default' });
	const before = twilio.account.messages.length;
	const { error } = await send(n8n, 'image/png');
	await n8n.dispose();
	expect(error?.message).toMatch(/keeps files in memory/);
	expect(error?.description).toMatch(/N8N_DEFAULT_BINARY_DATA_MODE=filesystem/);
	expect(twilio.account.messages).toHaveLength(before);
});
