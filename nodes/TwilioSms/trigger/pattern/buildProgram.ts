import { CodePointSet } from './codePointSet';
import { PatternError } from './patternError';
import type { PatternFlags } from './patternNotation';
import type { Assertion, PatternTree } from './patternTree';

const MAX_STATES = 5000;

export type State =
	| { kind: 'found' }
	| { kind: 'character'; set: CodePointSet; next: number }
	| { kind: 'assertion'; assertion: Assertion; next: number }
	| { kind: 'fork'; next: number; other: number };

/** A nondeterministic finite automaton. States are known by their place in the list. */
export interface Program {
	states: readonly State[];
	start: number;
	multiline: boolean;
	wordCharacters: CodePointSet;
}

/** @throws PatternError when the pattern repeats too much */
export function buildProgram(tree: PatternTree, flags: PatternFlags): Program {
	const builder = new ProgramBuilder(`u${flags.ignoreCase ? 'i' : ''}${flags.dotAll ? 's' : ''}`);
	const start = builder.build(tree, builder.add({ kind: 'found' }));
	const { multiline } = flags;
	return { states: builder.states, start, multiline, wordCharacters: builder.set('\\w') };
}

/** Builds from the end to the start, so that each state knows the one to go on with. */
class ProgramBuilder {
	readonly states: State[] = [];
	private readonly sets = new Map<string, CodePointSet>();
	private position = 1;

	constructor(private readonly flags: string) {}

	add(state: State): number {
		// A pattern's length is limited, so this takes a repetition.
		if (this.states.length === MAX_STATES) {
			throw new PatternError(
				'the pattern repeats more than can be looked for. Use smaller numbers, or + or *.',
				this.position,
			);
		}
		return this.states.push(state) - 1;
	}

	set(expression: string): CodePointSet {
		const set = this.sets.get(expression) ?? new CodePointSet(expression, this.flags);
		this.sets.set(expression, set);
		return set;
	}

	/** @returns the first state of what is described by the tree and goes on with `next` */
	build(tree: PatternTree, next: number): number {
		switch (tree.type) {
			case 'character':
				return this.add({ kind: 'character', set: this.set(tree.set), next });
			case 'assertion':
				return this.add({ kind: 'assertion', assertion: tree.assertion, next });
			case 'sequence':
				return tree.parts.reduceRight((after, part) => this.build(part, after), next);
			case 'choice':
				return tree.options
					.map((option) => this.build(option, next))
					.reduceRight((other, first) => this.add({ kind: 'fork', next: first, other }));
			case 'repetition':
				this.position = tree.position;
				return this.buildRepetition(tree, next);
		}
	}

	private buildRepetition(
		{ of, min, max }: PatternTree & { type: 'repetition' },
		next: number,
	): number {
		const rest =
			max === Infinity
				? this.buildLoop(of, next)
				: this.buildCopies(max - min, next, (after) => {
						const first = this.build(of, after);
						return first === after ? after : this.add({ kind: 'fork', next: first, other: next });
					});
		return this.buildCopies(min, rest, (after) => this.build(of, after));
	}

	private buildLoop(of: PatternTree, next: number): number {
		const fork = { kind: 'fork' as const, next, other: next };
		const start = this.add(fork);
		fork.next = this.build(of, start);
		return start;
	}

	private buildCopies(count: number, next: number, build: (next: number) => number): number {
		let start = next;
		for (let copy = 0; copy < count; copy++) {
			const first = build(start);
			// Nothing, a billion times, is nothing.
			if (first === start) break;
			start = first;
		}
		return start;
	}
}
