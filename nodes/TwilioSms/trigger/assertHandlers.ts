import type { IDataObject, IHookFunctions } from 'n8n-workflow';

import { inputError } from '../shared/errors';
import { foldText } from './foldText';
import type { Condition } from './handlers';
import { partsOf, rulesOf } from './handlers';
import { toKeyword } from './keyword';
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
			throw inputError(
				this.getNode(),
				`The handler "${name}" ${problem.what}`,
				`Open the trigger and, under "Handlers", ${problem.remedy}.`,
			);
		}
	}
}

interface Problem {
	what: string;
	remedy: string;
}

function problemWith(condition: Condition, value: string): Problem | undefined {
	if (condition === 'regex' && value.trim()) return problemWithPattern(value.trim());
	const parts = partsOf(value);
	if (!parts.length) {
		return {
			what: 'has no value, so no message would ever match it',
			remedy: 'enter one or remove the handler',
		};
	}
	const keyword = parts.find((part) => condition === 'keyword' && !toKeyword(foldText(part)));
	if (keyword === undefined) return undefined;
	return {
		what: `has the keyword "${keyword}", which is not one word, so no message would ever match it`,
		remedy: 'choose the condition "Starts With" or "Contains" for it, or enter one word',
	};
}

function problemWithPattern(pattern: string): Problem | undefined {
	try {
		compilePattern(pattern);
		return undefined;
	} catch (error) {
		return {
			what: `has a pattern that cannot be used: ${(error as Error).message}`,
			remedy: 'change it',
		};
	}
}
