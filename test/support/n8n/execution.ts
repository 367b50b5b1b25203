import { parse } from 'flatted';
import type {
	ExecutionStatus,
	INodeExecutionData,
	IRunExecutionData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	mode: WorkflowExecuteMode;
	startedAt: string;
	stoppedAt: string | null;
}

/** As n8n answers: the data is a string, because it may contain circles. */
export interface RawExecution extends ExecutionSummary {
	data: string;
}

export interface ExecutionFailure {
	node?: string;
	message: string;
	description?: string | null;
}

export interface Execution extends ExecutionSummary {
	/** By node name, then by output: the items of all runs of that node. */
	outputs: Record<string, INodeExecutionData[][]>;
	error?: ExecutionFailure;
	/** Missing as long as n8n has stored nothing but the start. */
	data?: IRunExecutionData;
}

export function toExecution({ data: flattened, ...summary }: RawExecution): Execution {
	const data = parse(flattened) as IRunExecutionData | undefined;
	const { runData = {}, error, lastNodeExecuted } = data?.resultData ?? {};

	const outputs: Execution['outputs'] = {};
	for (const [name, runs] of Object.entries(runData)) {
		const outputsOfNode: INodeExecutionData[][] = (outputs[name] = []);
		for (const { data: connections } of runs) {
			connections?.main?.forEach((items, index) => {
				(outputsOfNode[index] ??= []).push(...(items ?? []));
			});
		}
	}
	return {
		...summary,
		outputs,
		data,
		...(error && {
			error: {
				node: lastNodeExecuted,
				message: error.message,
				description: error.description,
			},
		}),
	};
}
