import type { ExecutionStatus } from 'n8n-workflow';
import type { Execution, ExecutionSummary, RawExecution } from './execution';
import { toExecution } from './execution';
import type { N8nSession } from './n8nSession';
import { waitFor } from '../waitFor';

interface ExecutionPage {
	results: ExecutionSummary[];
	/** n8n 1 has none and answers the newest page only. */
	nextCursor?: string | null;
}

const TIMEOUT_MS = 90_000;
const PAGE_SIZE = '100';

/** A waiting execution has come to rest too: it goes on when somebody answers. */
const AT_WORK: ExecutionStatus[] = ['new', 'running'];

export function createExecutionsApi(request: N8nSession['request']) {
	const execution = async (id: string): Promise<Execution> =>
		toExecution(await request<RawExecution>('GET', `/executions/${id}`));

	/** Oldest first. */
	async function summaries(workflowId: string): Promise<ExecutionSummary[]> {
		// Every page repeats the executions that are at work.
		const byId = new Map<string, ExecutionSummary>();
		let cursor: string | null | undefined;
		do {
			const query = new URLSearchParams({
				filter: JSON.stringify({ workflowId }),
				limit: PAGE_SIZE,
				...(cursor && { cursor }),
			});
			const page: ExecutionPage = await request('GET', `/executions?${query}`);
			for (const summary of page.results) byId.set(summary.id, summary);
			cursor = page.nextCursor;
		} while (cursor);
		return [...byId.values()].sort((a, b) => Number(a.id) - Number(b.id));
	}

	return {
		execution,

		/** All executions of a workflow with their data, oldest first. */
		executions: async (workflowId: string): Promise<Execution[]> =>
			await Promise.all((await summaries(workflowId)).map(async ({ id }) => await execution(id))),

		/** Waits until at least `count` executions of the workflow ended or wait for an answer. */
		waitForExecutions: async (
			workflowId: string,
			count: number,
			timeoutMs = TIMEOUT_MS,
		): Promise<Execution[]> => {
			const ids = await waitFor(`${count} executions of ${workflowId}`, timeoutMs, async () => {
				const atRest = (await summaries(workflowId)).filter(
					({ status }) => !AT_WORK.includes(status),
				);
				return atRest.length >= count ? atRest.map(({ id }) => id) : undefined;
			});
			return await Promise.all(ids.map(async (id) => await execution(id)));
		},

		/** Waits until the execution has that status or, without one, ended or waits. */
		waitForExecution: async (
			id: string,
			status?: ExecutionStatus,
			timeoutMs = TIMEOUT_MS,
		): Promise<Execution> =>
			await waitFor(`execution ${id} to be ${status ?? 'over'}`, timeoutMs, async () => {
				const current = await execution(id);
				const reached = status ? current.status === status : !AT_WORK.includes(current.status);
				return reached ? current : undefined;
			}),
	};
}
