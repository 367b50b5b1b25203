import type { INodeOutputConfiguration, INodeParameters } from 'n8n-workflow';

/**
 * One output for each handler and a last one for all other messages, or just one without
 * handlers. n8n evaluates it as an expression, so it must not use anything from outside.
 */
export const handlerOutputs = (parameters: INodeParameters): INodeOutputConfiguration[] => {
	const handlers = parameters.handlers as { rules?: Array<{ name?: string }> } | undefined;
	const rules = (parameters.event !== 'messageStatus' && handlers?.rules) || [];
	if (!rules.length) return [{ type: 'main' }];
	return [...rules.map(({ name }) => name || 'Handler'), 'Other'].map((displayName) => ({
		type: 'main',
		displayName,
	}));
};
