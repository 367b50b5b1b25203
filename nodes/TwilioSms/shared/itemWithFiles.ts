import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

/** What an operation gives back in place of plain data when there are files beside the data. */
export class ItemWithFiles {
	constructor(
		readonly json: IDataObject,
		readonly binary: IBinaryKeyData,
	) {}
}
