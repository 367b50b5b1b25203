import type {
	IBinaryKeyData,
	IExecuteFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { TwilioClient } from '../../twilio/client';
import { twilioClient } from '../../twilio/client';
import { fileExtension } from '../../twilio/media';
import { within } from '../../twilio/within';

// Twilio sends ten at most. A larger number in a request must not make n8n create that many
// entries.
export const FILES_AT_MOST = 20;

/** The files of a message as far as they could be had. */
export interface MediaDownload {
	/** By `media_0`, `media_1`, … */
	binary: IBinaryKeyData;
	/** Why not, by the number of the file. */
	errors: Record<number, string>;
}

// Twilio waits 15 seconds for the answer, which the workflow's start comes before.
const ALL_WITHIN_MS = 10_000;
const TOO_LATE = `It did not arrive within ${ALL_WITHIN_MS / 1000} seconds`;

const MEDIA_PATH = /\/Accounts\/(AC\w{32})\/Messages\/((?:SM|MM)\w{32})\/Media\/(ME\w{32})$/;

/**
 * Downloads the files of an incoming message. Never throws: a file that fails must not cost the
 * message.
 */
export async function downloadFiles(
	n8n: IExecuteFunctions | IPollFunctions | IWebhookFunctions,
	form: URLSearchParams,
): Promise<MediaDownload> {
	const twilio = twilioClient(n8n);
	const count = Math.min(Number(form.get('NumMedia') ?? 0) || 0, FILES_AT_MOST);
	const download: MediaDownload = { binary: {}, errors: {} };
	await Promise.all(
		Array.from({ length: count }, async (_, index) => {
			try {
				const file = downloadFile(n8n, twilio, form, index);
				download.binary[`media_${index}`] = await within(ALL_WITHIN_MS, file, TOO_LATE);
			} catch (error) {
				download.errors[index] = (error as Error).message;
			}
		}),
	);
	return download;
}

async function downloadFile(
	n8n: IExecuteFunctions | IPollFunctions | IWebhookFunctions,
	twilio: TwilioClient,
	form: URLSearchParams,
	index: number,
) {
	const { accountSid } = await twilio.credential();
	const [, account, messageSid, mediaSid] =
		MEDIA_PATH.exec(form.get(`MediaUrl${index}`) ?? '') ?? [];
	// The file is requested by its SIDs from the credential's API: a forged MediaUrl must not make
	// n8n call another host.
	if (account !== accountSid || messageSid !== form.get('MessageSid')) {
		throw new Error('Its address is not one of this message');
	}
	const content = await twilio.media.download(messageSid, mediaSid);
	const contentType = form.get(`MediaContentType${index}`) ?? 'application/octet-stream';
	const fileName = `${mediaSid}.${fileExtension(contentType)}`;
	return await n8n.helpers.prepareBinaryData(content, fileName, contentType);
}
