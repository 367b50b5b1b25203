import type { IDataObject } from 'n8n-workflow';
import type { Instance } from '../support/n8n/instance';
import { startInstance } from '../support/n8n/instance';
import type { Credential } from '../support/n8n/n8nApi';
import { packPackage } from '../support/n8n/packPackage';
import { guard } from '../support/n8n/privacy';
import { LoopbackServer } from '../support/loopbackServer';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';
import type { WorkflowNode } from '../support/n8n/workflowsApi';

let twilio: TwilioAccount;
let n8n: Instance;
let credential: Credential;

beforeAll(async () => {
	twilio = await startTwilioAccount();
	n8n = await startInstance({ tarball: await packPackage() });
	credential = await n8n.api.createCredential('twilioSmsApi', twilio.credential);
}, 900_000);

afterAll(async () => {
	await n8n?.dispose();
	await twilio?.simulator.close();
});

/** Runs these operations one after the other in one workflow, from a click on "Execute". */
async function run(...steps: IDataObject[]) {
	const nodes = steps.map(
		(parameters, index): WorkflowNode => ({
			id: `step${index}`,
			name: `Step ${index}`,
			type: 'n8n-nodes-twilio-sms.twilioSms',
			typeVersion: 1,
			position: [200 * (index + 1), 0],
			parameters: parameters as WorkflowNode['parameters'],
			credentials: { twilioSmsApi: { id: credential.id, name: credential.name } },
			// n8n's "Retry On Fail" runs a whole node again.
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1,
		}),
	);
	const start = {
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	};
	const all = [start, ...nodes];
	const connections = Object.fromEntries(
		nodes.map(({ name }, index) => [
			all[index].name,
			{ main: [[{ node: name, type: 'main', index: 0 }]] },
		]),
	);
	const workflow = await n8n.api.createWorkflow({ name: 'Actions', nodes: all, connections });
	const id = await n8n.api.runWorkflow(workflow.id, 'Start');
	return await n8n.api.waitForExecution(id);
}

it('sends, reads and lists messages in one workflow', async () => {
	const service = twilio.account.resources.addService({
		friendlyName: 'Desk',
		numbers: [OUR_NUMBER],
	});
	const message = { resource: 'message' };
	const sid = '={{ $json.messageSid }}';
	const { error, outputs } = await run(
		{
			...message,
			operation: 'send',
			fromType: 'messagingService',
			messagingServiceSid: { __rl: true, mode: 'sid', value: service.sid },
			to: `${PERSON}, +1 (415) 555-0124`,
			message: 'Grüße 👍',
		},
		{ ...message, operation: 'get', messageSid: sid },
		{ ...message, operation: 'getAll', limit: 1, filters: { to: '={{ $json.to }}' } },
	);
	expect(error).toBeUndefined();
	expect(outputs['Step 0'][0].map(({ json }) => json.to)).toEqual([PERSON, '+14155550124']);
	expect(outputs['Step 1'][0].map(({ json }) => json.body)).toEqual(['Grüße 👍', 'Grüße 👍']);
	expect(outputs['Step 2'][0].map(({ json }) => json.to)).toEqual([PERSON, '+14155550124']);
	twilio.account.resources.removeService(service.sid);
});

it('gets, looks up and checks phone numbers in one workflow', async () => {
	const phoneNumber = { resource: 'phoneNumber' };
	const { error, outputs } = await run(
		{ ...phoneNumber, operation: 'get' },
		{ ...phoneNumber, operation: 'getAll' },
		{ ...phoneNumber, operation: 'lookup', phoneNumber: '={{ $json.phoneNumber }}' },
		{ ...phoneNumber, operation: 'checkIncoming' },
	);
	expect(error).toBeUndefined();
	expect(outputs['Step 0'][0][0].json).toMatchObject({ phoneNumber: OUR_NUMBER });
	expect(outputs['Step 1'][0]).toHaveLength(1);
	expect(outputs['Step 2'][0][0].json).toMatchObject({ valid: true, countryCode: 'US' });
	expect(outputs['Step 3'][0][0].json).toMatchObject({ verdict: 'free', reachesN8n: false });
});

it("shows Twilio's words and what to do when Twilio refuses a message", async () => {
	const { status, error } = await run({
		resource: 'message',
		operation: 'send',
		to: OUR_NUMBER,
		message: 'Hello',
	});
	expect(status).toBe('error');
	expect(error?.message).toMatch(/same number/);
	expect(error?.description).toMatch(/Change one of them.*21266/);
});

it('sends nothing twice when an answer is lost and n8n repeats the node', async () => {
	twilio.account.conditions.fail({ method: 'POST', path: /Messages/, with: 'reset-after' });
	const before = twilio.account.messages.length;
	const { status, error } = await run({
		resource: 'message',
		operation: 'send',
		to: PERSON,
		message: 'Only once',
	});
	expect(status).toBe('error');
	expect(error?.message).toMatch(/not known/);
	expect(twilio.account.messages).toHaveLength(before + 1);
});

describe("the credential's test", () => {
	const tested = async (entered: IDataObject) => {
		const data = { ...twilio.credential, ...entered } as typeof twilio.credential;
		guard(twilio.account, data.baseUrl as string);
		return await n8n.api.testCredential(await n8n.api.createCredential('twilioSmsApi', data));
	};

	it('names the field that holds something else', async () => {
		expect(await tested({ accountSid: twilio.account.apiKey.sid })).toEqual({
			status: 'Error',
			message: expect.stringContaining('"Account SID" holds the SID of an API key'),
		});
	});

	it.each([
		['text/html', '<html>Welcome to the hotel</html>'],
		['application/json', '{"ok":true}'],
	])('does not take another website for Twilio: %s', async (type, body) => {
		const website = await new LoopbackServer((_, response) => {
			response.setHeader('content-type', type);
			response.end(body);
		}).listen();
		expect(await tested({ baseUrl: website.origin })).toEqual({
			status: 'Error',
			message: expect.stringMatching(/answered at this address, but not Twilio.*Base URL/),
		});
		await website.close();
	});
});
