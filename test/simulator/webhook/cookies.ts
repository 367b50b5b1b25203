import { WebhookFailure, PROTOCOL_VIOLATION } from './failure';

const LIFETIME_MS = 4 * 60 * 60 * 1000;

interface Session {
	cookies: Map<string, string>;
	usedAt: number;
}

/** Twilio keeps the cookies of each conversation, until nobody has written for four hours. */
export class Cookies {
	private readonly sessions = new Map<string, Session>();

	/** The `Cookie` header for the next call in this conversation. */
	header(conversation: string): string | undefined {
		const { cookies } = this.session(conversation);
		if (cookies.size === 0) return undefined;
		return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
	}

	store(conversation: string, setCookies: string[] = []): void {
		const { cookies } = this.session(conversation);
		for (const setCookie of setCookies) {
			const [pair = '', ...attributes] = setCookie.split(';');
			const [name = '', ...value] = pair.split('=');
			if (name.trim() === '') throw new WebhookFailure(PROTOCOL_VIOLATION);
			const isGone = attributes.some((attribute) => /^\s*max-age=(0|-\d+)\s*$/i.test(attribute));
			if (isGone) cookies.delete(name.trim());
			else cookies.set(name.trim(), value.join('=').trim());
		}
	}

	private session(conversation: string): Session {
		const known = this.sessions.get(conversation);
		const isFresh = known !== undefined && Date.now() - known.usedAt < LIFETIME_MS;
		const session = isFresh ? known : { cookies: new Map<string, string>(), usedAt: 0 };
		session.usedAt = Date.now();
		this.sessions.set(conversation, session);
		return session;
	}
}
