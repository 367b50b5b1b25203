import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { N8nSession } from './n8nSession';

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: INodeParameters;
	credentials?: Record<string, { id: string; name: string }>;
	webhookId?: string;
	[setting: string]: unknown;
}

/** A workflow as n8n exports it. */
export interface WorkflowJson {
	name: string;
	nodes: WorkflowNode[];
	connections: IDataObject;
	settings?: IDataObject;
	[setting: string]: unknown;
}

export interface StoredWorkflow extends WorkflowJson {
	id: string;
	versionId: string;
	activeVersionId: string | null;
	/** What nodes keep between executions, as stored now; test runs have their own copy. */
	staticData: IDataObject | null;
}

/**
 * What n8n's editor gives every new workflow. Agents get no answers from their tools without that
 * execution order, and n8n 1 does not store a workflow that does not say whether it is active.
 */
const NEW_WORKFLOW = { active: false, settings: { executionOrder: 'v1' } };

export function createWorkflowsApi(request: N8nSession['request']) {
	const workflow = (id: string) => request<StoredWorkflow>('GET', `/workflows/${id}`);

	const run = async (id: string, trigger: string) =>
		await request<{ waitingForWebhook?: boolean; executionId?: string }>(
			'POST',
			`/workflows/${id}/run`,
			// n8n 1 runs the workflow it is sent, later ones the one they have stored.
			{ triggerToStartFrom: { name: trigger }, workflowData: await workflow(id) },
		);

	return {
		workflow,

		createWorkflow: (json: WorkflowJson) =>
			request<StoredWorkflow>('POST', '/workflows', { ...NEW_WORKFLOW, ...json }),

		/** Saves a draft. A live workflow keeps running its old version until activated again, in n8n 2. */
		updateWorkflow: (id: string, changes: Partial<WorkflowJson>) =>
			request<StoredWorkflow>('PATCH', `/workflows/${id}`, changes),

		deleteWorkflow: async (id: string): Promise<void> => {
			await request('POST', `/workflows/${id}/archive`, {});
			await request('DELETE', `/workflows/${id}`);
		},

		/** Registers the trigger's test URL, as "Listen for test event" does. */
		listenForTestEvent: async (id: string, trigger: string): Promise<void> => {
			const { waitingForWebhook } = await run(id, trigger);
			if (!waitingForWebhook) throw new Error(`n8n ran "${trigger}" instead of listening.`);
		},

		stopListening: async (id: string): Promise<void> => {
			await request('DELETE', `/test-webhook/${id}`);
		},

		/** Starts a manual execution and returns its id. */
		runWorkflow: async (id: string, trigger: string): Promise<string> => {
			const { executionId } = await run(id, trigger);
			if (!executionId) throw new Error(`n8n listens for "${trigger}" instead of running it.`);
			return executionId;
		},
	};
}
