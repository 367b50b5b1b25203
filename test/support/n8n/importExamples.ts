import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Credential, N8nApi } from './n8nApi';
import type { StoredWorkflow, WorkflowJson } from './workflowsApi';

const EXAMPLES = resolve(__dirname, '../../../examples');
const OWN_NODES = 'n8n-nodes-twilio-sms.';

/** Gives the package's nodes their credential: n8n leaves that to the person who imports. */
export function withCredential(json: WorkflowJson, { id, name, type }: Credential): WorkflowJson {
	const nodes = json.nodes.map((node) =>
		node.type.startsWith(OWN_NODES) ? { ...node, credentials: { [type]: { id, name } } } : node,
	);
	return { ...json, nodes };
}

/** All example workflows, by the name of their file without the extension. */
export async function importExamples(
	api: N8nApi,
	credential: Credential,
): Promise<Record<string, StoredWorkflow>> {
	const workflows: Record<string, StoredWorkflow> = {};
	for (const file of (await readdir(EXAMPLES)).sort()) {
		if (!file.endsWith('.json')) continue;
		const json = JSON.parse(await readFile(join(EXAMPLES, file), 'utf8')) as WorkflowJson;
		const workflow = await api.createWorkflow(withCredential(json, credential));
		workflows[file.replace('.json', '')] = workflow;
	}
	return workflows;
}
