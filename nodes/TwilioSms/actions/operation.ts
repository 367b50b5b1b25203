import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { Parameters } from '../shared/parameters';
import type { TwilioClient } from '../twilio/client';

/** How an operation shows in the editor. */
export interface OperationDescription {
	/** Its entry in the dropdown. */
	option: INodePropertyOptions;
	/** Its fields, which are shown when it is chosen. */
	fields: INodeProperties[];
}

/** One input item, and what an operation needs to do its work for it. */
export interface OperationInput {
	n8n: IExecuteFunctions;
	twilio: TwilioClient;
	itemIndex: number;
	/** The node's parameters for this item. */
	parameters: Parameters;
}

/** What an operation does with one input item. Items are taken in order, one at a time. */
export type Operation = (
	input: OperationInput,
) => Promise<Change | IDataObject | IDataObject[] | ItemWithFiles | Steps>;

/** A message that an input item asks for, ready to go out. */
export interface Step {
	/** Who gets it. Steps for the same recipient are taken one after the other, in order. */
	to: string;
	run(): Promise<IDataObject>;
}

/**
 * What an operation gives back in place of data when there is still something to be sent. Steps
 * of all items are taken several at a time, and each succeeds or fails on its own.
 */
export class Steps {
	constructor(readonly list: Step[]) {}
}

/** What an operation gives back in place of data when it is about to do what cannot be done twice. */
export class Change implements Step {
	/** It is about no message. */
	readonly to = '';

	constructor(readonly run: () => Promise<IDataObject>) {}
}

/** What an operation gives back in place of plain data when there are files beside the data. */
export class ItemWithFiles {
	constructor(
		readonly json: IDataObject,
		readonly binary: IBinaryKeyData,
	) {}
}

/** What an operation gave back as an item of n8n's; without files it has no binary part at all. */
export function toItem(result: IDataObject | ItemWithFiles): INodeExecutionData {
	if (!(result instanceof ItemWithFiles)) return { json: result };
	const { json, binary } = result;
	return Object.keys(binary).length > 0 ? { json, binary } : { json };
}
