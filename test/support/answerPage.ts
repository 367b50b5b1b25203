/** The link that a text ends with. */
export function linkIn(text: unknown): string {
	const [link] = /https?:\S+$/.exec(String(text)) ?? [];
	if (!link) throw new Error(`There is no link at the end of "${String(text)}".`);
	return link;
}

/** Opens a page as a browser without scripts does, and presses the button with that label. */
export async function pressButton(link: string, label: string): Promise<Response> {
	const answer = await fetch(link);
	const page = await answer.text();
	const [, attributes] = new RegExp(`<button([^>]*)>${label}</button>`).exec(page) ?? [];
	if (attributes === undefined) {
		throw new Error(`There is no button "${label}" at ${link}, which answers ${answer.status}.`);
	}
	const [name, value] = ['name', 'value'].map(
		(attribute) => new RegExp(` ${attribute}="([^"]*)"`).exec(attributes)?.[1] ?? '',
	);
	return await fetch(link, { method: 'POST', body: new URLSearchParams({ [name]: value }) });
}
