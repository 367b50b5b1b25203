import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

/**
 * In a loop the node asks one after the other in the same execution, and n8n has the same link for
 * all of them: somebody asked before, or the late report on an earlier message, would answer for
 * whoever is asked now. So the links say which time it is, from the second on.
 */
export function beginRound(this: IExecuteFunctions): Record<string, string> {
	const round = this.getWorkflowDataProxy(0).$runIndex as number;
	this.getContext('node').round = round;
	return round > 0 ? { round: String(round) } : {};
}

/** What `beginRound` put into the link that was opened. */
export function roundOf(this: IWebhookFunctions): Record<string, string> {
	const { round } = this.getQueryData() as IDataObject;
	return round === undefined ? {} : { round: String(round) };
}

/** Whether the link that was opened is the one that n8n waits for. */
export function isRoundOpen(this: IWebhookFunctions): boolean {
	// A name may hold the braces that end an expression.
	const name = JSON.stringify(this.getNode().name).replace(/[{}]/g, escapeCharacter);
	const open = this.evaluateExpression(`{{ $node[${name}].context.round }}`);
	return (roundOf.call(this).round ?? '0') === String(open ?? 0);
}

function escapeCharacter(character: string): string {
	return `\\u00${character.charCodeAt(0).toString(16)}`;
}
