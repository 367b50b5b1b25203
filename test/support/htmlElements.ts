import type { DefaultTreeAdapterTypes } from 'parse5';
import { parse } from 'parse5';

export interface HtmlElement {
	name: string;
	attributes: Record<string, string>;
	/** All text in it. */
	text: string;
}

/** The elements of a page in their order, as a browser finds them. */
export function htmlElements(html: string): HtmlElement[] {
	return elementsIn(parse(html));
}

function elementsIn(parent: DefaultTreeAdapterTypes.ParentNode): HtmlElement[] {
	return parent.childNodes.flatMap((child) => {
		if (!('tagName' in child)) return [];
		const attributes = Object.fromEntries(child.attrs.map(({ name, value }) => [name, value]));
		return [{ name: child.tagName, attributes, text: textOf(child) }, ...elementsIn(child)];
	});
}

function textOf(node: DefaultTreeAdapterTypes.Node): string {
	if ('value' in node) return node.value;
	return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
