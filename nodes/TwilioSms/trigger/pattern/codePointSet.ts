/**
 * Characters, described by an expression for a single one. JavaScript's own engine may be asked
 * about one character: there is nothing in it to go back to, and its folding of case is right.
 */
export class CodePointSet {
	private readonly expression: RegExp;
	private asked = NaN;
	private answer = false;

	constructor(expression: string, flags: string) {
		// Without ^, V8 would go on to look between the two halves of an emoji.
		this.expression = new RegExp(`^${expression}`, flags);
	}

	/** Remembers its last answer, as many states of a program ask about the same character. */
	has(codePoint: number): boolean {
		if (codePoint !== this.asked) {
			this.asked = codePoint;
			this.answer = this.expression.test(String.fromCodePoint(codePoint));
		}
		return this.answer;
	}
}
