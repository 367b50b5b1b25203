import type { IDataObject } from 'n8n-workflow';
import { withCredential } from './importExamples';
import type { Credential } from './n8nApi';
import type { WorkflowJson } from './workflowsApi';

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
