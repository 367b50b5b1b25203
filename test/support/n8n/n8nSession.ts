export interface Owner {
	email: string;
	password: string;
}

/** What a signed-in browser is for n8n's own editor: a cookie and JSON over REST. */
export interface N8nSession {
	signIn: (owner: Owner) => Promise<void>;
	request: <T>(method: string, path: string, body?: unknown) => Promise<T>;
}

interface RestAnswer<T> {
	data: T;
}

/** n8n answered with an error. */
export class N8nRefusal extends Error {
	constructor(
		request: string,
		status: number,
		readonly body: string,
	) {
		super(`${request}: ${status} ${body}`);
		this.name = 'N8nRefusal';
	}
}

interface PublicSettings {
	userManagement: { showSetupOnFirstLoad: boolean };
}

const AUTH_COOKIE = 'n8n-auth=';

export function createSession(url: string): N8nSession {
	let cookie = '';

	async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${url}/rest${path}`, {
			method,
			// A connection that is kept may be closed by n8n just as it is used again.
			headers: { 'content-type': 'application/json', cookie, connection: 'close' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) throw new N8nRefusal(`${method} ${path}`, response.status, text);
		const renewed = response.headers.getSetCookie().find((value) => value.startsWith(AUTH_COOKIE));
		if (renewed) cookie = renewed.split(';')[0];
		return (text === '' ? undefined : (JSON.parse(text) as RestAnswer<T>).data) as T;
	}

	/** Makes the owner of a fresh n8n, and is a normal sign-in on one that has its owner. */
	async function signIn({ email, password }: Owner): Promise<void> {
		const { userManagement } = await request<PublicSettings>('GET', '/settings');
		if (userManagement.showSetupOnFirstLoad) {
			const name = { firstName: 'Twilio', lastName: 'Tester' };
			await request('POST', '/owner/setup', { email, password, ...name });
		} else {
			await request('POST', '/login', { emailOrLdapLoginId: email, password });
		}
	}

	return { signIn, request };
}
