/** What takes up no character of the text. */
export type Assertion = 'start' | 'end' | 'wordBoundary' | 'noWordBoundary';

export type PatternTree =
	/** One character out of a set, which is written as an expression with the flag u. */
	| { type: 'character'; set: string }
	| { type: 'assertion'; assertion: Assertion }
	| { type: 'sequence'; parts: PatternTree[] }
	| { type: 'choice'; options: PatternTree[] }
	| { type: 'repetition'; of: PatternTree; min: number; max: number; position: number };
