import { badRequest } from './exception';

/** Who is meant to write to whom, as the form has it. */
export interface GivenAddresses {
	to: string;
	from?: string;
	service?: string;
}

/** The parameters that no message can do without, or Twilio's word on the first one missing. */
export function requiredParameters(form: URLSearchParams): GivenAddresses {
	const to = form.get('To') || undefined;
	const { from, service } = senders(form);
	if (to === undefined) throw badRequest(21604, "A 'To' phone number is required.");
	if (from === undefined && service === undefined) {
		const reason = "A 'From' or 'MessagingServiceSid' parameter is required to send a message";
		throw badRequest(21603, reason);
	}
	if (!form.get('Body') && !form.has('MediaUrl') && !form.has('ContentSid')) {
		throw form.has('Body')
			? badRequest(21602, 'Message body is required.')
			: badRequest(21619, 'A text message body or media urls must be specified.');
	}
	return { to, from, service };
}

/** Twilio takes a Messaging Service's SID for a sender, too. */
function senders(form: URLSearchParams): { from?: string; service?: string } {
	const from = form.get('From') || undefined;
	const service = form.get('MessagingServiceSid') || undefined;
	return service === undefined && from?.startsWith('MG') ? { service: from } : { from, service };
}
