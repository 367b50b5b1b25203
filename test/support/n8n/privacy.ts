import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from '../../simulator/account';

/** What `recorder.cjs` writes for each chunk that n8n sends. */
interface Chunk {
	connection: string;
	peer: string;
	/** In Base64. */
	data: string;
}

/** All that n8n sent on one connection that it opened. */
export interface Connection {
	/** Host and port. */
	peer: string;
	sent: Buffer;
}

interface Guarded {
	/** What must not get out, by what it is. */
	secrets: Array<[name: string, value: string]>;
	/** Where credentials say that they go, with their ports. */
	apiHosts: string[];
}

/** Where the credential sends them that knows Twilio's regions only. */
const TWILIO = /\.twilio\.com:443$/;

/** Whoever has a link to a page that waits for an answer can give that answer. */
const SIGNED_LINK = /\S*\/webhook-waiting\/\S*[?&]signature=[0-9a-f]+/;

const guarded = new Map<Account, Guarded>();

const basic = (user: string, password: string) =>
	Buffer.from(`${user}:${password}`).toString('base64');

/**
 * From now on no n8n of this test file may let this account's secrets get out.
 *
 * @param apiUrl what a credential has as its base URL, in addition to earlier ones
 */
export function guard(account: Account, apiUrl: string): void {
	const { sid, authToken, apiKey } = account;
	guarded.set(account, {
		apiHosts: [...(guarded.get(account)?.apiHosts ?? []), new URL(apiUrl).host],
		secrets: [
			['the Auth Token', authToken],
			['the Auth Token in a header', basic(sid, authToken)],
			["the API key's secret", apiKey.secret],
			["the API key's secret in a header", basic(apiKey.sid, apiKey.secret)],
		],
	});
}

/** What an n8n that has ended leaves behind. */
export interface Remains {
	userFolder: string;
	trafficFile: string;
	log: string;
}

/** Where secrets got out, in words; nothing where none did. */
export async function leaks({ userFolder, trafficFile, log }: Remains): Promise<string[]> {
	const connections = await readTraffic(trafficFile);
	return [
		...connections.flatMap(leaksOfConnection),
		...leaksOfLog(log),
		...(await leaksOfFiles(join(userFolder, '.n8n'))),
	];
}

export async function readTraffic(file: string): Promise<Connection[]> {
	const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean);
	const connections = new Map<string, { peer: string; chunks: Buffer[] }>();
	for (const line of lines) {
		const { connection, peer, data } = JSON.parse(line) as Chunk;
		const known = connections.get(connection) ?? { peer, chunks: [] };
		known.chunks.push(Buffer.from(data, 'base64'));
		connections.set(connection, known);
	}
	return [...connections.values()].map(({ peer, chunks }) => ({
		peer,
		sent: Buffer.concat(chunks),
	}));
}

const found = (where: Buffer | string, what: (secret: string) => string, { secrets }: Guarded) =>
	secrets.filter(([, value]) => where.includes(value)).map(([name]) => what(name));

function leaksOfConnection({ peer, sent }: Connection): string[] {
	if (TWILIO.test(peer)) return [];
	return [...guarded.values()]
		.filter(({ apiHosts }) => !apiHosts.includes(peer))
		.flatMap((account) => found(sent, (secret) => `${secret} went to ${peer}`, account));
}

function leaksOfLog(log: string): string[] {
	const secrets = [...guarded.values()].flatMap((account) =>
		found(log, (secret) => `${secret} is in n8n's log`, account),
	);
	const [link] = SIGNED_LINK.exec(log) ?? [];
	return link === undefined ? secrets : [...secrets, `n8n's log has the signed link ${link}`];
}

/** n8n's database, event log and files. It keeps credentials encrypted. */
async function leaksOfFiles(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { withFileTypes: true, recursive: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((file) => !file.startsWith(join(folder, 'nodes')));
	const all = files.map(async (file) => {
		const content = await readFile(file);
		const name = file.slice(folder.length + 1);
		return [...guarded.values()].flatMap((account) =>
			found(content, (secret) => `${secret} is in n8n's file ${name}`, account),
		);
	});
	return (await Promise.all(all)).flat();
}
