// Letters and digits, with apostrophes and hyphens between them: signs and emoji are no words.
const WORD = String.raw`[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}\p{Join_C}'-]*[\p{L}\p{M}\p{N}])?`;
const FIRST_WORD = new RegExp(WORD, 'u');
const EACH_WORD = new RegExp(WORD, 'gu');

/** The first word of a text that `foldText` made comparable, or `''`. */
export function firstWord(folded: string): string {
	return FIRST_WORD.exec(folded)?.[0] ?? '';
}

/**
 * The word that a keyword stands for: `#menu` and `Menu!` for `menu`.
 *
 * @returns `undefined` when it is not one word, which no first word can be
 */
export function toKeyword(folded: string): string | undefined {
	const words = folded.match(EACH_WORD);
	return words?.length === 1 ? words[0] : undefined;
}
