import { randomBytes } from 'node:crypto';

/** Twilio's ids are two letters and 32 hexadecimal digits: `SM…` a message, `PN…` a number. */
export function newSid(prefix: string): string {
	return prefix + randomBytes(16).toString('hex');
}
