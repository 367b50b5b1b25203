import type { IBinaryKeyData, IWebhookFunctions } from 'n8n-workflow';

import type { TwilioClient } from '../../twilio/client';
import { twilioClient } from '../../twilio/client';
import { fileExtension } from '../../twilio/media';

// Far above Twilio's ten, as what stands in the request decides.
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

const MEDIA_PATH = /\/Accounts\/(AC\w{32})\/Messages\/((?:SM|MM)\w{32})\/Media\/(ME\w{32})$/;

/** Downloads the files of an incoming message. Never throws: a file is not worth the message. */
export async function downloadFiles(
	n8n: IWebhookFunctions,
	form: URLSearchParams,
): Promise<MediaDownload> {
	const twilio = twilioClient(n8n);
	const count = Math.min(Number(form.get('NumMedia') ?? 0) || 0, FILES_AT_MOST);
	const download: MediaDownload = { binary: {}, errors: {} };
	const isLate = lateness();
	await Promise.all(
		Array.from({ length: count }, async (_, index) => {
			try {
				const file = downloadFile(n8n, twilio, form, index);
				download.binary[`media_${index}`] = await Promise.race([file, isLate]);
			} catch (error) {
				download.errors[index] = (error as Error).message;
			}
		}),
	);
	return download;
}

/** Rejects when the time is over. */
function lateness(): Promise<never> {
	const signal = AbortSignal.timeout(ALL_WITHIN_MS);
	const lateness = new Promise<never>((_, reject) => {
		signal.addEventListener('abort', () =>
			reject(new Error('It did not arrive within 10 seconds')),
		);
	});
	// Nobody waits for it any more when all files are there.
	lateness.catch(() => undefined);
	return lateness;
}

async function downloadFile(
	n8n: IWebhookFunctions,
	twilio: TwilioClient,
	form: URLSearchParams,
	index: number,
) {
	const { accountSid } = await twilio.credential();
	const [, account, messageSid, mediaSid] =
		MEDIA_PATH.exec(form.get(`MediaUrl${index}`) ?? '') ?? [];
	// The file is asked for by its SIDs, at the API that the credential is for.
	if (account !== accountSid || messageSid !== form.get('MessageSid')) {
		throw new Error('Its address is not one of this message');
	}
	const content = await twilio.media.download(messageSid, mediaSid);
	const contentType = form.get(`MediaContentType${index}`) ?? 'application/octet-stream';
	const fileName = `${mediaSid}.${fileExtension(contentType)}`;
	return await n8n.helpers.prepareBinaryData(content, fileName, contentType);
}
