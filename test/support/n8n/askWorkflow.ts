import type { IDataObject } from 'n8n-workflow';
import { withCredential } from './importExamples';
import type { Credential } from './n8nApi';
import type { WorkflowJson } from './workflowsApi';

/** A workflow of two nodes: from "Start" on, "Ask" asks somebody by text and waits for the answer. */
export function askWorkflow(credential: Credential, parameters: IDataObject): WorkflowJson {
	const node = (id: string, name: string, type: string, values: IDataObject, x: number) => ({
		id,
		name,
		type,
		typeVersion: 1,
		position: [x, 0] as [number, number],
		parameters: values as WorkflowJson['nodes'][number]['parameters'],
	});
	const ask = { resource: 'message', operation: 'sendAndWait', ...parameters };
	const json = {
		name: 'Ask',
		nodes: [
			node('start', 'Start', 'n8n-nodes-base.manualTrigger', {}, 0),
			node('ask', 'Ask', 'n8n-nodes-twilio-sms.twilioSms', ask, 200),
		],
		connections: { Start: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
	};
	return withCredential(json, credential);
}
