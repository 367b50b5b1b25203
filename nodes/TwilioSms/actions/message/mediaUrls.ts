// As many as Twilio takes in one message.
const MOST = 10;

/**
 * The addresses of the files to send along.
 *
 * @param value a list, or one text with an address on each line
 * @throws Error when there are too many, or one of them is no web address
 */
export function toMediaUrls(value: unknown): string[] {
	const urls = [value]
		.flat()
		.flatMap((one) => String(one ?? '').split(/\s+/))
		.filter(Boolean);
	const wrong = urls.find((url) => !isWebAddress(url));
	if (wrong !== undefined) throw new Error(`"${wrong}" is not a web address (option "Media URLs")`);
	if (urls.length > MOST) {
		throw new Error(`A message can carry ${MOST} files at most, and these are ${urls.length}`);
	}
	return urls;
}

function isWebAddress(text: string): boolean {
	return /^https?:\/\/[^/?#]/i.test(text) && URL.canParse(text);
}
