/**
 * Measures contestants A B A B …, so that whatever else the machine does meets all of them, and
 * gives the values of each by round.
 */
export async function inTurn<Name extends string>(
	rounds: number,
	contestants: Record<Name, () => Promise<number>>,
): Promise<Record<Name, number[]>> {
	const names = Object.keys(contestants) as Name[];
	const values = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
		Name,
		number[]
	>;
	for (let round = 0; round < rounds; round++) {
		for (const name of names) values[name].push(await contestants[name]());
	}
	return values;
}
