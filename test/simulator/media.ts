import { rfc2822 } from './date';
import { newSid } from './sid';

export interface MediaContent {
	contentType: string;
	content: Buffer;
}

export interface Media extends MediaContent {
	sid: string;
	messageSid: string;
	dateCreated: string;
}

const CONTENT_TYPES: Record<string, string> = {
	gif: 'image/gif',
	jpeg: 'image/jpeg',
	jpg: 'image/jpeg',
	mp3: 'audio/mpeg',
	mp4: 'video/mp4',
	pdf: 'application/pdf',
	png: 'image/png',
	txt: 'text/plain',
	vcf: 'text/vcard',
	webp: 'image/webp',
};

export function newMedia(messageSid: string, content: MediaContent): Media {
	return { ...content, sid: newSid('ME'), messageSid, dateCreated: rfc2822() };
}

/** Twilio would fetch the file; here nothing leaves the machine, so it has a type and no content. */
export function mediaAt(url: string): MediaContent {
	const extension = /\.(\w+)(?:[?#].*)?$/s.exec(url)?.[1]?.toLowerCase() ?? '';
	const contentType = CONTENT_TYPES[extension] ?? 'application/octet-stream';
	return { contentType, content: Buffer.alloc(0) };
}
