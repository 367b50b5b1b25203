import type { IWebhookFunctions } from 'n8n-workflow';

interface Taken {
	/** `Infinity` until n8n has answered. */
	expiresAt: number;
	/** Whether n8n took it, which is known once n8n has answered. */
	isTaken: Promise<boolean>;
}

/**
 * Requests to a webhook of which only the first counts. In memory only: n8n gives webhooks no store
 * that they share, and saves a workflow's static data after the answer.
 */
export class TakenRequests {
	private readonly taken = new Map<string, Taken>();

	/**
	 * @param rememberedMs for how long after n8n's answer
	 * @param atMost how many are remembered; beyond that the oldest are forgotten first
	 */
	constructor(
		private readonly rememberedMs: number,
		private readonly atMost: number,
	) {}

	/**
	 * Whether a request of this key was taken before. One that arrives while the first is still being
	 * taken waits for that, and steps in if n8n fails. Otherwise it counts as taken from now on.
	 */
	async isTaken(key: string, n8n: IWebhookFunctions): Promise<boolean> {
		for (;;) {
			const earlier = this.taken.get(key);
			if (!earlier || earlier.expiresAt <= Date.now()) break;
			if (await earlier.isTaken) return true;
			if (this.taken.get(key) === earlier) this.taken.delete(key);
		}
		this.forgetOld();
		this.taken.delete(key);
		const isTaken = isAnsweredWell(n8n);
		const taken: Taken = { expiresAt: Infinity, isTaken };
		this.taken.set(key, taken);
		void isTaken.then(() => {
			taken.expiresAt = Date.now() + this.rememberedMs;
		});
		return false;
	}

	/** Whether a request of this key was taken, or is being taken. */
	has(key: string): boolean {
		return (this.taken.get(key)?.expiresAt ?? 0) > Date.now();
	}

	/** Counts a request as taken that came another way. */
	add(key: string): void {
		this.forgetOld();
		const expiresAt = Date.now() + this.rememberedMs;
		this.taken.set(key, { expiresAt, isTaken: Promise.resolve(true) });
	}

	private forgetOld(): void {
		for (const [key, { expiresAt }] of this.taken) {
			if (expiresAt > Date.now() && this.taken.size < this.atMost) return;
			this.taken.delete(key);
		}
	}
}

// The connection may be closed before n8n answers, by the caller or a proxy that waited too long. The
// caller then has no answer and asks again, and that request is taken.
async function isAnsweredWell(n8n: IWebhookFunctions): Promise<boolean> {
	const response = n8n.getResponseObject();
	return await new Promise((resolve) => {
		response.once('finish', () => resolve(response.statusCode < 500));
		response.once('close', () => resolve(false));
	});
}
