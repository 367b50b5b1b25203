// Twilio takes no longer ones (error 21617).
const MAX_LENGTH = 1600;

// Three dots: the character for them would make every text with it cost more than twice as much.
const ELLIPSIS = '...';

/**
 * The text of a message: the question with the link below it. One that is too long for a message
 * is cut; the page that the link opens has all of it.
 */
export function questionText(question: string, link: string): string {
	const text = `${question.trim()}\n${link}`;
	if (text.length <= MAX_LENGTH) return text;
	const room = MAX_LENGTH - ELLIPSIS.length - 1 - link.length;
	return `${cut(question.trim(), room)}${ELLIPSIS}\n${link}`;
}

// Not through the middle of an emoji, which may consist of several characters.
function cut(text: string, length: number): string {
	const end = new Intl.Segmenter().segment(text).containing(length)?.index ?? length;
	return text.slice(0, end).trimEnd();
}
