import type { RequestHandler } from 'express';
import type { Account } from '../account';
import type { Media } from '../media';

/** What a browser shows in an `<img>` and never runs; SVG is left out for being able to. */
const TYPES = ['image/gif', 'image/jpeg', 'image/png', 'image/webp'];

/** The attachments of a message that the phone can show. */
export function picturesOf({ media }: Account, messageSid: string): string[] {
	return media
		.filter((item) => item.messageSid === messageSid && isPicture(item))
		.map(({ sid }) => sid);
}

/** Hands a picture to the phone, which has no credentials to get it from the API with. */
export function picture({ media }: Account): RequestHandler<{ sid: string }> {
	return (request, response) => {
		const found = media.find((item) => item.sid === request.params.sid && isPicture(item));
		if (found === undefined) {
			response.status(404).end();
			return;
		}
		response.set({ 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' });
		response.type(found.contentType).send(found.content);
	};
}

export const isPictureType = (contentType: string) => TYPES.includes(contentType);

function isPicture({ contentType, content }: Media): boolean {
	return isPictureType(contentType) && content.length > 0;
}
