import type { IBinaryKeyData, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import type { Accepted, Upload } from './answer';

/** The item with which the workflow goes on; files are named as by n8n's own forms. */
export async function toItem(
	this: IWebhookFunctions,
	{ data, uploads }: Accepted,
): Promise<INodeExecutionData> {
	const json = { data: { ...data, respondedAt: new Date().toISOString() } };
	if (uploads.length === 0) return { json };
	const binary: IBinaryKeyData = {};
	for (const upload of uploads) Object.assign(binary, await toBinary.call(this, upload));
	return { json, binary };
}

async function toBinary(
	this: IWebhookFunctions,
	{ field: { key, isMultiple }, files }: Upload,
): Promise<IBinaryKeyData> {
	const name = key.replace(/\W/g, '_');
	const entries = files.map(
		async ({ filepath, originalFilename, newFilename, mimetype }, index) => [
			isMultiple ? `${name}_${index}` : name,
			await this.nodeHelpers.copyBinaryFile(
				filepath,
				originalFilename ?? newFilename,
				mimetype ?? undefined,
			),
		],
	);
	return Object.fromEntries(await Promise.all(entries)) as IBinaryKeyData;
}
