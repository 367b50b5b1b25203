import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { UnknownOutcome } from '../shared/errors';
import { asNodeError, unknownOutcomeError, unknownOutcomeOf } from '../shared/errors';
import type { Step } from '../shared/steps';

interface Remembered extends IDataObject {
	sent?: IDataObject;
	unknown?: IDataObject & UnknownOutcome & { executionId: string };
}

/** What became of messages, by run of the node, input item and recipient. */
type Memory = Record<string, Remembered>;

export type TakeStep = (itemIndex: number, step: Step) => Promise<IDataObject>;

/**
 * Takes steps, each of them once. With "Retry On Fail" n8n runs the whole node again, and
 * everybody who got a message would get it twice; so what an earlier try sent is given back as it
 * was, and what it may have sent fails as it did, whatever the parameters say by now.
 */
export function takingStepsOnce(this: IExecuteFunctions): TakeStep {
	if (!this.getNode().retryOnFail) return async (_, step) => await step.run();
	const memory = memoryOf.call(this);
	const executionId = this.getExecutionId();
	const runIndex = String(this.getWorkflowDataProxy(0).$runIndex);
	return async (itemIndex, step) => {
		const key = `${runIndex} ${itemIndex} ${step.to}`;
		const { sent, unknown } = memory[key] ?? {};
		if (sent) return sent;
		// Somebody who retries the execution by hand has looked whether it went out.
		if (unknown?.executionId === executionId) {
			throw unknownOutcomeError(this.getNode(), unknown.recipient, unknown.cause);
		}
		try {
			const result = await step.run();
			memory[key] = { sent: result };
			return result;
		} catch (thrown) {
			const outcome = unknownOutcomeOf(thrown);
			if (outcome) memory[key] = { unknown: { ...outcome, executionId } };
			throw asNodeError(this.getNode(), thrown);
		}
	};
}

/** Once nothing will be tried again there is nothing to remember. */
export function forgetSent(this: IExecuteFunctions): void {
	if (this.getNode().retryOnFail) delete this.getContext('node').sentBefore;
}

// n8n keeps it as long as the execution, and with it.
function memoryOf(this: IExecuteFunctions): Memory {
	const context = this.getContext('node') as { sentBefore?: Memory };
	return (context.sentBefore ??= {});
}
