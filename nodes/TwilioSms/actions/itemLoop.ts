import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isCanceled } from '../shared/cancellation';
import { asNodeError } from '../shared/errors';
import { toItem } from '../shared/itemWithFiles';
import { messagesAtOnce } from '../shared/parallelOption';
import type { Step } from '../shared/steps';
import { Steps } from '../shared/steps';
import type { Operation } from '../shared/types';
import { inParallel } from './inParallel';
import { findOperation } from './operations';
import type { Outcome } from './outcome';
import { isFailed, isUnknown, toItems } from './outcome';
import type { TakeStep } from './sentBefore';
import { forgetSent, takingStepsOnce } from './sentBefore';
import { stoppedError } from './stoppedError';

/**
 * Runs the chosen operation for every input item and puts out what comes of them in the order of
 * the input. With "Continue" as the node's answer to errors, what failed becomes an item that
 * says why; otherwise nothing new is begun after a failure.
 */
export async function runForEachItem(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const loop = new ItemLoop(this);
	await inParallel(messagesAtOnce.call(this), loop.jobs());
	return loop.output();
}

class ItemLoop {
	private readonly operation: Operation;

	private readonly continues: boolean;

	private readonly takeStep: TakeStep;

	private readonly outcomes: Outcome[] = [];

	/** By recipient, the last of the steps under way. */
	private readonly lastSteps = new Map<string, Promise<void>>();

	private hasFailed = false;

	constructor(private readonly context: IExecuteFunctions) {
		const resource = context.getNodeParameter('resource', 0) as string;
		const operation = context.getNodeParameter('operation', 0) as string;
		this.operation = findOperation(resource, operation);
		this.continues = continues.call(context);
		this.takeStep = takingStepsOnce.call(context);
	}

	/** Runs the operation for one item after the other and gives out what is left to be sent. */
	async *jobs(): AsyncGenerator<() => Promise<void>> {
		for (let itemIndex = 0; itemIndex < this.context.getInputData().length; itemIndex++) {
			if (this.isStopped()) return;
			for (const [outcome, step] of await this.runOperation(itemIndex)) {
				if (this.isStopped()) return;
				yield async () => await this.takeInTurn(outcome, step);
			}
		}
	}

	output(): INodeExecutionData[] {
		const failed = this.outcomes.find(isFailed);
		if (!failed) forgetSent.call(this.context);
		if (isCanceled.call(this.context)) {
			return this.outcomes.filter((one) => one.items ?? isUnknown(one)).flatMap(toItems);
		}
		if (failed && !this.continues) throw stoppedError(failed, this.outcomes);
		return this.outcomes.flatMap(toItems);
	}

	private async runOperation(itemIndex: number): Promise<Array<[Outcome, Step]>> {
		const outcome: Outcome = { itemIndex };
		try {
			const result = await this.operation.call(this.context, itemIndex);
			if (result instanceof Steps) return this.plan(itemIndex, result);
			outcome.items = [result].flat().map(toItem);
		} catch (thrown) {
			this.fail(outcome, thrown);
		}
		this.outcomes.push(outcome);
		return [];
	}

	private plan(itemIndex: number, { list }: Steps): Array<[Outcome, Step]> {
		const isOneOfSeveral = list.length > 1;
		const planned = list.map((step): [Outcome, Step] => [
			{ itemIndex, to: step.to, isOneOfSeveral },
			step,
		]);
		this.outcomes.push(...planned.map(([outcome]) => outcome));
		return planned;
	}

	// Messages to the same person are meant to be read in their order.
	private async takeInTurn(outcome: Outcome, step: Step): Promise<void> {
		const before = this.lastSteps.get(step.to);
		const own = (before ?? Promise.resolve()).then(async () => await this.take(outcome, step));
		this.lastSteps.set(step.to, own);
		await own;
		if (this.lastSteps.get(step.to) === own) this.lastSteps.delete(step.to);
	}

	private async take(outcome: Outcome, step: Step): Promise<void> {
		if (this.isStopped()) return;
		try {
			outcome.items = [toItem(await this.takeStep(outcome.itemIndex, step))];
		} catch (thrown) {
			this.fail(outcome, thrown);
		}
	}

	private fail(outcome: Outcome, thrown: unknown): void {
		const error = asNodeError(this.context.getNode(), thrown, outcome.itemIndex);
		if (outcome.isOneOfSeveral && !error.message.includes(String(outcome.to))) {
			error.message = `${outcome.to}: ${error.message}`;
		}
		outcome.error = error;
		this.hasFailed = true;
	}

	private isStopped(): boolean {
		return (this.hasFailed && !this.continues) || isCanceled.call(this.context);
	}
}

// A tool that fails is run again by n8n with nothing to tell that it is a retry, so it must not
// fail after it may have sent something; the agent reads the item that says what happened.
function continues(this: IExecuteFunctions): boolean {
	const isRetriedTool = this.isToolExecution?.() && this.getNode().retryOnFail;
	return this.continueOnFail() || isRetriedTool === true;
}
