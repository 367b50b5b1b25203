import type { IDataObject } from 'n8n-workflow';

import { toIsoDate } from '../../shared/dates';
import type { Parameters } from '../../shared/parameters';
import type { TwilioMessage } from '../../twilio/types';

type Output = (message: TwilioMessage) => IDataObject;

/**
 * What becomes of a message of ours in the output. The field "Simplify" is read before anything is
 * done: an expression in it that fails must not hide what was.
 */
export function messageOutput(parameters: Parameters): Output {
	return parameters.flag('simplify') ? simplifyMessage : (message) => message;
}

/** The same for a message from Twilio's log, which may have come in as well. */
export function logOutput(parameters: Parameters): Output {
	return parameters.flag('simplify') ? simplifyLogged : (message) => message;
}

/**
 * The ten fields of a message that a workflow goes on with: counts as numbers, dates in ISO 8601
 * and null for what is absent.
 */
export function simplifyMessage(message: TwilioMessage): IDataObject {
	return {
		messageSid: message.sid,
		status: message.status,
		from: message.from ?? null,
		to: message.to ?? null,
		body: message.body ?? null,
		numSegments: toCount(message.num_segments),
		numMedia: toCount(message.num_media),
		errorCode: message.error_code ?? null,
		errorMessage: message.error_message ?? null,
		dateCreated: toIsoDate(message.date_created),
	};
}

/** As `simplifyMessage`, with the direction in place of the words for the error's code. */
export function simplifyLogged(message: TwilioMessage): IDataObject {
	const simple = simplifyMessage(message);
	delete simple.errorMessage;
	return { ...simple, direction: message.direction };
}

/** Twilio's counts are text; absent ones `null` or `''`. */
function toCount(text: string | null | undefined): number | null {
	return text === null || text === undefined || text === '' ? null : Number(text);
}
