/**
 * Runs jobs, `size` at a time, in the order in which they come. The next one is asked for when
 * there is room for it; the jobs take care of their own errors.
 */
export async function inParallel(
	size: number,
	jobs: AsyncIterable<() => Promise<void>>,
): Promise<void> {
	const running = new Set<Promise<void>>();
	for await (const job of jobs) {
		const run: Promise<void> = job().finally(() => running.delete(run));
		running.add(run);
		if (running.size >= size) await Promise.race(running);
	}
	await Promise.all(running);
}
