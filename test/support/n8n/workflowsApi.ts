import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { N8nSession } from './n8nSession';
import { waitFor } from '../waitFor';

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

/** How far n8n got with registering a workflow's triggers. */
export interface PublicationStatus {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

/** n8n makes five attempts to register, up to 8 s apart, each of which may take its time. */
const PUBLICATION_TIMEOUT_MS = 90_000;

/** What n8n's editor gives every new workflow; agents get no answers from their tools without it. */
const NEW_WORKFLOW_SETTINGS = { executionOrder: 'v1' };

export function createWorkflowsApi(request: N8nSession['request']) {
	const workflow = (id: string) => request<StoredWorkflow>('GET', `/workflows/${id}`);

	const publicationStatus = (id: string) =>
		request<PublicationStatus>('GET', `/workflows/${id}/publication-status`);

	/** (De)activation is answered before n8n has called the trigger's API. */
	const settledPublication = (id: string) =>
		waitFor(`n8n to settle the triggers of workflow ${id}`, PUBLICATION_TIMEOUT_MS, async () => {
			const publication = await publicationStatus(id);
			return publication.status === 'in_progress' ? undefined : publication;
		});

	const run = (id: string, trigger: string) =>
		request<{ waitingForWebhook?: boolean; executionId?: string }>('POST', `/workflows/${id}/run`, {
			triggerToStartFrom: { name: trigger },
		});

	return {
		workflow,

		createWorkflow: (json: WorkflowJson) =>
			request<StoredWorkflow>('POST', '/workflows', { settings: NEW_WORKFLOW_SETTINGS, ...json }),

		/** Saves a draft. A live workflow keeps running its old version until activated again. */
		updateWorkflow: (id: string, changes: Partial<WorkflowJson>) =>
			request<StoredWorkflow>('PATCH', `/workflows/${id}`, changes),

		deleteWorkflow: async (id: string): Promise<void> => {
			await request('POST', `/workflows/${id}/archive`, {});
			await request('DELETE', `/workflows/${id}`);
		},

		/** Makes the saved version live. Triggers that refuse are in the answer, never thrown. */
		activate: async (id: string): Promise<PublicationStatus> => {
			const { versionId } = await workflow(id);
			await request('POST', `/workflows/${id}/activate`, { versionId });
			return await settledPublication(id);
		},

		/** A trigger that could not clean up behind itself is reported in n8n's log only. */
		deactivate: async (id: string): Promise<PublicationStatus> => {
			await request('POST', `/workflows/${id}/deactivate`, {});
			return await settledPublication(id);
		},

		publicationStatus,

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
