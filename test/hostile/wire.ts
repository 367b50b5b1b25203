import { connect } from 'node:net';

/** A status of three digits, or why there is none. */
export type Outcome = number | 'closed without an answer' | 'hung up' | 'no answer in time';

/** How long a stranger who keeps back the rest of the request waits for an answer all the same. */
const PATIENCE_MS = 150;
/** n8n never answers some requests, whatever node they are for: each of them takes this long. */
const TIMEOUT_MS = 5_000;

/** Of an answer, after those that only say that it is coming. */
const STATUS = /^(?:HTTP\/1\.1 1\d\d [^]*?\r\n\r\n)*HTTP\/1\.1 ([2-9]\d\d)/;

export interface Sending {
	port: number;
	bytes: Buffer;
	/** The rest of the request never comes. */
	isUnfinished: boolean;
	/** Hangs up at once, with or without a goodbye, instead of looking whether an answer comes. */
	hangUp?: 'politely' | 'abruptly';
	timeoutMs?: number;
}

/** Sends exactly these bytes over a connection of their own, and says what came back. */
export async function sendBytes({
	port,
	bytes,
	isUnfinished,
	hangUp,
	timeoutMs = TIMEOUT_MS,
}: Sending): Promise<Outcome> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		let answer = '';
		const end = (otherwise: Outcome) => {
			clearTimeout(timer);
			socket.destroy();
			const [, status] = STATUS.exec(answer) ?? [];
			resolve(status === undefined ? otherwise : Number(status));
		};
		const timer = setTimeout(() => end('no answer in time'), timeoutMs);
		socket.setEncoding('latin1');
		// n8n may refuse a request before it has read all of it, which breaks the connection.
		socket.on('error', () => undefined);
		socket.on('data', (text: string) => {
			if (answer.length < 4_000) answer += text;
		});
		socket.on('end', () => end('closed without an answer'));
		socket.on('close', () => end('closed without an answer'));
		socket.on('connect', () => {
			socket.write(bytes, () => {
				if (!isUnfinished) return;
				if (hangUp === 'politely') socket.end();
				if (hangUp === 'abruptly') socket.resetAndDestroy();
				setTimeout(() => end('hung up'), hangUp === undefined ? PATIENCE_MS : 0);
			});
		});
	});
}
