import type { INodeParameters } from 'n8n-workflow';
import type { Credential } from '../support/n8n/n8nApi';
import { OUR_NUMBER, PERSON } from '../support/twilioAccount';
import type { TwilioN8n } from '../support/n8n/twilioN8n';
import { startTwilioN8n } from '../support/n8n/twilioN8n';

let n8n: TwilioN8n;

beforeAll(async () => {
	n8n = await startTwilioN8n();
}, 900_000);

afterAll(async () => await n8n?.close());

const ITEMS = [
	{ to: PERSON, text: 'Hello' },
	{ to: '+14155550124', text: '  Grüße 👍 +&=% ' },
	{ to: '+442079460018', text: 'one\ntwo' },
	{ to: '+4915112345678', text: 'a'.repeat(400) },
];

/** What the simulator has of the messages that a node sends for the items. */
async function messagesOf(type: string, credential: Credential, parameters: INodeParameters) {
	const before = n8n.account.messages.length;
	const workflow = await n8n.api.createWorkflow({
		name: type,
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'send',
				name: 'Send',
				type,
				typeVersion: 1,
				position: [200, 0],
				parameters: { to: '={{ $json.to }}', message: '={{ $json.text }}', ...parameters },
				credentials: { [credential.type]: credential },
			},
		],
		connections: { Start: { main: [[{ node: 'Send', type: 'main', index: 0 }]] } },
		pinData: { Start: ITEMS.map((json) => ({ json })) },
	});
	const execution = await n8n.api.runWorkflow(workflow.id, 'Start');
	expect(await n8n.api.waitForExecution(execution)).toMatchObject({ status: 'success' });
	return n8n.account.messages
		.slice(before)
		.map(({ from, to, body, num_segments, direction }) => ({
			from,
			to,
			body,
			num_segments,
			direction,
		}))
		.sort((one, other) => one.to.localeCompare(other.to));
}

it("gives Twilio the same messages for the same items as n8n's own Twilio node", async () => {
	const { twilioSmsApi, twilioApi } = n8n.credentials;
	const own = await messagesOf('n8n-nodes-twilio-sms.twilioSms', twilioSmsApi, {});
	const builtIn = await messagesOf('n8n-nodes-base.twilio', twilioApi, { from: OUR_NUMBER });
	expect(own).toHaveLength(ITEMS.length);
	expect(own).toEqual(builtIn);
});
