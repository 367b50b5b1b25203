/**
 * A text as handlers compare it: upper and lower case, the two ways to write an accent, and
 * straight and curly quotes are the same. Phones curl them as people type; n8n does not.
 */
export function foldText(text: string): string {
	return text.normalize('NFC').toLowerCase().replace(/[‘’ʼ]/g, "'").replace(/[“”]/g, '"');
}
