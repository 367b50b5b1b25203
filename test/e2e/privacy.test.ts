import type { INodeParameters } from 'n8n-workflow';
import { LoopbackServer } from '../support/loopbackServer';
import type { Instance } from '../support/n8n/instance';
import { startInstance } from '../support/n8n/instance';
import { packPackage } from '../support/n8n/packPackage';
import type { TwilioAccount } from '../support/twilioAccount';
import { PERSON, startTwilioAccount } from '../support/twilioAccount';
import type { WorkflowNode } from '../support/n8n/workflowsApi';

// Each n8n of these tests is looked at when it ends, so it has to be shown that something is seen.
let twilio: TwilioAccount;
let stranger: LoopbackServer;
let n8n: Instance;

beforeAll(async () => {
	twilio = await startTwilioAccount();
	stranger = await new LoopbackServer((_request, response) => response.end('{}')).listen();
	n8n = await startInstance({ tarball: await packPackage() });
}, 900_000);

afterAll(async () => {
	await stranger?.close();
	await twilio?.simulator.close();
});

const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: INodeParameters,
): WorkflowNode => ({ id: name, name, type, typeVersion, position: [0, 0], parameters });

async function run(second: WorkflowNode): Promise<void> {
	const start = node('Start', 'n8n-nodes-base.manualTrigger', 1, {});
	const { id } = await n8n.api.createWorkflow({
		name: second.name,
		nodes: [start, second],
		connections: { Start: { main: [[{ node: second.name, type: 'main', index: 0 }]] } },
	});
	const execution = await n8n.api.runWorkflow(id, 'Start');
	expect(await n8n.api.waitForExecution(execution)).toMatchObject({ status: 'success' });
}

const basic = () => {
	const { sid, authToken } = twilio.account;
	return Buffer.from(`${sid}:${authToken}`).toString('base64');
};

it('the record of what n8n sends has the credential, at the one host that may have it', async () => {
	const credential = await n8n.api.createCredential('twilioSmsApi', twilio.credential);
	const send = node('Send', 'n8n-nodes-twilio-sms.twilioSms', 1, { to: PERSON, message: 'Hello' });
	await run({ ...send, credentials: { twilioSmsApi: credential } });
	const withToken = (await n8n.traffic()).filter(({ sent }) => sent.includes(basic()));
	const peers = new Set(withToken.map(({ peer }) => peer));
	expect([...peers]).toEqual([new URL(twilio.simulator.url).host]);
});

it('an n8n that sends a credential elsewhere, or stores it in clear text, does not end well', async () => {
	const header = { name: 'Authorization', value: `Basic ${basic()}` };
	await run(
		node('Elsewhere', 'n8n-nodes-base.httpRequest', 4.2, {
			url: stranger.origin,
			sendHeaders: true,
			headerParameters: { parameters: [header] },
		}),
	);
	await expect(n8n.dispose()).rejects.toThrow(
		new RegExp(
			`the Auth Token in a header went to ${new URL(stranger.origin).host}; ` +
				".*the Auth Token in a header is in n8n's file database.sqlite",
		),
	);
});
