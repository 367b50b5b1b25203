import type { IDataObject } from 'n8n-workflow';
import { withCredential } from './importExamples';
import type { Credential } from './n8nApi';
import type { WorkflowJson, WorkflowNode } from './workflowsApi';

/** A workflow of one trigger, "Twilio SMS Trigger", with these parameters. */
export function triggerWorkflow(credential: Credential, parameters: IDataObject): WorkflowJson {
	const json = {
		name: 'Trigger',
		nodes: [
			{
				id: 'trigger',
				name: 'Twilio SMS Trigger',
				type: 'n8n-nodes-twilio-sms.twilioSmsTrigger',
				typeVersion: 2,
				position: [0, 0] as [number, number],
				webhookId: crypto.randomUUID(),
				parameters: parameters as WorkflowJson['nodes'][number]['parameters'],
			},
		],
		connections: {},
	};
	return withCredential(json, credential);
}

/** A workflow of one Webhook node of n8n's own, which checks nothing, at this path. */
export function plainWorkflow(path: string): WorkflowJson {
	const node: WorkflowNode = {
		id: 'webhook',
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		webhookId: crypto.randomUUID(),
		parameters: { httpMethod: 'POST', path },
	};
	return { name: 'Plain', nodes: [node], connections: {} };
}

/** Adds a node behind the only one. */
export function followedBy(
	json: WorkflowJson,
	node: Pick<WorkflowNode, 'name' | 'type' | 'parameters'> & Partial<WorkflowNode>,
): WorkflowJson {
	const [{ name }] = json.nodes;
	const next: WorkflowNode = { id: 'next', typeVersion: 1, position: [220, 0], ...node };
	const connections = { [name]: { main: [[{ node: node.name, type: 'main', index: 0 }]] } };
	return { ...json, nodes: [...json.nodes, next], connections };
}
