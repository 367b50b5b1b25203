import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { fileExtension } from '../../shared/fileExtension';
import { ItemWithFiles } from '../../shared/itemWithFiles';
import { fetchMediaContent } from '../../shared/mediaContent';
import { twilioList } from '../../shared/transport';
import type { OperationDescription } from '../../shared/types';
import { messageSidField, requireMessageSid } from './messageSid';

/** @see https://www.twilio.com/docs/messaging/api/media-resource#media-properties */
interface TwilioMedia {
	sid: string;
	content_type: string;
}

const DEFAULT_PREFIX = 'media_';

export const description: OperationDescription = {
	option: {
		name: 'Download Media',
		value: 'downloadMedia',
		action: "Download a message's attachments",
		description: 'Fetch the pictures and other files of a message; an empty list when it has none',
	},
	fields: [
		messageSidField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
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

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<ItemWithFiles> {
	const messageSid = requireMessageSid.call(this, itemIndex);
	const options = this.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const prefix = String(options.dataPropertyAttachmentsPrefixName || DEFAULT_PREFIX);
	const media: IDataObject[] = [];
	const binary: IBinaryKeyData = {};
	for await (const attachment of listMedia.call(this, messageSid)) {
		const { sid: mediaSid, content_type: contentType } = attachment;
		const content = await fetchMediaContent.call(this, messageSid, mediaSid);
		const fileName = `${mediaSid}.${fileExtension(contentType)}`;
		const binaryProperty = `${prefix}${media.length}`;
		binary[binaryProperty] = await this.helpers.prepareBinaryData(content, fileName, contentType);
		media.push({ mediaSid, contentType, fileName, binaryProperty });
	}
	return new ItemWithFiles({ messageSid, media }, binary);
}

function listMedia(this: IExecuteFunctions, messageSid: string) {
	return twilioList.call(
		this,
		{ path: `/Messages/${messageSid}/Media.json` },
		'media_list',
	) as AsyncGenerator<TwilioMedia>;
}
