import type { IWebhookFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

interface Taken {
	/** `Infinity` until n8n has answered. */
	expiresAt: number;
	/** Whether n8n took it, which is known once n8n has answered. */
	isTaken: Promise<boolean>;
}

// Twilio waits 15 seconds in all for an answer, whichever of its attempts it comes to.
const AT_WORK_AT_MOST_MS = 15_000;
const LOOK_EVERY_MS = 100;

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
	 * Counts a request of this key as taken from now on. One that arrives while the first is still being
	 * taken waits for that, and steps in if n8n fails.
	 *
	 * @returns whether it is the first
	 */
	async claim(key: string, n8n: IWebhookFunctions): Promise<boolean> {
		for (;;) {
			const earlier = this.taken.get(key);
			if (!earlier || earlier.expiresAt <= Date.now()) break;
			// One with which n8n failed is forgotten by then.
			if (await earlier.isTaken) return false;
		}
		const isTaken = isAnsweredWell(n8n);
		const taken: Taken = { expiresAt: Infinity, isTaken };
		this.remember(key, taken);
		void isTaken.then((wasTaken) => {
			if (wasTaken) taken.expiresAt = Date.now() + this.rememberedMs;
			else if (this.taken.get(key) === taken) this.taken.delete(key);
		});
		return true;
	}

	/** Whether a request of this key was taken. One that is still being taken is waited for. */
	async has(key: string): Promise<boolean> {
		const earlier = this.taken.get(key);
		return earlier !== undefined && (await earlier.isTaken) && earlier.expiresAt > Date.now();
	}

	/**
	 * Counts a request as taken that came another way.
	 *
	 * @returns `false` when there is one of this key already
	 */
	add(key: string): boolean {
		if ((this.taken.get(key)?.expiresAt ?? 0) > Date.now()) return false;
		const expiresAt = Date.now() + this.rememberedMs;
		this.remember(key, { expiresAt, isTaken: Promise.resolve(true) });
		return true;
	}

	/** As the newest. */
	private remember(key: string, taken: Taken): void {
		this.forgetOld();
		this.taken.delete(key);
		this.taken.set(key, taken);
	}

	private forgetOld(): void {
		for (const [key, { expiresAt }] of this.taken) {
			if (expiresAt > Date.now() && this.taken.size < this.atMost) return;
			this.taken.delete(key);
		}
	}
}

// A proxy may close the connection when n8n takes long, and Twilio then delivers again. n8n is not told
// of that and goes on, so what it answers later, to nobody, still says whether it took the request.
async function isAnsweredWell(n8n: IWebhookFunctions): Promise<boolean> {
	const response = n8n.getResponseObject();
	await new Promise<void>((resolve) => {
		response.once('finish', resolve);
		response.once('close', resolve);
	});
	const latest = Date.now() + AT_WORK_AT_MOST_MS;
	while (!response.writableEnded && Date.now() < latest) await sleep(LOOK_EVERY_MS);
	return response.writableEnded && response.statusCode < 500;
}
