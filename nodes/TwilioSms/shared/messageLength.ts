/** The longest text that Twilio takes (error 21617). */
export const LONGEST_TEXT = 1600;

/** The text up to a length, but not through the middle of an emoji, which is several characters. */
export function cutText(text: string, length: number): string {
	if (text.length <= length) return text;
	const end = new Intl.Segmenter().segment(text).containing(length)?.index ?? length;
	return text.slice(0, end).trimEnd();
}
