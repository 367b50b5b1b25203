import type { Program, State } from './buildProgram';
import type { Assertion } from './patternTree';

type CharacterState = State & { kind: 'character' };

const LINE_ENDS = ['\n', '\r', '\u2028', '\u2029'].map((end) => end.charCodeAt(0));

/**
 * Follows all ways through the program at once (Thompson's simulation). Each character of the text
 * is shown to each state once at most, whatever the pattern and the text are.
 *
 * @see https://swtch.com/~rsc/regexp/regexp1.html
 */
export function matchesAnywhere(program: Program, text: string): boolean {
	const explore = explorer(program.states);
	let entered: number[] = [];
	let before: number | undefined;
	for (let index = 0; ; ) {
		const after = text.codePointAt(index);
		// A match may start at any character.
		entered.push(program.start);
		const reached = explore(entered, assertionsBetween(program, before, after));
		if (reached === 'found') return true;
		if (after === undefined) return false;
		entered = reached.filter(({ set }) => set.has(after)).map(({ next }) => next);
		before = after;
		index += after > 0xffff ? 2 : 1;
	}
}

/** Goes from the states entered to those that wait for a character, at one place in the text. */
function explorer(states: readonly State[]) {
	const exploredAt = new Uint32Array(states.length);
	let place = 0;
	return (entered: number[], holds: Record<Assertion, boolean>): CharacterState[] | 'found' => {
		const waiting: CharacterState[] = [];
		place++;
		for (let id = entered.pop(); id !== undefined; id = entered.pop()) {
			if (exploredAt[id] === place) continue;
			exploredAt[id] = place;
			const state = states[id];
			if (state.kind === 'found') return 'found';
			if (state.kind === 'character') waiting.push(state);
			else if (state.kind === 'fork') entered.push(state.other, state.next);
			else if (holds[state.assertion]) entered.push(state.next);
		}
		return waiting;
	};
}

function assertionsBetween(
	{ multiline, wordCharacters }: Program,
	before?: number,
	after?: number,
): Record<Assertion, boolean> {
	const isEdge = (neighbour?: number) =>
		neighbour === undefined || (multiline && LINE_ENDS.includes(neighbour));
	const isWord = (neighbour?: number) => neighbour !== undefined && wordCharacters.has(neighbour);
	const wordBoundary = isWord(before) !== isWord(after);
	return { start: isEdge(before), end: isEdge(after), wordBoundary, noWordBoundary: !wordBoundary };
}
