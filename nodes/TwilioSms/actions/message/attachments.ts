import type { IBinaryData, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Parameters } from '../../shared/parameters';
import { inputError } from '../../twilio/errors';
import { isPublicHost } from '../../twilio/hosts';
import { channelOf } from '../../twilio/phoneNumber';
import type { OperationInput } from '../operation';

export const attachmentsField: INodeProperties = {
	displayName: 'Attachment Field Names',
	name: 'binaryProperties',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data, photo',
	description:
		'Names of the input fields with pictures or other files to send along, separated by commas. Twilio fetches them from n8n, which needs a public address.',
};

/** Twilio fetches a file within minutes; the link to it is of no use to anybody later. */
const LINK_EXPIRES_IN = '1 hour';

interface Limits {
	/** Of all files of a message together, in bytes. */
	inAll: number;
	/** Of each file that is none of `pictures`, in bytes. */
	other: number;
	types: RegExp;
	named: string;
}

const KB = 1000;
const MB = 1000 * KB;

const PICTURES = /^image\/(?:gif|jpeg|jpg|png)$/;

/**
 * What Twilio takes.
 *
 * @see https://www.twilio.com/docs/messaging/guides/accepted-mime-types
 */
const MMS: Limits = {
	inAll: 5 * MB,
	other: 500 * KB,
	types:
		/^(?:image\/(?:bmp|gif|jpe?g|png|tiff)|(?:audio|video)\/[\w.+-]+|text\/(?:calendar|csv|directory|richtext|rtf|vcard|x-vcard)|application\/(?:pdf|vcard|vnd\.apple\.pkpass))$/,
	named: 'pictures (JPEG, PNG, GIF), PDF, audio, video, contacts and calendar entries',
};

/** @see https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages */
const WHATSAPP: Limits = {
	inAll: 16 * MB,
	other: 16 * MB,
	types:
		/^(?:image\/(?:jpe?g|png|webp)|audio\/[\w.+-]+|video\/(?:3gpp|mp4)|text\/(?:plain|vcard|x-vcard)|application\/(?:pdf|msword|vnd\.(?:ms-excel|ms-powerpoint|openxmlformats-officedocument\.[\w.]+)))$/,
	named: 'pictures (JPEG, PNG, WebP), PDF, audio, video (MP4), contacts and Office documents',
};

/**
 * Addresses at which Twilio finds the files in the item's fields, for an hour and with n8n's own
 * signature. Everything is checked before anything is sent.
 *
 * @param to the recipient's address, which tells the channel
 * @throws NodeOperationError when Twilio could not take or fetch one of them
 */
export async function attachmentUrls(
	{ n8n, twilio, itemIndex, parameters }: OperationInput,
	options: Parameters,
	to: string,
): Promise<string[]> {
	const names = options
		.text('binaryProperties', 'Attachment Field Names')
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean);
	if (names.length === 0) return [];
	const files = names.map((name) => fileOf(n8n, itemIndex, name));
	await requireLimits(n8n, names, files, channelOf(to) === 'whatsapp' ? WHATSAPP : MMS);
	const urls = await Promise.all(files.map(async (file) => await signedUrl(n8n, file)));
	const { hostname, origin } = new URL(urls[0]);
	const { region } = await twilio.credential();
	if (isPublicHost(hostname) || region === 'custom') return urls;
	throw inputError(
		parameters.node,
		`Twilio cannot fetch files from this n8n at ${origin}`,
		'This message was not sent. Twilio fetches the files over the internet. Give n8n a public address: set the environment variable WEBHOOK_URL (N8N_WEBHOOK_URL since n8n 2.41), or run a tunnel. Or upload the file somewhere and use the option "Media URLs".',
	);
}

function fileOf(n8n: IExecuteFunctions, itemIndex: number, name: string): IBinaryData {
	const { binary = {} } = n8n.getInputData()[itemIndex] ?? {};
	if (Object.hasOwn(binary, name)) return binary[name];
	const present = Object.keys(binary);
	throw inputError(
		n8n.getNode(),
		`The input has no file in a field "${name}"`,
		`This message was not sent. ${
			present.length > 0
				? `Its files are in: ${present.join(', ')}.`
				: 'It has no files: let the node in front of this one put out binary data.'
		} The name is in the option "Attachment Field Names".`,
	);
}

async function requireLimits(
	n8n: IExecuteFunctions,
	names: string[],
	files: IBinaryData[],
	limits: Limits,
): Promise<void> {
	const refuse = (message: string) =>
		inputError(
			n8n.getNode(),
			message,
			`This message was not sent. Twilio takes ${limits.named}, ${limits.inAll / MB} MB in all${limits.other < limits.inAll ? `; files that are not pictures at most ${limits.other / KB} kB each` : ''}.`,
		);
	let inAll = 0;
	for (const [index, file] of files.entries()) {
		const size = await sizeOf(n8n, file);
		const mimeType = file.mimeType.split(';')[0].trim().toLowerCase();
		inAll += size;
		if (!limits.types.test(mimeType)) {
			throw refuse(`Twilio takes no file of the type ${mimeType} (field "${names[index]}")`);
		}
		if (size > limits.other && !PICTURES.test(mimeType)) {
			throw refuse(`The file in the field "${names[index]}" is too large: ${inKb(size)}`);
		}
	}
	if (inAll > limits.inAll) throw refuse(`The files are too large: ${inKb(inAll)} in all`);
}

function inKb(bytes: number): string {
	return `${Math.ceil(bytes / KB).toLocaleString('en')} kB`;
}

async function sizeOf(n8n: IExecuteFunctions, { id, data }: IBinaryData): Promise<number> {
	return id
		? (await n8n.helpers.getBinaryMetadata(id)).fileSize
		: Buffer.byteLength(data, 'base64');
}

async function signedUrl(n8n: IExecuteFunctions, file: IBinaryData): Promise<string> {
	const stored = file.id ? file : await store(n8n, file);
	if (stored.id) return n8n.helpers.createBinarySignedUrl(stored, LINK_EXPIRES_IN);
	throw inputError(
		n8n.getNode(),
		'This n8n keeps files in memory, where Twilio cannot fetch them',
		'This message was not sent. Set the environment variable N8N_DEFAULT_BINARY_DATA_MODE=filesystem and start n8n again. Or upload the file somewhere and use the option "Media URLs".',
	);
}

// Nodes such as Code put a file into the item itself, wherever n8n keeps files.
async function store(n8n: IExecuteFunctions, file: IBinaryData): Promise<IBinaryData> {
	const content = Buffer.from(file.data, 'base64');
	return await n8n.helpers.prepareBinaryData(content, file.fileName, file.mimeType);
}
