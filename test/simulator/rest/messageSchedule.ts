import type { Account } from '../account';
import { badRequest } from './exception';

const SEND_AT_MISSING = 35111;
const TOO_SOON = 35114;
const NOT_A_TIME = 35115;
const TOO_LATE = 35117;
const SERVICE_MISSING = 35118;
const SCHEDULE_TYPE_MISSING = 35119;

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** When the message is to leave, if not now. The window is judged as Twilio gets the request. */
export function sendTime({ conditions }: Account, form: URLSearchParams): Date | undefined {
	const isFixed = form.get('ScheduleType') === 'fixed';
	const sendAt = form.get('SendAt') || undefined;
	if (!isFixed && sendAt === undefined) return undefined;
	if (!isFixed) throw badRequest(SCHEDULE_TYPE_MISSING, 'ScheduleType must be fixed');
	if (sendAt === undefined) throw badRequest(SEND_AT_MISSING, 'SendAt timestamp is missing');
	if (!form.get('MessagingServiceSid') && !form.get('From')?.startsWith('MG')) {
		throw badRequest(SERVICE_MISSING, 'MessagingServiceSid is required to schedule a message');
	}
	const time = new Date(sendAt);
	if (!ISO_8601.test(sendAt) || Number.isNaN(time.getTime())) throw unsupported(NOT_A_TIME);
	const seconds = (time.getTime() - Date.now()) / 1000;
	if (seconds < conditions.scheduleWindow.least) throw unsupported(TOO_SOON);
	if (seconds > conditions.scheduleWindow.most) throw unsupported(TOO_LATE);
	return time;
}

function unsupported(code: number) {
	return badRequest(
		code,
		'SendAt time must be between 300 seconds and 35 days (3024000 seconds) in the future, inclusive.',
	);
}
