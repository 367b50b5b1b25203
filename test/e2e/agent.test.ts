import type { IDataObject } from 'n8n-workflow';
import { importExamples } from '../support/n8n/importExamples';
import type { Instance } from '../support/n8n/instance';
import { startInstance } from '../support/n8n/instance';
import type { Credential } from '../support/n8n/n8nApi';
import { packPackage } from '../support/n8n/packPackage';
import { release } from '../support/n8n/releases';
import { triggerWorkflow } from '../support/n8n/triggerWorkflow';
import type { WorkflowNode } from '../support/n8n/workflowsApi';
import { linkIn, pressButton } from '../support/answerPage';
import type { ScriptedModel } from '../support/scriptedModel';
import { startScriptedModel } from '../support/scriptedModel';
import type { TwilioAccount } from '../support/twilioAccount';
import { OUR_NUMBER, PERSON, startTwilioAccount } from '../support/twilioAccount';

const TEXT = { To: PERSON, Message: 'Your parcel is here.' };

let twilio: TwilioAccount;
let model: ScriptedModel;
let n8n: Instance;
let credentials: Record<string, Credential>;

beforeAll(async () => {
	twilio = await startTwilioAccount();
	model = await startScriptedModel();
	n8n = await startInstance({ tarball: await packPackage() });
	credentials = {
		twilioSmsApi: await n8n.api.createCredential('twilioSmsApi', twilio.credential),
		openAiApi: await n8n.api.createCredential('openAiApi', { apiKey: 'any', url: model.url }),
	};
}, 900_000);

afterAll(async () => {
	await n8n?.dispose();
	await model?.close();
	await twilio?.simulator.close();
});

const node = (name: string, type: string, typeVersion: number, parameters: IDataObject) =>
	({
		id: crypto.randomUUID(),
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
	}) as WorkflowNode;

const sendText = (): WorkflowNode => ({
	...node('Send a text', 'n8n-nodes-twilio-sms.twilioSmsTool', 1, {
		resource: 'message',
		operation: 'send',
		to: "={{ $fromAI('To', 'The phone number', 'string') }}",
		message: "={{ $fromAI('Message', 'The words', 'string') }}",
	}),
	credentials: { twilioSmsApi: credentials.twilioSmsApi },
});

async function runAgent(tool: WorkflowNode): Promise<string> {
	const link = (to: string, type: string) => ({ [type]: [[{ node: to, type, index: 0 }]] });
	const langchain = '@n8n/n8n-nodes-langchain';
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Agent', `${langchain}.agent`, 3, { promptType: 'define', text: 'Do your work.' }),
		{
			...node('Model', `${langchain}.lmChatOpenAi`, 1.3, {
				model: { __rl: true, mode: 'list', value: 'gpt-5-mini' },
			}),
			credentials: { openAiApi: credentials.openAiApi },
		},
		tool,
	];
	const connections = {
		Start: link('Agent', 'main'),
		Model: link('Agent', 'ai_languageModel'),
		[tool.name]: link('Agent', 'ai_tool'),
	};
	const workflow = await n8n.api.createWorkflow({ name: 'Agent', nodes, connections });
	return await n8n.api.runWorkflow(workflow.id, 'Start');
}

const textsTo = (person: string) => twilio.account.messages.filter(({ to }) => to === person);

/** What the model was told that came of its call of the tool. */
const outcome = (requests: ReturnType<ScriptedModel['play']>) =>
	requests[1].input.find(({ type }) => type === 'function_call_output')?.output;

it('lets an agent send a text whose words and recipient the model chose', async () => {
	const requests = model.play([[{ tool: 'Send_a_text', input: TEXT }], 'Anna knows.']);
	const { error, outputs } = await n8n.api.waitForExecution(await runAgent(sendText()));
	expect(error).toBeUndefined();
	expect(textsTo(PERSON)).toMatchObject([{ from: OUR_NUMBER, body: TEXT.Message }]);
	expect(outcome(requests)).toContain('"status":"queued"');
	expect(outputs.Agent[0][0].json).toEqual({ output: 'Anna knows.' });
});

it('lets an agent ask a person itself, and reads the answer', async () => {
	const ask: WorkflowNode = {
		...node('Ask a person', 'n8n-nodes-twilio-sms.twilioSmsTool', 1, {
			resource: 'message',
			operation: 'sendAndWait',
			to: PERSON,
			message: "={{ $fromAI('Message', 'The question', 'string') }}",
			responseType: 'freeText',
		}),
		credentials: { twilioSmsApi: credentials.twilioSmsApi },
	};
	const call = { tool: 'Ask_a_person', input: { Message: 'When shall we come?' } };
	const requests = model.play([[call], 'At nine.']);
	const id = await runAgent(ask);
	await n8n.api.waitForExecution(id, 'waiting');
	const link = linkIn(textsTo(PERSON).at(-1)?.body);
	const body = new URLSearchParams({ 'field-0': 'At nine, please' });
	expect(await fetch(link, { method: 'POST', body })).toMatchObject({ status: 200 });
	const { outputs } = await n8n.api.waitForExecution(id, 'success');
	expect(outcome(requests)).toContain('"text":"At nine, please"');
	expect(outputs.Agent[0][0].json).toEqual({ output: 'At nine.' });
});

if (release.hasHumanReview) {
	describe("the example, in which an agent needs the owner's permission to send a text", () => {
		const OWNER = '+12025550188';
		const CUSTOMER = '+12025550142';
		const input = { To: CUSTOMER, Message: 'Your parcel is here, <b>Anna</b>.' };

		it.each([
			{ label: 'Send it', sends: 1, told: '"status":"queued"' },
			{ label: 'Do not send it', sends: 0, told: 'User rejected the tool call to Send a Text' },
		])('goes on when the owner says "$label"', async ({ label, sends, told }) => {
			const call = { tool: 'Send_a_Text', input: { toolParameters: input, hitlParameters: {} } };
			const requests = model.play([[call], 'That is all.']);
			const before = textsTo(CUSTOMER).length;
			const id = await runExample();
			await n8n.api.waitForExecution(id, 'waiting');
			const question = String(textsTo(OWNER).at(-1)?.body);
			const asked = `The agent wants to text ${CUSTOMER}: "${input.Message}"`;
			expect(question.split('\n')[0]).toBe(asked);
			const page = await (await fetch(linkIn(question))).text();
			expect(page).toContain('&quot;Your parcel is here, &lt;b&gt;Anna&lt;/b&gt;.&quot;</p>');
			expect(textsTo(CUSTOMER)).toHaveLength(before);

			expect(await pressButton(linkIn(question), label)).toMatchObject({ status: 200 });
			const { outputs } = await n8n.api.waitForExecution(id, 'success');
			expect(textsTo(CUSTOMER)).toHaveLength(before + sends);
			expect(outcome(requests)).toContain(told);
			expect(outputs['AI Agent'][0][0].json).toEqual({ output: 'That is all.' });
		});

		it('goes on when the owner texts YES', async () => {
			const json = triggerWorkflow(credentials.twilioSmsApi, {});
			const trigger = await n8n.api.createWorkflow(json);
			expect(await n8n.api.activate(trigger.id)).toMatchObject({ status: 'published' });
			const call = { tool: 'Send_a_Text', input: { toolParameters: input, hitlParameters: {} } };
			model.play([[call], 'That is all.']);
			const before = textsTo(CUSTOMER).length;
			const id = await runExample({ textReply: true });
			await n8n.api.waitForExecution(id, 'waiting');
			expect(textsTo(OWNER).at(-1)?.body).toMatch(/\nReply YES or NO, or open\n/);
			await twilio.account.receive({ from: OWNER, to: OUR_NUMBER, body: 'Yes' });
			await n8n.api.waitForExecution(id, 'success');
			expect(textsTo(CUSTOMER)).toHaveLength(before + 1);
			await n8n.api.deactivate(trigger.id);
		});

		async function runExample(options: IDataObject = {}): Promise<string> {
			const examples = await importExamples(n8n.api, credentials.twilioSmsApi);
			const { id, nodes } = examples['agent-asks-permission'];
			const { openAiApi } = credentials;
			const withModel = nodes.map((one) => {
				if (one.name === 'OpenAI Chat Model') return { ...one, credentials: { openAiApi } };
				if (one.name !== 'Ask the Owner') return one;
				return { ...one, parameters: { ...one.parameters, options } as typeof one.parameters };
			});
			await n8n.api.updateWorkflow(id, { nodes: withModel });
			return await n8n.api.runWorkflow(id, nodes[0].name);
		}
	});
}
