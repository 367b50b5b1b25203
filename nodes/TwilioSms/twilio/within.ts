/**
 * What comes of a promise, if it does in time.
 *
 * @param tooLate the message of the error otherwise
 * @throws Error
 */
export async function within<T>(
	milliseconds: number,
	result: Promise<T>,
	tooLate: string,
): Promise<T> {
	const signal = AbortSignal.timeout(milliseconds);
	const lateness = new Promise<never>((_, reject) => {
		signal.addEventListener('abort', () => reject(new Error(tooLate)));
	});
	// Whichever comes second must not end n8n as a rejection that nobody handles.
	lateness.catch(() => undefined);
	result.catch(() => undefined);
	return await Promise.race([result, lateness]);
}
