const STYLE = `
	:root { color-scheme: light dark; }
	* { box-sizing: border-box; }
	body { font: 1.0625rem/1.5 system-ui, sans-serif; margin: 0; padding: 1.5rem 1rem; background: #f5f6f8; color: #1c1e26; }
	main { max-width: 30rem; margin: 0 auto; padding: 1.5rem; background: #fff; border: 1px solid #dfe1e8; border-radius: .75rem; }
	h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 1rem; }
	.text { margin: 0 0 1.5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
	.field { border: 0; margin: 0 0 1.25rem; padding: 0; min-width: 0; }
	.label { display: block; padding: 0; margin-bottom: .375rem; font-weight: 600; overflow-wrap: anywhere; }
	.required > .label::after { content: " *"; color: #b3261e; }
	.choice { display: flex; gap: .625rem; align-items: baseline; padding: .375rem 0; }
	.problem { margin: .375rem 0 0; color: #b3261e; }
	input, textarea, select, button { font: inherit; color: inherit; }
	input:not([type=checkbox], [type=radio]), textarea, select { width: 100%; padding: .625rem .75rem; background: #fff; border: 1px solid #8b8fa3; border-radius: .5rem; }
	button { display: block; width: 100%; margin-top: .75rem; padding: .875rem; font-weight: 600; background: #fff; border: 1px solid #8b8fa3; border-radius: .5rem; cursor: pointer; overflow-wrap: anywhere; }
	button.primary { background: #0b57d0; border-color: #0b57d0; color: #fff; }
	@media (prefers-color-scheme: dark) {
		body { background: #14151a; color: #e6e7ec; }
		main { background: #1e2027; border-color: #343742; }
		input:not([type=checkbox], [type=radio]), textarea, select, button { background: #14151a; border-color: #6b7083; }
		button.primary { background: #a8c7fa; border-color: #a8c7fa; color: #0b1a33; }
		.problem, .required > .label::after { color: #f2b8b5; }
	}`;

/**
 * A whole page that needs nothing from anywhere else.
 *
 * @param main HTML
 */
export function page(title: string, main: string): string {
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>`;
}

/** A page that only says something. */
export function notice(title: string, text: string): string {
	return page(title, element('h1', {}, escapeHtml(title)) + element('p', {}, escapeHtml(text)));
}

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
