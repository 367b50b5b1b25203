import { PatternError } from './patternError';

/** Where the reading of a pattern has got to. The expressions it takes have to be sticky. */
export class PatternCursor {
	private index = 0;

	/** @param skipped how many characters were typed before this text */
	constructor(
		private readonly text: string,
		private readonly skipped: number,
	) {}

	/** Counts an emoji as one, as people do. */
	get position(): number {
		return this.skipped + Array.from(this.text.slice(0, this.index)).length + 1;
	}

	get atEnd(): boolean {
		return this.index === this.text.length;
	}

	sees(expected: RegExp): RegExpExecArray | null {
		expected.lastIndex = this.index;
		return expected.exec(this.text);
	}

	/** Moves on when it sees what is expected. */
	take(expected: RegExp): RegExpExecArray | null {
		const seen = this.sees(expected);
		if (seen) this.index += seen[0].length;
		return seen;
	}

	/** @throws PatternError always */
	fail(problem: string, position = this.position): never {
		throw new PatternError(problem, position);
	}
}
