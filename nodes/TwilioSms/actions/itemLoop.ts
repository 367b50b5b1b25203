import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { parametersOfItem } from '../shared/parameters';
import type { TwilioClient } from '../twilio/client';
import { twilioClient } from '../twilio/client';
import { asNodeError } from '../twilio/errors';
import { isCanceled } from '../twilio/request';
import { busyTimeoutMs, messagesAtOnce } from './message/options';
import type { Operation, Step } from './operation';
import { Change, Steps, toItem } from './operation';
import { findOperation } from './operations';
import type { Outcome } from './outcome';
import { isFailed, isUnknown, looksFailed, stoppedError, toItems } from './outcome';
import type { TakeStep } from './sendOnce';
import { forgetSent, takingStepsOnce } from './sendOnce';

/**
 * Runs the chosen operation for every input item and puts out what comes of them in the order of
 * the input. With "Continue" as the node's answer to errors, what failed becomes an item that
 * says why; otherwise nothing new is begun after a failure.
 */
export async function runForEachItem(n8n: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const loop = new ItemLoop(n8n);
	await inParallel(messagesAtOnce(n8n), loop.jobs());
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

	private readonly twilio: TwilioClient;

	constructor(private readonly n8n: IExecuteFunctions) {
		const parameters = parametersOfItem(n8n, 0);
		this.operation = findOperation(
			parameters.choice('resource', 'message'),
			parameters.choice('operation', 'send'),
		);
		this.continues = continuesOnFail(n8n);
		this.takeStep = takingStepsOnce(n8n);
		this.twilio = twilioClient(n8n, busyTimeoutMs(n8n));
	}

	/** Runs the operation for one item after the other and gives out what is left to be sent. */
	async *jobs(): AsyncGenerator<() => Promise<void>> {
		for (let itemIndex = 0; itemIndex < this.n8n.getInputData().length; itemIndex++) {
			if (this.isStopped()) return;
			for (const [outcome, step] of await this.runOperation(itemIndex)) {
				if (this.isStopped()) return;
				yield async () => await this.takeInTurn(outcome, step);
			}
		}
	}

	output(): INodeExecutionData[] {
		const failed = this.outcomes.find(isFailed);
		if (!failed && !looksFailed(this.outcomes)) forgetSent(this.n8n);
		if (isCanceled(this.n8n)) {
			return this.outcomes.filter((one) => one.items ?? isUnknown(one)).flatMap(toItems);
		}
		if (failed && !this.continues) throw stoppedError(failed, this.outcomes);
		return this.outcomes.flatMap(toItems);
	}

	private async runOperation(itemIndex: number): Promise<Array<[Outcome, Step]>> {
		const outcome: Outcome = { itemIndex };
		try {
			const { n8n, twilio } = this;
			const parameters = parametersOfItem(n8n, itemIndex);
			const result = await this.operation({ n8n, twilio, itemIndex, parameters });
			if (result instanceof Steps) return this.plan(itemIndex, result);
			const done = result instanceof Change ? await this.takeStep(itemIndex, result) : result;
			outcome.items = [done].flat().map(toItem);
		} catch (thrown) {
			this.fail(outcome, thrown);
		}
		this.outcomes.push(outcome);
		return [];
	}

	private plan(itemIndex: number, { list }: Steps): Array<[Outcome, Step]> {
		const planned = list.map((step): [Outcome, Step] => [{ itemIndex, to: step.to }, step]);
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
		const error = asNodeError(this.n8n.getNode(), thrown, outcome.itemIndex);
		if (outcome.to !== undefined && !error.message.includes(outcome.to)) {
			error.message = `${outcome.to}: ${error.message}`;
		}
		outcome.error = error;
		this.hasFailed = true;
	}

	private isStopped(): boolean {
		return (this.hasFailed && !this.continues) || isCanceled(this.n8n);
	}
}

// A tool that fails is run again by n8n with nothing to tell that it is a retry, so it must not
// fail after it may have sent something; the agent reads the item that says what happened.
function continuesOnFail(n8n: IExecuteFunctions): boolean {
	const isRetriedTool = n8n.isToolExecution?.() && n8n.getNode().retryOnFail;
	return n8n.continueOnFail() || isRetriedTool === true;
}

/**
 * Runs jobs, `size` at a time, in the order in which they come. The next one is asked for when
 * there is room for it; the jobs take care of their own errors.
 */
export async function inParallel(
	size: number,
	jobs: AsyncIterable<() => Promise<void>>,
): Promise<void> {
	const running = new Set<Promise<void>>();
	for await (const job of jobs) {
		const run: Promise<void> = job().finally(() => running.delete(run));
		running.add(run);
		if (running.size >= size) await Promise.race(running);
	}
	await Promise.all(running);
}
