/** Takes out of the list, in place, every item that is so. */
export function removeFrom<Item>(items: Item[], matches: (item: Item) => boolean): void {
	const kept = items.filter((item) => !matches(item));
	items.splice(0, items.length, ...kept);
}
