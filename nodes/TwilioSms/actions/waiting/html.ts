const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Text for between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/**
 * An HTML element.
 *
 * @param attributes text, or whether an attribute without a value is there
 * @param content HTML; an element without any has no end tag
 */
export function element(
	name: string,
	attributes: Record<string, string | boolean | undefined>,
	content?: string,
): string {
	const written = Object.entries(attributes)
		.filter(([, value]) => value !== undefined && value !== false)
		.map(([key, value]) => (value === true ? ` ${key}` : ` ${key}="${escapeHtml(String(value))}"`))
		.join('');
	return content === undefined ? `<${name}${written}>` : `<${name}${written}>${content}</${name}>`;
}
