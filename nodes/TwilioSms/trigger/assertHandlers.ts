import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { Condition } from './handlers';
import { rulesOf } from './handlers';
import { compilePattern } from './pattern/compilePattern';

const WITHOUT_VALUE: Condition[] = ['hasMedia', 'optOut'];

/**
 * Makes sure that every handler can match something.
 *
 * @throws NodeOperationError that names the handler and what is wrong with it
 */
export function assertHandlers(this: IHookFunctions): void {
	if (this.getNodeParameter('event') !== 'incomingMessage') return;
	// What an expression will make of a rule is not known before there is a message.
	const handlers = this.getNodeParameter('handlers', {}, { rawExpressions: true }) as IDataObject;
	for (const { name, condition, value } of rulesOf(handlers)) {
		const text = String(value ?? '');
		const isOpen = text.startsWith('=') || condition.startsWith('=');
		const needsValue = !isOpen && !WITHOUT_VALUE.includes(condition);
		const problem = needsValue ? problemWith(condition, text) : undefined;
		if (problem) {
			throw new NodeOperationError(this.getNode(), `The handler "${name}" ${problem}`, {
				description: 'Open the trigger and change it under "Handlers".',
			});
		}
	}
}

function problemWith(condition: Condition, value: string): string | undefined {
	if (!value.trim()) return 'has no value, so no message would ever match it';
	if (condition !== 'regex') return undefined;
	try {
		compilePattern(value.trim());
		return undefined;
	} catch (error) {
		return `has a pattern that cannot be used: ${(error as Error).message}`;
	}
}
