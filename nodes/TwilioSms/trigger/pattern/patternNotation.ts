import { PatternError } from './patternError';

const MAX_LENGTH = 1000;

export interface PatternFlags {
	ignoreCase: boolean;
	multiline: boolean;
	dotAll: boolean;
}

interface PatternNotation {
	body: string;
	/** How many characters stand before the body. */
	skipped: number;
	flags: PatternFlags;
}

/** Tells `/pattern/flags` from a bare pattern, whose case doesn't matter: people text "YES". */
export function readNotation(source: string): PatternNotation {
	if (source.length > MAX_LENGTH) {
		throw new PatternError(
			`a pattern can have up to ${MAX_LENGTH} characters, and this one has ${source.length}.`,
			MAX_LENGTH + 1,
		);
	}
	const end = source.lastIndexOf('/');
	const body = source.slice(1, end);
	const letters = source.slice(end + 1);
	const isDelimited = end > 0 && source.startsWith('/') && /^[a-z]*$/i.test(letters);
	if (!isDelimited || endsInsideEscape(body)) {
		return { body: source, skipped: 0, flags: readFlags('i') };
	}
	const unknown = letters.search(/[^imsug]/);
	if (unknown >= 0) {
		throw new PatternError(
			`"${letters[unknown]}" is not a flag that can stand after the last "/". The flags are i, m, s, u and g. To look for a slash at the start of a text, write \\/ there.`,
			Array.from(body).length + 3 + unknown,
		);
	}
	return { body, skipped: 1, flags: readFlags(letters) };
}

function endsInsideEscape(text: string): boolean {
	let backslashes = 0;
	while (text.endsWith('\\', text.length - backslashes)) backslashes++;
	return backslashes % 2 === 1;
}

// The flag u is always on, and g makes no difference to whether there is a match.
function readFlags(letters: string): PatternFlags {
	return {
		ignoreCase: letters.includes('i'),
		multiline: letters.includes('m'),
		dotAll: letters.includes('s'),
	};
}
