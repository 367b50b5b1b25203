import type { N8nApi } from '../support/n8n/n8nApi';
import type { WorkflowNode } from '../support/n8n/workflowsApi';

const POSITION: [number, number] = [0, 0];

/**
 * Publishes Webhook nodes of n8n's own, which take whatever comes, and returns their path.
 *
 * @param typeVersion in 1 n8n reads the body of every request, above that only of some types
 */
export async function publishPlainWebhook(
	api: N8nApi,
	methods: string[],
	typeVersion: number,
): Promise<string> {
	const path = crypto.randomUUID();
	const nodes = methods.map(
		(httpMethod): WorkflowNode => ({
			id: httpMethod,
			name: httpMethod,
			type: 'n8n-nodes-base.webhook',
			typeVersion,
			position: POSITION,
			webhookId: crypto.randomUUID(),
			parameters: { httpMethod, path },
		}),
	);
	const settings = { executionOrder: 'v1', saveDataSuccessExecution: 'none' };
	const { id } = await api.createWorkflow({ name: 'Plain', nodes, connections: {}, settings });
	const { status } = await api.activate(id);
	if (status !== 'published') throw new Error(`n8n did not publish a Webhook node: ${status}`);
	return `/webhook/${path}`;
}

/** Has a Wait node of n8n's own wait for a request, and returns the path at which it does. */
export async function startPlainWait(api: N8nApi): Promise<string> {
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		id: name,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: POSITION,
		webhookId: crypto.randomUUID(),
		parameters: parameters as WorkflowNode['parameters'],
	});
	const link = { id: 'url', name: 'url', value: '={{ $execution.resumeUrl }}', type: 'string' };
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const { id } = await api.createWorkflow({
		name: 'Wait',
		nodes: [
			node('Start', 'manualTrigger', 1, {}),
			node('Link', 'set', 3.4, { assignments: { assignments: [link] } }),
			node('Wait', 'wait', 1.1, { resume: 'webhook', httpMethod: 'POST' }),
		],
		connections: { Start: to('Link'), Link: to('Wait') },
	});
	const { outputs } = await api.waitForExecution(await api.runWorkflow(id, 'Start'), 'waiting');
	const { pathname, search } = new URL(String(outputs.Link[0][0].json.url));
	return pathname + search;
}
