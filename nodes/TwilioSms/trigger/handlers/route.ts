import type { INodeExecutionData } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';
import type { HandledMessage, Rule } from './match';
import { outputFor, toRules } from './match';

/**
 * The item with the number of the output on which it is to come out. n8n gives a trigger's items to
 * its `execute` by one input, in queue mode in another process, so the item itself has to say.
 */
export async function routed(
	item: INodeExecutionData,
	parameters: Parameters,
	message: HandledMessage,
): Promise<INodeExecutionData> {
	const rules = rulesOf(parameters);
	return rules.length ? { ...item, index: await outputFor(message, rules) } : item;
}

/** The items on their outputs; those without a number, such as pinned data, as they match now. */
export async function dispatch(
	parameters: Parameters,
	items: INodeExecutionData[],
	toMessage: (item: INodeExecutionData) => HandledMessage,
): Promise<INodeExecutionData[][]> {
	const rules = parameters.choice('event', '') === 'messageStatus' ? [] : rulesOf(parameters);
	const outputs = Array.from({ length: rules.length + 1 }, (): INodeExecutionData[] => []);
	for (const { index, ...item } of items) {
		const output = index ?? (rules.length ? await outputFor(toMessage(item), rules) : 0);
		outputs[Math.min(output, rules.length)].push(item);
	}
	return outputs;
}

// n8n evaluates all handlers or none. Where one of them fails, each is read by itself, so that a
// message still gets to the others and to "Other".
function rulesOf(parameters: Parameters): Rule[] {
	const all = parameters.value('handlers');
	if (all !== null) return toRules(all);
	const { handlers: unevaluated } = parameters.node.parameters;
	return toRules({
		rules: toRules(unevaluated).map((_, index) => parameters.value(`handlers.rules[${index}]`, {})),
	});
}
