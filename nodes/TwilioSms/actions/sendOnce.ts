import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { UnknownOutcome } from '../twilio/errors';
import { asNodeError, unknownOutcomeError, unknownOutcomeOf } from '../twilio/errors';
import type { Step } from './operation';

interface Remembered {
	sent?: IDataObject;
	unknown?: UnknownOutcome & { executionId: string };
}

/** What became of messages and of changes, by run of the node, input item and recipient. */
type Memory = Record<string, Remembered>;

export type TakeStep = (itemIndex: number, step: Step) => Promise<IDataObject>;

/**
 * Takes steps, each of them once. With "Retry On Fail" n8n runs the whole node again, and
 * everybody who got a message would get it twice; so what an earlier try sent is given back as it
 * was, and what it may have sent fails as it did, whatever the parameters say by now.
 */
export function takingStepsOnce(n8n: IExecuteFunctions): TakeStep {
	if (!n8n.getNode().retryOnFail) return async (_, step) => await step.run();
	const memory = memoryOf(n8n);
	const executionId = n8n.getExecutionId();
	const runIndex = String(n8n.getWorkflowDataProxy(0).$runIndex);
	return async (itemIndex, step) => {
		const key = `${runIndex} ${itemIndex} ${step.to}`;
		const { sent, unknown } = memory[key] ?? {};
		if (sent) return sent;
		// Somebody who retries the execution by hand has looked whether it went out.
		if (unknown?.executionId === executionId) {
			throw unknownOutcomeError(n8n.getNode(), unknown.recipient, unknown.cause);
		}
		try {
			const result = await step.run();
			memory[key] = { sent: result };
			return result;
		} catch (thrown) {
			const outcome = unknownOutcomeOf(thrown);
			if (outcome) memory[key] = { unknown: { ...outcome, executionId } };
			throw asNodeError(n8n.getNode(), thrown);
		}
	};
}

/** Once nothing will be tried again there is nothing to remember. */
export function forgetSent(n8n: IExecuteFunctions): void {
	if (n8n.getNode().retryOnFail) delete n8n.getContext('node').sentOnce;
}

// n8n stores this context with the execution's data.
function memoryOf(n8n: IExecuteFunctions): Memory {
	const context = n8n.getContext('node') as { sentOnce?: Memory };
	return (context.sentOnce ??= {});
}
