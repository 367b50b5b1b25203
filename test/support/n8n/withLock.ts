import { open, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LockOptions {
	/** Called once, when somebody else holds the lock. */
	onWait: () => void;
	signal?: AbortSignal;
}

const HEARTBEAT_MS = 5000;
const RETRY_MS = 1000;

/** A holder that died stops touching its file; one that lives does so ten times in this span. */
const STALE_AFTER_MS = 60_000;

const isErrorCode = (error: unknown, code: string) =>
	(error as NodeJS.ErrnoException).code === code;

async function acquire(path: string): Promise<boolean> {
	try {
		await (await open(path, 'wx')).close();
		return true;
	} catch (error) {
		if (!isErrorCode(error, 'EEXIST')) throw error;
	}
	try {
		const { mtimeMs } = await stat(path);
		if (Date.now() - mtimeMs > STALE_AFTER_MS) await rm(path, { force: true });
	} catch (error) {
		if (!isErrorCode(error, 'ENOENT')) throw error;
	}
	return false;
}

/** Lets one process at a time, among those of this machine, do the work. */
export async function withLock<T>(
	path: string,
	{ onWait, signal }: LockOptions,
	work: () => Promise<T>,
): Promise<T> {
	let announced = false;
	while (!(await acquire(path))) {
		if (!announced) onWait();
		announced = true;
		await sleep(RETRY_MS, undefined, { signal });
	}
	const touch = () => utimes(path, new Date(), new Date()).catch(() => undefined);
	const heartbeat = setInterval(() => void touch(), HEARTBEAT_MS);
	try {
		return await work();
	} finally {
		clearInterval(heartbeat);
		await rm(path, { force: true });
	}
}
