import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

import { fileExtension } from '../../twilio/media';
import type { OperationDescription, OperationInput } from '../operation';
import { ItemWithFiles } from '../operation';
import { messageSidField, requireMessageSid } from './messageSid';

const DEFAULT_PREFIX = 'media_';

export const description: OperationDescription = {
	option: {
		name: 'Download Media',
		value: 'downloadMedia',
		action: 'Download media of message',
		description: 'Fetch the pictures and other files of a message; an empty list when it has none',
	},
	fields: [
		messageSidField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Attachment Prefix',
					name: 'dataPropertyAttachmentsPrefixName',
					type: 'string',
					default: DEFAULT_PREFIX,
					description:
						'Prefix for the names of the binary fields that the files are put in. A number is added, starting with 0: with "media_" the first file is in "media_0".',
				},
			],
		},
	],
};

export async function execute(input: OperationInput): Promise<ItemWithFiles> {
	const { n8n, twilio, parameters } = input;
	const messageSid = requireMessageSid(parameters);
	const prefix =
		parameters
			.collection('options')
			.text('dataPropertyAttachmentsPrefixName', 'Attachment Prefix') || DEFAULT_PREFIX;
	const media: IDataObject[] = [];
	const binary: IBinaryKeyData = {};
	for await (const attachment of twilio.media.list(messageSid)) {
		const { sid: mediaSid, content_type: contentType } = attachment;
		const content = await twilio.media.download(messageSid, mediaSid);
		const fileName = `${mediaSid}.${fileExtension(contentType)}`;
		const binaryProperty = `${prefix}${media.length}`;
		binary[binaryProperty] = await n8n.helpers.prepareBinaryData(content, fileName, contentType);
		media.push({ mediaSid, contentType, fileName, binaryProperty });
	}
	return new ItemWithFiles({ messageSid, media }, binary);
}
