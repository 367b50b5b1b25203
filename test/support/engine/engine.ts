import 'reflect-metadata';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	INode,
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
	credential: ICredentialDataDecryptedObject | undefined,
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

export type WorkflowToRun = Pick<IWorkflowBase, 'nodes' | 'connections' | 'pinData' | 'settings'>;

/** A workflow as n8n makes it each time it runs or goes on. */
export function engineWorkflow({ nodes, connections, pinData, settings }: WorkflowToRun): Workflow {
	return new Workflow({
		id: 'workflow',
		nodes: nodes.map((node) => ({ ...node, ...withCredential(node.type) })),
		connections,
		pinData,
		settings,
		active: false,
		nodeTypes: engineNodeTypes,
	});
}

/** What n8n-core needs to execute a workflow. */
export function executionData(
	workflowData: WorkflowToRun,
	credential: ICredentialDataDecryptedObject,
	publicUrl?: string,
	executionId = '1',
): IWorkflowExecuteAdditionalData {
	const data = { ...additionalData(credential, publicUrl), executionId };
	data.hooks = new ExecutionLifecycleHooks('manual', executionId, {
		...workflowData,
		id: 'workflow',
		name: 'workflow',
	} as IWorkflowBase);
	return data;
}

/**
 * Starts a workflow on n8n's own engine, from its first node, in this process. What it gives back
 * can be canceled.
 */
export function startWorkflow(
	workflowData: WorkflowToRun,
	credential: ICredentialDataDecryptedObject,
	publicUrl?: string,
	executionId?: string,
) {
	const workflow = engineWorkflow(workflowData);
	const data = executionData(workflowData, credential, publicUrl, executionId);
	const startNode = workflow.getNode(workflowData.nodes[0].name)!;
	const { pinData } = workflowData;
	return new WorkflowExecute(data, 'manual').run({ workflow, startNode, pinData });
}

/** Runs a workflow on n8n's own engine, from its first node, in this process. */
export async function runWorkflow(
	workflowData: WorkflowToRun,
	credential: ICredentialDataDecryptedObject,
	publicUrl?: string,
	executionId?: string,
): Promise<IRun> {
	return await startWorkflow(workflowData, credential, publicUrl, executionId);
}

export interface NodeRun {
	/** What the Twilio SMS node put out. */
	items: INodeExecutionData[];
	error?: Error & { description?: string | null };
}

export interface TwilioSmsSetup
	extends Pick<INode, 'executeOnce' | 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'> {
	/** Where n8n takes itself to be. */
	publicUrl?: string;
	/** The input. */
	items?: Array<INodeExecutionData['json']>;
	/** The files of each item, by their fields. */
	binary?: INodeExecutionData['binary'];
}

/** The workflow of the Twilio SMS node with these parameters on these items. */
export function twilioSmsWorkflow(
	parameters: INodeParameters,
	{ items = [{}], binary, ...settings }: Omit<TwilioSmsSetup, 'publicUrl'> = {},
): WorkflowToRun {
	return {
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
				...settings,
			},
		],
		connections: { Start: { main: [[{ node: 'Twilio SMS', type: 'main', index: 0 }]] } },
		pinData: { Start: items.map((json) => ({ json, ...(binary && { binary }) })) },
	};
}

/** What became of the Twilio SMS node, of its last run if there were several. */
export function toNodeRun({ data }: IRun): NodeRun {
	const task = data.resultData.runData['Twilio SMS']?.at(-1);
	return { items: task?.data?.main[0] ?? [], error: data.resultData.error ?? task?.error };
}

/** Runs the Twilio SMS node with these parameters on these items. */
export async function runTwilioSms(
	parameters: INodeParameters,
	credential: ICredentialDataDecryptedObject,
	{ publicUrl, ...setup }: TwilioSmsSetup = {},
): Promise<NodeRun> {
	const workflow = twilioSmsWorkflow(parameters, setup);
	return toNodeRun(await runWorkflow(workflow, credential, publicUrl));
}

function withCredential(type: string) {
	if (!type.startsWith(PACKAGE)) return {};
	return { credentials: { twilioSmsApi: { id: '1', name: 'Twilio' } } };
}
