import type { Account } from '../account';
import type { OutgoingMessage } from '../outbound';
import { badRequest } from './exception';
import { messageContent } from './messageContent';
import { requiredParameters } from './messageParameters';
import { checkPermission } from './messagePermission';
import { sendTime } from './messageSchedule';
import { recipient, sender, senderService } from './messageSender';
import { checkTrial } from './messageTrial';
import { isCallable } from './url';

const MAX_URL_LENGTH = 4000;
const MAX_VALIDITY_PERIOD = 36_000;

/** The message that the form asks for, or Twilio's first objection to it. */
export function messageRequest(
	account: Account,
	form: URLSearchParams,
): Omit<OutgoingMessage, 'direction'> {
	const given = requiredParameters(form);
	const to = recipient(given.to);
	const from = given.from === undefined ? undefined : sender(account, { to, from: given.from });
	const service =
		given.service === undefined ? undefined : senderService(account, given.service, from);
	checkPermission(account, { to, from, service });
	const content = messageContent(account, form);
	checkTrial(account, { to, from, body: content.body });
	const statusCallback = statusCallbackOf(account, form);
	checkValidityPeriod(form.get('ValidityPeriod'));
	const sendAt = sendTime(account, form);
	return { to, from, service, ...content, statusCallback, sendAt };
}

/** The message's own URL, or that of the application it names. */
function statusCallbackOf(
	{ resources, conditions }: Account,
	form: URLSearchParams,
): string | undefined {
	const url = form.get('StatusCallback') || undefined;
	if (url === undefined) {
		const application = resources.applications.find(
			({ sid }) => sid === form.get('ApplicationSid'),
		);
		return application?.message_status_callback ?? undefined;
	}
	if (url.length <= MAX_URL_LENGTH && isCallable(url, conditions)) return url;
	throw badRequest(21609, `The StatusCallback URL ${url} is not a valid URL.`);
}

function checkValidityPeriod(text: string | null): void {
	if (text === null || text === '') return;
	const seconds = Number(text);
	if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_VALIDITY_PERIOD) return;
	throw badRequest(21624, `The ValidityPeriod ${text} is invalid`);
}
