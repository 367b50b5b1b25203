/**
 * What the editor says at a node that waits, in the words of n8n's own nodes. The editor evaluates
 * its source, so it cannot use anything from outside.
 */
export function waitingTooltip({ operation, responseType }: Record<string, unknown>): string {
	if (operation !== 'sendAndWait') return '';
	return responseType === 'delivery'
		? 'Execution will continue when Twilio reports what became of the message'
		: "Execution will continue after the user's response";
}
