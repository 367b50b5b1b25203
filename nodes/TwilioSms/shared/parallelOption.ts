import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

const DEFAULT = 20;
const MOST = 50;

export const parallelOption: INodeProperties = {
	displayName: 'Messages at Once',
	name: 'parallel',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MOST },
	default: DEFAULT,
	description:
		'How many messages to hand to Twilio at the same time when there are many. The node slows down by itself when Twilio asks it to, and keeps the order of messages to the same person.',
};

/** How many messages to have under way, for the node as a whole. */
export function messagesAtOnce(this: IExecuteFunctions): number {
	const entered = Number(this.getNodeParameter('options.parallel', 0, DEFAULT));
	return Number.isFinite(entered) ? Math.min(MOST, Math.max(1, Math.floor(entered))) : DEFAULT;
}
