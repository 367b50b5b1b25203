import 'reflect-metadata';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	INodeExecutionData,
	INodeParameters,
	IRun,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { EngineCredentials } from './engineCredentials';
import { engineNodeTypes, PACKAGE } from './engineNodeTypes';

/** What n8n-core needs from the n8n around it. */
export function additionalData(
	credential: ICredentialDataDecryptedObject,
	publicUrl = 'https://n8n.example.com',
	editorUrl = publicUrl,
): IWorkflowExecuteAdditionalData {
	const data: Partial<IWorkflowExecuteAdditionalData> = {
		credentialsHelper: new EngineCredentials(credential),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		webhookBaseUrl: `${publicUrl}/webhook`,
		webhookTestBaseUrl: `${editorUrl}/webhook-test`,
		webhookWaitingBaseUrl: `${publicUrl}/webhook-waiting`,
		formWaitingBaseUrl: `${publicUrl}/form-waiting`,
		restApiUrl: `${publicUrl}/rest`,
		instanceBaseUrl: `${editorUrl}/`,
		variables: {},
		logAiEvent() {},
	};
	return data as IWorkflowExecuteAdditionalData;
}

/** Runs a workflow on n8n's own engine, from its first node, in this process. */
export async function runWorkflow(
	workflowData: Pick<IWorkflowBase, 'nodes' | 'connections' | 'pinData'>,
	credential: ICredentialDataDecryptedObject,
): Promise<IRun> {
	const workflow = new Workflow({
		id: 'workflow',
		nodes: workflowData.nodes.map((node) => ({ ...node, ...withCredential(node.type) })),
		connections: workflowData.connections,
		pinData: workflowData.pinData,
		active: false,
		nodeTypes: engineNodeTypes,
	});
	const data = additionalData(credential);
	data.hooks = new ExecutionLifecycleHooks('manual', '1', {
		...workflowData,
		id: 'workflow',
		name: 'workflow',
	} as IWorkflowBase);
	return await new WorkflowExecute(data, 'manual').run({ workflow, pinData: workflowData.pinData });
}

export interface NodeRun {
	/** What the Twilio SMS node put out. */
	items: INodeExecutionData[];
	error?: Error & { description?: string | null };
}

/** Runs the Twilio SMS node with these parameters on these items. */
export async function runTwilioSms(
	parameters: INodeParameters,
	credential: ICredentialDataDecryptedObject,
	{
		items = [{}] as Array<INodeExecutionData['json']>,
		onError = 'stopWorkflow' as const as 'stopWorkflow' | 'continueRegularOutput',
	} = {},
): Promise<NodeRun> {
	const run = await runWorkflow(
		{
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
					id: 'twilio',
					name: 'Twilio SMS',
					type: `${PACKAGE}.twilioSms`,
					typeVersion: 1,
					position: [200, 0],
					parameters,
					onError,
				},
			],
			connections: { Start: { main: [[{ node: 'Twilio SMS', type: 'main', index: 0 }]] } },
			pinData: { Start: items.map((json) => ({ json })) },
		},
		credential,
	);
	const task = run.data.resultData.runData['Twilio SMS']?.[0];
	return {
		items: task?.data?.main[0] ?? [],
		error: run.data.resultData.error ?? task?.error,
	};
}

function withCredential(type: string) {
	if (!type.startsWith(PACKAGE)) return {};
	return { credentials: { twilioSmsApi: { id: '1', name: 'Twilio' } } };
}
