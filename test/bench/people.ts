/** Recipients, each with a text of their own: texts to one person would wait for each other. */
export function people(count: number): Array<{ to: string; text: string }> {
	return Array.from({ length: count }, (_, index) => ({
		to: `+1415556${String(index).padStart(4, '0')}`,
		text: `Hello, number ${index}`,
	}));
}
