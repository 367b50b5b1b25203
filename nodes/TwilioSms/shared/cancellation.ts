import { sleep } from 'n8n-workflow';

import { canceledError } from './errors';
import type { TwilioContext } from './request';

/** Whether the user, or a time limit, stopped the execution. */
export function isCanceled(this: TwilioContext): boolean {
	return cancelSignal.call(this)?.aborted === true;
}

/** @throws NodeOperationError when the execution was canceled */
export function stopIfCanceled(this: TwilioContext): void {
	if (isCanceled.call(this)) throw canceledError(this.getNode());
}

/**
 * Waits, but not beyond the end of the execution.
 *
 * @throws NodeOperationError when the execution was canceled
 */
export async function pause(this: TwilioContext, milliseconds: number): Promise<void> {
	const signal = cancelSignal.call(this);
	try {
		await sleep(milliseconds, signal);
	} catch {
		throw canceledError(this.getNode());
	}
	stopIfCanceled.call(this);
}

// Not in every context, nor in every version of n8n.
function cancelSignal(this: TwilioContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in this ? this.getExecutionCancelSignal() : undefined;
}
