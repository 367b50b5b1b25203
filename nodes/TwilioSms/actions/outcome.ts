import type {
	IDataObject,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { unknownOutcomeOf } from '../twilio/errors';

const MOST_NAMED = 10;

/** What came of an input item, or of one of its messages. Empty as long as it is not known. */
export interface Outcome {
	itemIndex: number;
	/** Who gets the message, if it is about one. */
	to?: string;
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

/** Whether n8n takes the node for failed because of its first item, and runs it again if it is to. */
export function looksFailed([first]: Outcome[]): boolean {
	return first?.items?.[0]?.json.error !== undefined;
}

/** The items for the node's output; something that failed becomes an item that says why. */
export function toItems({ itemIndex, items = [], error }: Outcome): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	if (!error) return items.map((item) => ({ ...item, pairedItem }));
	// Every version of n8n counts an item as failed if it has `error` and `message` and nothing else.
	const json = { error: error.message, message: error.description ?? error.message };
	return [{ json, pairedItem }];
}

/**
 * The error that stops the node, with what the user has to know about the other messages: n8n
 * shows no output of a node that failed.
 */
export function stoppedError(failed: FailedOutcome, outcomes: Outcome[]) {
	const { error } = failed;
	const sent = outcomes.filter(({ to, items }) => to && items).map(toSent);
	const unknown = outcomes
		.filter((outcome) => outcome !== failed && isUnknown(outcome))
		.map(({ to }) => String(to));
	if (sent.length === 0 && unknown.length === 0) return error;
	error.description = [
		error.description,
		sent.length > 0 && `${counted(sent.length)} went out: ${named(sent.map(toText))}.`,
		unknown.length > 0 &&
			`Nor is it known whether Twilio sent the ${unknown.length === 1 ? 'message' : 'messages'} to ${named(unknown)}.`,
	]
		.filter(Boolean)
		.join(' ');
	// The editor shows these below the error, in full.
	error.context.data = { sent, unknown };
	return error;
}

function toSent({ itemIndex, to, items = [] }: Outcome): IDataObject {
	const { messageSid, sid } = items[0].json;
	return { itemIndex, to, messageSid: messageSid ?? sid };
}

function toText({ to, messageSid }: IDataObject): string {
	return `${String(to)} (${String(messageSid)})`;
}

function counted(count: number): string {
	return count === 1 ? '1 message' : `${count.toLocaleString('en')} messages`;
}

function named(names: string[]): string {
	const more = names.length - MOST_NAMED;
	return names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
