import type { TwilioParameters } from './request';

/** Parameters as a form or a query string: UTF-8, lists by repeating the name. */
export function encodeParameters(parameters: TwilioParameters): string {
	const encoded = new URLSearchParams();
	for (const [name, value] of Object.entries(parameters)) {
		for (const one of [value].flat()) {
			if (one !== undefined) encoded.append(name, String(one));
		}
	}
	return encoded.toString();
}
