import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { systemEnvironment } from '../environment';
import { freePort } from '../freePort';
import { startReadyProcess } from '../readyProcess';
import { run } from '../run';
import type { Service } from './service';
import { logsReadiness, requireProgram } from './service';

/** Debian's, where every major version has a folder of its own, none of which is on the PATH. */
const VERSIONS = '/usr/lib/postgresql';

/** What Debian's package and containers call the user that PostgreSQL runs as. */
const POSTGRES_USER = 'postgres';

/** Nothing in here has to survive a power cut. */
const FAST = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];

function programFolders(): string[] {
	const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS) : [];
	return versions.sort((a, b) => Number(b) - Number(a)).map((name) => join(VERSIONS, name, 'bin'));
}

/** PostgreSQL refuses to run as root. */
const runsAsRoot = process.getuid?.() === 0;

function asOrdinaryUser(command: string[]): [program: string, args: string[]] {
	const identity = ['--reuid', POSTGRES_USER, '--regid', POSTGRES_USER, '--clear-groups', '--'];
	const [program, ...args] = runsAsRoot ? ['setpriv', ...identity, ...command] : command;
	return [program, args];
}

/** Room for the answers about some thousand executions. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

export interface Postgres extends Service {
	/** The rows that a query finds, each of its values as text. */
	rows: (query: string) => Promise<string[][]>;
	/** Lets nobody read or write a table for so long. Resolves when that has begun. */
	lockTable: (table: string) => Promise<() => Promise<void>>;
}

/** An empty PostgreSQL of our own, which forgets everything when it is closed. */
export async function startPostgres(): Promise<Postgres> {
	const postgres = requireProgram('postgres', 'postgresql', programFolders());
	const initdb = join(dirname(postgres), 'initdb');
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-twilio-sms-postgres-'));
	const removeFolder = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
	const options = { cwd: folder, env: systemEnvironment() };
	try {
		if (runsAsRoot) await run('chown', [POSTGRES_USER, folder], options);
		const cluster = [
			'--pgdata',
			folder,
			'--username',
			'n8n',
			'--auth',
			'trust',
			'--encoding',
			'UTF8',
		];
		await run(...asOrdinaryUser([initdb, ...cluster, '--no-locale', '--no-sync']), options);

		const port = String(await freePort());
		const network = ['-h', '127.0.0.1', '-p', port, '-c', 'unix_socket_directories='];
		// Otherwise it keeps files in /dev/shm, which a kill would leave there.
		const memory = ['-c', 'dynamic_shared_memory_type=mmap'];
		const server = await startReadyProcess(
			...asOrdinaryUser([postgres, '-D', folder, ...network, ...memory, ...FAST]),
			{ ...options, name: 'PostgreSQL', isReady: logsReadiness },
		);
		const psql = requireProgram('psql', 'postgresql', programFolders());
		const database = ['-h', '127.0.0.1', '-p', port, '-U', 'n8n', '-d', 'postgres', '-q'];
		const rows = async (query: string) => {
			const form = ['--no-align', '--tuples-only', '--field-separator', '\t', '-c', query];
			const { stdout } = await promisify(execFile)(psql, [...database, ...form], {
				...options,
				maxBuffer: MAX_ANSWER_BYTES,
			});
			return stdout
				.split('\n')
				.filter((line) => line !== '')
				.map((line) => line.split('\t'));
		};
		return {
			env: {
				DB_TYPE: 'postgresdb',
				DB_POSTGRESDB_HOST: '127.0.0.1',
				DB_POSTGRESDB_PORT: port,
				DB_POSTGRESDB_USER: 'n8n',
				DB_POSTGRESDB_DATABASE: 'postgres',
			},
			rows,
			lockTable: async (table) => {
				const lock = `LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`;
				const steps = ['BEGIN', lock, '\\echo locked', 'SELECT pg_sleep(60)', 'COMMIT'];
				await startReadyProcess(psql, [...database, ...steps.flatMap((step) => ['-c', step])], {
					...options,
					name: 'The lock',
					isReady: (output) => output.includes('locked'),
				});
				// The server would notice only at the end of its sleep that psql is gone.
				const asleep = "query LIKE 'SELECT pg_sleep(%'";
				return async () => {
					await rows(`SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE ${asleep}`);
				};
			},
			close: async () => {
				await server.stop();
				await removeFolder();
			},
		};
	} catch (error) {
		await removeFolder();
		throw error;
	}
}
