import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemEnvironment } from '../environment';
import { freePort } from '../freePort';
import { startReadyProcess } from '../readyProcess';
import type { Service } from './service';
import { logsReadiness, requireProgram } from './service';

/** A Redis of our own, which forgets everything when it is closed. */
export async function startRedis(): Promise<Service> {
	const program = requireProgram('redis-server', 'redis-server');
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-twilio-sms-redis-'));
	const port = String(await freePort());
	const network = ['--bind', '127.0.0.1', '--port', port];
	const server = await startReadyProcess(program, [...network, '--save', '', '--dir', folder], {
		name: 'Redis',
		cwd: folder,
		env: systemEnvironment(),
		isReady: logsReadiness,
	});
	return {
		env: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: port },
		close: async () => {
			await server.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
