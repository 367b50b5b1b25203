import { iso8601 } from './date';
import { newSid } from './sid';

/** A content template: texts with numbered blanks that WhatsApp, for one, has approved. */
export interface Template {
	sid: string;
	account_sid: string;
	friendly_name: string;
	language: string;
	/** What fills the blanks that a message leaves open. */
	variables: Record<string, string>;
	types: { 'twilio/text': { body: string } };
	/** What WhatsApp says about it, if it was asked: `approved`, `pending`, `rejected`. */
	approval?: string;
	date_created: string;
	date_updated: string;
}

export interface NewTemplate {
	friendlyName: string;
	body: string;
	variables?: Record<string, string>;
	language?: string;
	approval?: string;
}

export function newTemplate(accountSid: string, given: NewTemplate): Template {
	const now = iso8601();
	return {
		sid: newSid('HX'),
		account_sid: accountSid,
		friendly_name: given.friendlyName,
		language: given.language ?? 'en',
		variables: given.variables ?? {},
		types: { 'twilio/text': { body: given.body } },
		approval: given.approval,
		date_created: now,
		date_updated: now,
	};
}

/** A blank that nothing fills stays as it is. */
export function rendered({ types, variables }: Template, given: Record<string, unknown>): string {
	return types['twilio/text'].body.replace(/\{\{(\w+)\}\}/g, (blank, name: string) =>
		String(given[name] ?? variables[name] ?? blank),
	);
}
