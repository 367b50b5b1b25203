import { buildProgram } from './buildProgram';
import { matchesAnywhere } from './matchPattern';
import { parsePattern } from './parsePattern';
import { PatternCursor } from './patternCursor';
import { readNotation } from './patternNotation';

export interface Pattern {
	/** Whether it matches anywhere in the text. */
	test(text: string): boolean;
}

/**
 * A regular expression that a stranger's text cannot make slow, as it can one of JavaScript: the
 * time it takes grows with the length of the text, times the length of the pattern, and no faster.
 *
 * @param source a bare pattern, in which case doesn't matter, or `/pattern/flags`
 * @throws PatternError
 */
export function compilePattern(source: string): Pattern {
	const { body, skipped, flags } = readNotation(source);
	const program = buildProgram(parsePattern(new PatternCursor(body, skipped)), flags);
	return { test: (text) => matchesAnywhere(program, text) };
}
