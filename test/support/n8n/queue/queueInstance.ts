import { randomBytes } from 'node:crypto';
import { createCleanUps } from '../../cleanUps';
import { freePort } from '../freePort';
import type { Instance, InstanceOptions } from '../instance';
import { startInstance } from '../instance';
import { localUrl } from '../n8nProcess';
import type { N8nServer, N8nServerOptions } from '../n8nServer';
import { startN8nServer } from '../n8nServer';
import { startReverseProxy } from '../reverseProxy';
import type { Postgres } from './postgres';
import { startPostgres } from './postgres';
import { startRedis } from './redis';

export interface QueueOptions extends Pick<InstanceOptions, 'tarball' | 'env' | 'signal'> {
	/** How many processes run executions; one without a wish. */
	workers?: number;
}

/**
 * n8n in queue mode, as n8n recommends it for production: the main process has the editor and the
 * schedule, another takes the webhooks, and a third runs all executions. Stopping, killing and
 * restarting the instance is about the main process; the others have these functions too.
 */
export interface QueueInstance extends Instance {
	workers: N8nServer[];
	webhooks: N8nServer;
	/** Another process that takes webhooks, to which a load balancer might send a request as well. */
	otherWebhooks: N8nServer;
	database: Pick<Postgres, 'rows' | 'lockTable'>;
	/** What an n8n beside these needs to work with them. */
	shared: N8nServerOptions;
}

/** What n8n tells operators to route to its webhook process. */
const WEBHOOK_PATHS = ['/webhook/', '/webhook-waiting/', '/form/', '/form-waiting/'];

export async function startQueueInstance({
	workers: workerCount = 1,
	...options
}: QueueOptions = {}): Promise<QueueInstance> {
	const cleanUps = createCleanUps();
	try {
		const postgres = await startPostgres();
		cleanUps.add(postgres.close);
		const redis = await startRedis();
		cleanUps.add(redis.close);

		const [port, webhookPort] = [await freePort(), await freePort()];
		const routes = WEBHOOK_PATHS.map((path) => [path, localUrl(webhookPort) + path]);
		const balancer = await startReverseProxy({
			'/': `${localUrl(port)}/`,
			...Object.fromEntries(routes),
		});
		cleanUps.add(balancer.close);

		const shared: N8nServerOptions = {
			...options,
			publicUrl: balancer.url,
			env: {
				...postgres.env,
				...redis.env,
				EXECUTIONS_MODE: 'queue',
				OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
				N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
				N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
				N8N_PROXY_HOPS: '1',
				...options.env,
			},
		};
		const main = await startInstance({ ...shared, port });
		cleanUps.add(main.dispose);
		// Only now: the main process has made the database's tables.
		const others = [
			startN8nServer({ ...shared, command: 'webhook', port: webhookPort }),
			startN8nServer({ ...shared, command: 'webhook' }),
			...Array.from({ length: workerCount }, () =>
				startN8nServer({ ...shared, command: 'worker' }),
			),
		];
		// If one of them fails, the other one has to be ended once it runs.
		cleanUps.add(async () => {
			for (const other of await Promise.allSettled(others)) {
				if (other.status === 'fulfilled') await other.value.dispose();
			}
		});
		const [webhooks, otherWebhooks, ...workers] = await Promise.all(others);
		const processes = { workers, webhooks, otherWebhooks };
		return { ...main, ...processes, database: postgres, shared, dispose: cleanUps.run };
	} catch (error) {
		await cleanUps.run();
		throw error;
	}
}
