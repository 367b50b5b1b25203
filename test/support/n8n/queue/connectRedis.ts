import type { StoredWorkflow } from '../workflowsApi';
import type { QueueInstance } from './queueInstance';

const REDIS_NODE = 'n8n-nodes-base.redis';

/** Gives the Redis nodes of a workflow the Redis that n8n itself uses. */
export async function connectRedis(
	{ api, shared }: QueueInstance,
	{ id, nodes }: StoredWorkflow,
): Promise<StoredWorkflow> {
	const { QUEUE_BULL_REDIS_HOST: host, QUEUE_BULL_REDIS_PORT: port } = shared.env!;
	const redis = await api.createCredential('redis', {
		host: host!,
		port: Number(port),
		database: 0,
	});
	const connected = nodes.map((node) =>
		node.type === REDIS_NODE ? { ...node, credentials: { redis } } : node,
	);
	return await api.updateWorkflow(id, { nodes: connected });
}
