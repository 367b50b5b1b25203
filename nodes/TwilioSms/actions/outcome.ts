import type { INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { unknownOutcomeOf } from '../shared/errors';

/** What came of an input item, or of one of its messages. Empty as long as it is not known. */
export interface Outcome {
	itemIndex: number;
	/** Who gets the message, if it is about one. */
	to?: string;
	/** Whether the input item asks for other messages as well. */
	isOneOfSeveral?: boolean;
	items?: INodeExecutionData[];
	error?: NodeApiError | NodeOperationError;
}

export type FailedOutcome = Outcome & Required<Pick<Outcome, 'error'>>;

export function isFailed(outcome: Outcome): outcome is FailedOutcome {
	return outcome.error !== undefined;
}

/** Whether a message may have gone out, but perhaps did not. */
export function isUnknown({ error }: Outcome): boolean {
	return unknownOutcomeOf(error) !== undefined;
}

/** The items for the node's output; something that failed becomes an item that says why. */
export function toItems({ itemIndex, items = [], error }: Outcome): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	if (!error) return items.map((item) => ({ ...item, pairedItem }));
	// Beside exactly these two keys every version of n8n takes the item for a failed one.
	const json = { error: error.message, message: error.description ?? error.message };
	return [{ json, pairedItem }];
}
