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

export function newMedia(messageSid: string, content: MediaContent): Media {
	return { ...content, sid: newSid('ME'), messageSid, dateCreated: rfc2822() };
}
