import type {
	IBinaryData,
	IBinaryKeyData,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { Accepted, UploadedFile } from './answer';

/** The item with which the workflow goes on; files are named as by n8n's own forms. */
export async function toItem(
	this: IWebhookFunctions,
	{ data, uploads }: Accepted,
): Promise<INodeExecutionData> {
	const json = { data: { ...data, respondedAt: new Date().toISOString() } };
	if (uploads.length === 0) return { json };
	const binary: IBinaryKeyData = {};
	for (const { field, files } of uploads) {
		const name = field.key.replace(/\W/g, '_');
		for (const [index, file] of files.entries()) {
			const wanted = field.isMultiple ? `${name}_${index}` : name;
			binary[freeName(wanted, binary)] = await toBinary.call(this, file);
		}
	}
	return { json, binary };
}

async function toBinary(
	this: IWebhookFunctions,
	{ filepath, originalFilename, newFilename, mimetype }: UploadedFile,
): Promise<IBinaryData> {
	return await this.nodeHelpers.copyBinaryFile(
		filepath,
		originalFilename ?? newFilename,
		mimetype ?? undefined,
	);
}

// The names of different fields may be alike without the letters that such a name cannot have.
function freeName(wanted: string, taken: IBinaryKeyData): string {
	return wanted in taken ? freeName(`${wanted}_`, taken) : wanted;
}
