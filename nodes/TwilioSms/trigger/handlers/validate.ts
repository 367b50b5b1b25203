import type { IHookFunctions, IPollFunctions } from 'n8n-workflow';

import { inputError } from '../../twilio/errors';
import type { Rule } from './match';
import { foldText, partsOf, toKeyword, toRules } from './match';
import { compilePattern } from './pattern';

interface Problem {
	what: string;
	remedy: string;
}

const OPT_OUT_KINDS = ['', 'HELP', 'START', 'STOP'];

/**
 * Makes sure that every handler can match something.
 *
 * @throws NodeOperationError that names the handler and what is wrong with it
 */
export async function assertHandlers(n8n: IHookFunctions | IPollFunctions): Promise<void> {
	if (n8n.getNodeParameter('event') !== 'incomingMessage') return;
	// What an expression will make of a rule is not known before there is a message.
	const handlers = n8n.getNodeParameter('handlers', {}, { rawExpressions: true });
	for (const [index, rule] of toRules(handlers).entries()) {
		const problem = (await problemWith(rule)) ?? problemWithExpression(n8n, index);
		if (problem) {
			throw inputError(
				n8n.getNode(),
				`The handler "${rule.name}" ${problem.what}`,
				`Open the trigger and, under "Handlers", ${problem.remedy}.`,
			);
		}
	}
}

// Whether an expression finds a value is known only when a message arrives. A syntax error is known
// now.
function problemWithExpression(
	n8n: IHookFunctions | IPollFunctions,
	index: number,
): Problem | undefined {
	try {
		n8n.getNodeParameter(`handlers.rules[${index}]`, {});
		return undefined;
	} catch (error) {
		const { message } = error as Error;
		if (!/syntax/i.test(message)) return undefined;
		return {
			what: `has an expression that n8n cannot read: ${message}`,
			remedy: 'correct it',
		};
	}
}

async function problemWith({ condition, value }: Rule): Promise<Problem | undefined> {
	const isOpen = value.startsWith('=') || condition.startsWith('=');
	if (isOpen || condition === 'hasMedia') return undefined;
	if (condition === 'optOut') return problemWithKind(value);
	if (condition === 'regex' && value.trim()) return await problemWithPattern(value.trim());
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

// What was entered for another condition stays there when the condition is changed.
function problemWithKind(value: string): Problem | undefined {
	if (OPT_OUT_KINDS.includes(value)) return undefined;
	return {
		what: `looks for "${value}", which is no kind of opt-out word, so no message would ever match it`,
		remedy: 'choose one under "Kind"',
	};
}

async function problemWithPattern(pattern: string): Promise<Problem | undefined> {
	try {
		await compilePattern(pattern);
		return undefined;
	} catch (error) {
		return {
			what: `has a pattern that cannot be used: ${(error as Error).message}`,
			remedy: 'change it',
		};
	}
}
