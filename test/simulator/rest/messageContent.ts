import type { Account } from '../account';
import { rendered } from '../template';
import { badRequest } from './exception';
import { isHttpUrl } from './url';

const MAX_BODY_LENGTH = 1600;
const MAX_MEDIA = 10;

export interface Content {
	body: string;
	mediaUrls: string[];
}

/** What the message says and shows, or Twilio's objection to it. */
export function messageContent(account: Account, form: URLSearchParams): Content {
	const body = templateText(account, form) ?? form.get('Body') ?? '';
	const mediaUrls = form.getAll('MediaUrl');
	if (body.length > MAX_BODY_LENGTH) {
		const reason = 'The concatenated message body exceeds the 1600 character limit.';
		throw badRequest(21617, reason);
	}
	if (mediaUrls.length > MAX_MEDIA) {
		throw badRequest(21623, 'Number of media files exceeds allowed limit.');
	}
	if (!mediaUrls.every(isHttpUrl)) throw badRequest(21620, 'Invalid media URL(s)');
	return { body, mediaUrls };
}

function templateText({ resources }: Account, form: URLSearchParams): string | undefined {
	const sid = form.get('ContentSid') || undefined;
	const variables = form.get('ContentVariables') || undefined;
	if (sid === undefined) {
		if (variables === undefined) return undefined;
		throw badRequest(21654, 'The ContentSid parameter is required with ContentVariables');
	}
	const template = resources.templates.find((candidate) => candidate.sid === sid);
	if (template === undefined) throw badRequest(21655, `The ContentSid ${sid} is invalid`);
	return rendered(template, variables === undefined ? {} : objectIn(variables));
}

function objectIn(text: string): Record<string, unknown> {
	const invalid = badRequest(21656, 'The ContentVariables Parameter is invalid');
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid;
		const isRefused = (text: string) => !text.trim() || /[\r\n\t]| {5}/.test(text);
		if (Object.values(value).some((one) => isRefused(String(one)))) throw invalid;
		return { ...value };
	} catch {
		throw invalid;
	}
}
