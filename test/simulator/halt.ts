export type HaltMoment = 'before' | 'after';

/**
 * The world stops with the n-th request from now on: before it is handled, or after that but before
 * it is answered. What comes later is not handled either; whoever waits waits for ever.
 */
export class Halt {
	private arrived = 0;
	private stop: (request: string) => void = () => undefined;
	/** Resolves to the request, as `POST /2010-04-01/…`, once the world stands still. */
	readonly reached = new Promise<string>((resolve) => (this.stop = resolve));

	constructor(
		private readonly moment: HaltMoment,
		private readonly nth: number,
	) {}

	/** Counts a request, and says how far it gets. */
	take(): 'answered' | 'handled' | 'nowhere' {
		this.arrived += 1;
		if (this.arrived < this.nth) return 'answered';
		return this.arrived === this.nth && this.moment === 'after' ? 'handled' : 'nowhere';
	}

	/** The request has come as far as it gets. */
	standStill(request: string): void {
		this.stop(request);
	}
}
