import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { asNodeError } from '../shared/errors';
import { findOperation } from './index';

/**
 * Runs the chosen operation for every input item, in order. With "Continue" as the node's answer
 * to errors, a failed item becomes one item that says what happened.
 */
export async function runForEachItem(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < this.getInputData().length; itemIndex++) {
		output.push(...(await runForItem.call(this, itemIndex)));
	}
	return output;
}

async function runForItem(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const pairedItem = { item: itemIndex };
	try {
		const resource = this.getNodeParameter('resource', itemIndex) as string;
		const operation = this.getNodeParameter('operation', itemIndex) as string;
		const result = await findOperation(resource, operation).execute.call(this, itemIndex);
		return [result].flat().map((json) => ({ json, pairedItem }));
	} catch (thrown) {
		const error = asNodeError(this.getNode(), thrown, itemIndex);
		if (!this.continueOnFail()) throw error;
		// Beside exactly these two keys every version of n8n takes the item for a failed one.
		const json = { error: error.message, message: error.description ?? error.message };
		return [{ json, pairedItem }];
	}
}
