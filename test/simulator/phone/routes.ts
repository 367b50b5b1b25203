import { join } from 'node:path';
import type { RequestHandler } from 'express';
import { Router, json } from 'express';
import type { Account } from '../account';
import { toE164 } from '../address';
import type { MediaContent } from '../media';
import { conversation } from './conversation';
import { isPictureType, picture } from './pictures';

const PAGE = join(__dirname, 'phone.html');
const CONTENT_SECURITY_POLICY =
	"default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; " +
	"connect-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const FONTS = new Map(
	['400', '600'].map((weight) => [
		`${weight}.woff2`,
		require.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff2`),
	]),
);
const MAX_BODY_LENGTH = 1600;
const MAX_PICTURES = 10;
/** As a phone does before it sends an MMS. In JSON, Base64 makes a third more of it. */
const MAX_PICTURE_BYTES = 5_000_000;

/** The phone in the browser: a page, a stream of what it shows, and the texts it sends. */
export function phone(account: Account): Router {
	const router = Router();
	router.use(sameOriginOnly);
	router.get('/', (_request, response) => {
		response.set({
			'Content-Security-Policy': CONTENT_SECURITY_POLICY,
			'Cache-Control': 'no-store',
		});
		response.sendFile(PAGE);
	});
	router.get('/fonts/:name', font);
	router.get('/events', events(account));
	router.get('/media/:sid', picture(account));
	router.post('/messages', json({ limit: '7mb' }), (request, response) => {
		const { from, to, body, media = [] } = (request.body ?? {}) as Record<string, unknown>;
		const pictures = toPictures(media);
		if (pictures === undefined) {
			const message = `Send up to ${MAX_PICTURES} pictures (GIF, JPEG, PNG or WebP) of 5 MB in all.`;
			response.status(400).json({ message });
		} else if (
			typeof body !== 'string' ||
			(body === '' && pictures.length === 0) ||
			body.length > MAX_BODY_LENGTH
		) {
			response.status(400).json({ message: 'Write between 1 and 1600 characters.' });
		} else if (typeof to !== 'string' || account.resources.number(to) === undefined) {
			response.status(400).json({ message: 'That number is not one of the account’s.' });
		} else if (typeof from !== 'string' || toE164(from) !== from) {
			response.status(400).json({ message: 'Your number must look like +14155550100.' });
		} else {
			// Twilio takes the text at once; how the webhook liked it shows on the bubble.
			void account.receive({ from, to, body, media: pictures });
			response.status(202).end();
		}
	});
	return router;
}

/** What the page sends as `[{contentType, content}]` with the content in Base64. */
function toPictures(media: unknown): MediaContent[] | undefined {
	if (!Array.isArray(media) || media.length > MAX_PICTURES) return undefined;
	const pictures = (media as Array<Record<string, unknown> | null>).map((one) => ({
		contentType: String(one?.contentType),
		content: Buffer.from(String(one?.content ?? ''), 'base64'),
	}));
	const bytes = pictures.reduce((sum, { content }) => sum + content.length, 0);
	const areRight = pictures.every(
		({ contentType, content }) => isPictureType(contentType) && content.length > 0,
	);
	return areRight && bytes <= MAX_PICTURE_BYTES ? pictures : undefined;
}

/** So that the page looks the same on every machine, those without fonts included. */
const font: RequestHandler<{ name: string }> = ({ params }, response) => {
	const file = FONTS.get(params.name);
	if (file === undefined) response.status(404).end();
	else response.sendFile(file);
};

/** Server-Sent Events: the whole conversation, again whenever the account changes. */
function events(account: Account): RequestHandler {
	return (request, response) => {
		const { from, to } = request.query;
		const show = () => {
			const shown = conversation(account, String(from ?? ''), String(to ?? ''));
			response.write(`data: ${JSON.stringify(shown)}\n\n`);
		};
		let pending: NodeJS.Immediate | undefined;
		const showSoon = () => {
			pending ??= setImmediate(() => {
				pending = undefined;
				show();
			});
		};
		response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
		show();
		account.on('change', showSoon);
		response.once('close', () => {
			account.off('change', showSoon);
			clearImmediate(pending);
		});
	};
}

/**
 * The page asks for no password, so a page from elsewhere must not reach it: not by a form
 * (Origin) and not by a host name of its own that resolves to this machine (Host).
 */
const sameOriginOnly: RequestHandler = (request, response, next) => {
	const { host = '', origin } = request.headers;
	const local = [`127.0.0.1:${request.socket.localPort}`, `localhost:${request.socket.localPort}`];
	if (local.includes(host) && (origin === undefined || origin === `http://${host}`)) return next();
	response.status(403).json({ message: 'Only the phone itself may do this.' });
};
