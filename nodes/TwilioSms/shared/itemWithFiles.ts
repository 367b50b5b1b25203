import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

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
