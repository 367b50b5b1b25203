import type { IDataObject } from 'n8n-workflow';

import type { FailedOutcome, Outcome } from './outcome';
import { isUnknown } from './outcome';

const MOST_NAMED = 10;

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
