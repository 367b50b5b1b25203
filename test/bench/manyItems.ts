import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startTwilioAccount } from '../support/twilioAccount';
import { hundredths, tenths, whole } from './figures';
import type { Growth } from './manyItemsProbe';
import type { Result } from './report';

const FEW = 1_000;
const MANY = 5_000;
const LIMIT = 2;
const TIMEOUT_MS = 120_000;
const PROBE = join(__dirname, 'manyItemsProbe.ts');

/**
 * What each further item takes, so that what is there once does not count. n8n keeps the input
 * and a few words about each item's origin beside the output; anything beyond that is the node's.
 */
export async function manyItems(): Promise<Result[]> {
	const { simulator, credential } = await startTwilioAccount({ statusDelay: 600_000 });
	async function probe(count: number): Promise<Growth> {
		const argument = JSON.stringify({ count, credential });
		const { stdout } = await promisify(execFile)(
			process.execPath,
			['--expose-gc', '--import', 'tsx', PROBE, argument],
			{ timeout: TIMEOUT_MS, env: { ...process.env, N8N_LOG_LEVEL: 'silent' } },
		);
		return JSON.parse(stdout) as Growth;
	}
	try {
		const few = await probe(FEW);
		const many = await probe(MANY);
		const each = (part: 'peak' | 'output') => (many[part] - few[part]) / (MANY - FEW);
		const ratio = each('peak') / each('output');
		return [
			{
				what: `${whole(MANY)} items on n8n's engine: most heap for each item`,
				own: `${whole(each('peak'))} B`,
				other: `${whole(each('output'))} B the output alone`,
				ratio: hundredths(ratio),
				guard: `at most ${LIMIT}`,
				isKept: ratio <= LIMIT,
			},
			{
				what: `${whole(MANY)} items on n8n's engine: time`,
				own: `${tenths(many.milliseconds / 1000)} s`,
				other: '',
				ratio: '',
				guard: '',
				isKept: true,
			},
		];
	} finally {
		await simulator.close();
	}
}
