/** What is wrong with a pattern, for the person who typed it. */
export class PatternError extends Error {
	/** @param position of the character in question, the first being 1 */
	constructor(
		problem: string,
		readonly position: number,
	) {
		super(`At character ${position}: ${problem}`);
		this.name = 'PatternError';
	}
}
