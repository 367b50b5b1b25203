/**
 * Finds out how many requests Twilio takes at once. Each refusal halves the number, so that a
 * burst of them brings it down fast; then it grows by one for each full round that went well.
 */
export class Pace {
	private limit = Infinity;

	private inFlight = 0;

	private successes = 0;

	private readonly waiting: Array<() => void> = [];

	/** Makes the request when its turn has come. */
	async take<T>(request: () => Promise<T>, isRefused: (answer: T) => boolean): Promise<T> {
		await this.turn();
		try {
			const answer = await request();
			if (isRefused(answer)) this.slowDown();
			else this.speedUp();
			return answer;
		} finally {
			this.inFlight--;
			this.admit();
		}
	}

	private async turn(): Promise<void> {
		if (this.inFlight < this.limit) this.inFlight++;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	private admit(): void {
		while (this.waiting.length > 0 && this.inFlight < this.limit) {
			this.inFlight++;
			this.waiting.shift()?.();
		}
	}

	private slowDown(): void {
		this.limit = Math.max(1, Math.floor(Math.min(this.limit, this.inFlight) / 2));
		this.successes = 0;
	}

	private speedUp(): void {
		if (++this.successes < this.limit) return;
		this.limit++;
		this.successes = 0;
	}
}
